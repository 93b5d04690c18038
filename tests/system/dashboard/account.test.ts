/** Sign-in, sign-out and addresses that lead nowhere, on the demo store. */
import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { checkScreen, goTo, useDashboard, waitForOrders } from "../../support/dashboardPage";

const addresses = inject("addresses");
const dashboard = useDashboard();

it("a sign-in says what is wrong with an entry in its own words, and refuses a wrong password with a message", async () => {
  const page = await dashboard.openSignedOut();
  await page.getByText("its buyers, orders and stock are not real").waitFor();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("Enter your e-mail address.").waitFor();
  await page.getByText("Enter your password.").waitFor();
  await expect.poll(() => page.getByLabel("E-mail").evaluate((field) => field.matches(":focus"))).toBe(true);
  await page.getByLabel("E-mail").fill(addresses.demo.email);
  await page.getByRole("textbox", { name: "Password" }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("E-mail and password do not match").waitFor();
});

it("the demo store opens with one button, an unknown address is no screen's and leads back to the orders, and staff can sign out", async () => {
  const page = await dashboard.openSignedOut();
  await page.getByRole("button", { name: "Open the demo store" }).click();
  await waitForOrders(page);
  await page.goto(`${addresses.dashboard}/inventory/nowhere`);
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  const screens = page.getByRole("navigation", { name: "Screens" });
  expect(await screens.locator("[aria-current]").count()).toBe(0);
  await page.getByRole("link", { name: "Back to the orders" }).click();
  await waitForOrders(page);
  await page.getByRole("button", { name: "Account and display" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

it("a changed password is asked for at the next sign-in, and signing out everywhere ends every page's session", async () => {
  const email = "changes@example.com";
  const present = "four words in a row";
  const next = "five words in a row";
  const enter = async (page: Page, password: string) => {
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("textbox", { name: "Password" }).fill(password);
  };
  const accountCard = async (page: Page) => {
    await goTo(page, "Settings");
    return page.getByRole("region", { name: "Your account" });
  };
  const first = await dashboard.openSignedOut();
  await first.getByRole("button", { name: "Create an account" }).click();
  await enter(first, present);
  await first.getByRole("button", { name: "Create account" }).click();
  await first.getByLabel("Store name").fill("Changing Bricks");
  await first.getByRole("button", { name: "Create store" }).click();
  const card = await accountCard(first);
  await card.getByRole("textbox", { name: "Current password" }).fill(present);
  await card.getByRole("textbox", { name: "New password" }).fill(next);
  await card.getByRole("button", { name: "Change password" }).click();
  await card.getByText("The password is changed.").waitFor();
  await checkScreen(first, "settings-account");

  const second = await dashboard.openSignedOut();
  await enter(second, next);
  await second.getByRole("button", { name: "Sign in", exact: true }).click();
  await (await accountCard(second)).getByRole("button", { name: "Sign out everywhere" }).click();
  await second.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
  for (const page of [first, second]) await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

it("a person joins by an invitation that says by whom, where and as what, and later gets a new password by the owner's link", async () => {
  const email = "packer@example.com";
  const owner = await dashboard.open();
  await goTo(owner, "Settings");
  await owner.getByLabel("Whom it is for").fill("Pat");
  await owner.getByRole("button", { name: "Make an invitation link" }).click();
  const invitation = await owner.getByTestId("invitation").innerText();

  const packer = await dashboard.openSignedOut();
  await packer.goto(invitation);
  await packer.getByText("demo invites you to Angry Bricks (demo), as Staff.").waitFor();
  await checkScreen(packer, "sign-up-invited");
  await packer.getByLabel("E-mail").fill(email);
  await packer.getByRole("textbox", { name: "Password" }).fill("four words in a row");
  await packer.getByRole("button", { name: "Create account" }).click();
  await packer.getByRole("button", { name: "Join the store" }).waitFor();
  await checkScreen(packer, "join-store");
  await packer.getByRole("button", { name: "Join the store" }).click();
  await waitForOrders(packer);

  const person = owner.getByRole("list", { name: "People" }).getByRole("listitem").filter({ hasText: email });
  await person.getByRole("button", { name: "New password" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Make the link" }).click();
  const link = await owner.getByTestId("new-password-link").innerText();
  await checkScreen(owner, "settings-new-password-link");

  const forgetful = await dashboard.openSignedOut();
  await forgetful.getByRole("button", { name: "Forgot your password?" }).click();
  await forgetful.getByText("Ask an owner of your store for a link").waitFor();
  await checkScreen(forgetful, "forgot-password");
  await forgetful.goto(link);
  await forgetful.getByRole("textbox", { name: "New password" }).fill("five words in a row");
  await checkScreen(forgetful, "new-password");
  await forgetful.getByRole("button", { name: "Save and sign in" }).click();
  await waitForOrders(forgetful);
  await packer.getByRole("heading", { name: "Sign in" }).waitFor();
});
