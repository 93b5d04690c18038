/** The selection of the orders table: everything in the view, in batches, kept on the way back from a pick list. */
import { beforeAll, expect, inject, it } from "vitest";
import { checkScreen, useDashboard, waitForOrders } from "../../support/dashboardPage";
import { placeOrder } from "../../support/system";

const STORE = "selection";

/** More than the table loads at first, and more than two batches. */
const ORDERS = 64;

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

beforeAll(async () => {
  for (let placed = 0; placed < ORDERS; placed += 8) {
    await Promise.all(Array.from({ length: 8 }, () => placeOrder(addresses, STORE)));
  }
});

it("the box in the head selects every order in the view, and Back from the pick list of a batch keeps all and the batch", async () => {
  const page = await dashboard.open({ width: 1440 });
  await waitForOrders(page);
  const bar = page.getByRole("toolbar", { name: "Selected orders" });
  const tab = page.getByRole("tab", { name: /^All/ });
  await expect
    .poll(async () => Number((await tab.textContent())?.replace(/\D/g, "")), { timeout: 60_000 })
    .toBe(ORDERS);
  await page.getByRole("checkbox", { name: "Select all orders in this view" }).click();
  await bar.getByText(`All ${ORDERS} in this view are selected`).waitFor();
  await bar.getByText("1–30 of 64").waitFor();
  await bar.getByRole("button", { name: "The next 30" }).click();
  await bar.getByText("31–60 of 64").waitFor();
  await checkScreen(page, "selection-1440");

  await bar.getByRole("button", { name: "Pick list" }).click();
  await page.getByTestId("pick-list").waitFor();
  const orders = new URL(page.url()).searchParams.get("orders") ?? "";
  expect(orders.split("-")).toHaveLength(30);
  await page.getByRole("button", { name: "Back" }).click();
  await bar.getByText(`All ${ORDERS} in this view are selected`).waitFor();
  await bar.getByText("31–60 of 64").waitFor();

  await page.setViewportSize({ width: 390, height: 844 });
  await checkScreen(page, "selection-390");
  await page
    .getByRole("checkbox", { name: /^Select order/ })
    .first()
    .click();
  await bar.getByText("63 orders selected").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find anything" }).fill("pick");
  await page.getByRole("option", { name: "Pick list of 30 selected orders" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: "Clear the selection" }).click();
  await bar.waitFor({ state: "detached" });
});
