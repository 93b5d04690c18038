/** Sign-in, sign-out and addresses that lead nowhere, on the demo store. */
import { inject, it } from "vitest";
import { useDashboard, waitForOrders } from "../../support/dashboardPage";

const addresses = inject("addresses");
const dashboard = useDashboard();

it("a sign-in with a wrong password is refused with a message", async () => {
  const page = await dashboard.openSignedOut();
  await page.getByLabel("E-mail").fill(addresses.demo.email);
  await page.getByRole("textbox", { name: "Password" }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("E-mail and password do not match").waitFor();
});

it("the demo store opens with one button, an unknown address leads back to the orders, and staff can sign out", async () => {
  const page = await dashboard.openSignedOut();
  await page.getByRole("button", { name: "Open the demo store" }).click();
  await waitForOrders(page);
  await page.goto(`${addresses.dashboard}/nowhere`);
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  await page.getByRole("link", { name: "Back to the orders" }).click();
  await waitForOrders(page);
  await page.getByRole("button", { name: "Account and display" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});
