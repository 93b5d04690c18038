/** Changes at BrickLink: from the last tick to the shipped parcel, what can be undone, and what BrickLink refuses. */
import type { Page } from "playwright-core";
import { beforeAll, expect, inject, it } from "vitest";
import { api } from "../../../convex/_generated/api";
import { checkScreen, goTo, openOrder, useDashboard, waitForOrders } from "../../support/dashboardPage";
import { control, eventually, placeOrder, signedInClient } from "../../support/system";

const STORE = "outbox";

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

type SimulatedOrder = {
  id: number;
  status: string;
  paymentStatus: string;
  remarks: string | null;
  isFiled: boolean;
  writes: unknown[];
};

async function simulated(orderNumber: number): Promise<SimulatedOrder> {
  const { orders } = await control(addresses.bricklink, "GET", `/stores/${STORE}/state`);
  const order = (orders as SimulatedOrder[]).find(({ id }) => id === orderNumber);
  if (!order) throw new Error(`BrickLink has no order ${orderNumber}.`);
  return order;
}

async function reach(orderNumber: number, status: string): Promise<SimulatedOrder> {
  return await eventually(
    () => simulated(orderNumber),
    (order) => order.status === status,
  );
}

async function paidOrder(): Promise<number> {
  const orderNumber = await placeOrder(addresses, STORE);
  await control(addresses.bricklink, "POST", `/stores/${STORE}/orders/${orderNumber}/pay`);
  return orderNumber;
}

async function pickAll(page: Page): Promise<void> {
  for (const checkbox of await page.getByRole("checkbox", { name: /picked$/ }).all()) await checkbox.click();
  await page.getByText("Everything is picked").waitFor();
}

beforeAll(async () => {
  const credentials = { email: `${STORE}@example.com`, password: "bricks in many bins" };
  const client = await signedInClient(addresses.convex, credentials);
  const { businesses } = await client.query(api.accounts.businesses.mine, {});
  const [business] = businesses;
  if (!business) throw new Error("The account has no store.");
  await client.mutation(api.marketplaces.bricklink.outbox.writes.setEnabled, {
    businessAccountId: business.businessAccountId,
    isEnabled: true,
  });
});

it("a change that is undone within ten seconds never reaches BrickLink", async () => {
  const orderNumber = await paidOrder();
  const page = await dashboard.open();
  await openOrder(page, orderNumber);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByRole("menuitem", { name: "Ready" }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByText(/taken back, not sent/).waitFor();
  expect((await simulated(orderNumber)).writes).toEqual([]);
});

it("an unpaid order asks before it is packed, and says why", async () => {
  const orderNumber = await placeOrder(addresses, STORE);
  const page = await dashboard.open();
  await openOrder(page, orderNumber);
  await pickAll(page);
  await page.getByRole("button", { name: "Mark as packed" }).click();
  const dialog = page.getByRole("dialog", { name: /all the same/ });
  await dialog.getByText("The order is not paid.").waitFor();
  await checkScreen(page, "changes-confirm");
  await dialog.getByRole("button", { name: "Not yet" }).click();
  await page.getByRole("button", { name: "Mark as packed" }).waitFor();
});

it("a change of an order that was cancelled meanwhile is refused, listed as needing a person, and dismissed there", async () => {
  const orderNumber = await paidOrder();
  const page = await dashboard.open();
  await openOrder(page, orderNumber);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByRole("menuitem", { name: "Packed" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Mark as packed" }).click();
  // Without a callback, so that the change is on its way when BrickLink says no.
  await control(addresses.bricklink, "POST", `/stores/${STORE}/orders/${orderNumber}/status`, {
    status: "CANCELLED",
    notify: false,
  });
  const changes = page.getByRole("list", { name: "Refused changes" });
  await changes.getByText(/It was not sent: the order is “Cancelled”/).waitFor();
  await page.keyboard.press("Escape");
  await goTo(page, "Needs you");
  const refused = page.getByRole("listitem").filter({ hasText: "It was not sent" });
  await refused.waitFor();
  await checkScreen(page, "needs-you");
  await refused.getByRole("button", { name: "Dismiss" }).click();
  await refused.waitFor({ state: "detached" });
});

it("a change refused because the buyer added to the order meanwhile says so, and is sent again once somebody has looked", async () => {
  const orderNumber = await placeOrder(addresses, STORE);
  const page = await dashboard.open();
  await openOrder(page, orderNumber);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByRole("menuitem", { name: "Processing" }).click();
  await page.getByText(/^Marking as processing/).waitFor();
  await control(addresses.bricklink, "POST", `/stores/${STORE}/orders/${orderNumber}/batches`, {});
  const refused = page.getByRole("list", { name: "Refused changes" }).getByRole("listitem");
  await refused.getByText(/the buyer has changed the order since/).waitFor();
  expect((await simulated(orderNumber)).status).toBe("UPDATED");
  await refused.getByRole("button", { name: "Send again" }).click();
  await reach(orderNumber, "PROCESSING");
  await refused.waitFor({ state: "detached" });
});

it("payment status, remarks and filing of an order are set from its menu, and BrickLink has each of them once", async () => {
  const orderNumber = await placeOrder(addresses, STORE);
  const page = await dashboard.open();
  await openOrder(page, orderNumber);
  const choose = async (item: string) => {
    await page.getByRole("button", { name: "Change", exact: true }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await choose("Payment status…");
  await page.getByRole("dialog").getByLabel("Payment").selectOption({ label: "Received" });
  await checkScreen(page, "changes-payment");
  await page.getByRole("dialog").getByRole("button", { name: "Send to BrickLink" }).click();
  await choose("Remarks…");
  await page.getByRole("dialog").getByLabel("Remarks").fill("Two parcels");
  await page.getByRole("dialog").getByRole("button", { name: "Send to BrickLink" }).click();
  await choose("File the order");
  const written = await eventually(
    () => simulated(orderNumber),
    ({ isFiled }) => isFiled,
  );
  expect(written).toMatchObject({ paymentStatus: "Received", remarks: "Two parcels" });
  expect(written.writes).toHaveLength(3);
  await page.getByText("Remarks, sent to BrickLink").waitFor();
});

it("an owner who stops changes at BrickLink is asked first, orders then offer none, and allowing them needs no question", async () => {
  const orderNumber = await placeOrder(addresses, STORE);
  const page = await dashboard.open();
  await goTo(page, "Settings");
  await page.getByRole("button", { name: "Stop sending changes to BrickLink" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop sending" }).click();
  await page.getByText("This store is only read").waitFor();
  await checkScreen(page, "settings-only-read");
  await goTo(page, "Orders");
  await openOrder(page, orderNumber);
  await page.getByRole("link", { name: "Pick list" }).waitFor();
  expect(await page.getByRole("button", { name: "Change", exact: true }).count()).toBe(0);
  await page.keyboard.press("Escape");
  await goTo(page, "Settings");
  await page.getByRole("button", { name: "Allow changes at BrickLink" }).click();
  await page.getByText("Staff can change from here:").waitFor();
});

it("two selected orders are set to packed at once, and the bar undoes both", async () => {
  const orders = [await paidOrder(), await paidOrder()];
  const page = await dashboard.open();
  await waitForOrders(page);
  for (const orderNumber of orders) {
    await page.getByRole("checkbox", { name: `Select order ${orderNumber}` }).check();
  }
  await page.getByRole("button", { name: "Set status" }).click();
  await page.getByRole("menuitem", { name: "Packed" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Packed: all 2 orders" }).click();
  await page.getByText("“Packed” is sent for 2 orders.").waitFor();
  const bar = page.getByRole("region", { name: "Changes about to be sent" });
  await bar.getByText("To be sent: Packed for 2 orders").waitFor();
  await checkScreen(page, "changes-selection");
  await bar.getByRole("button", { name: /^Undo/ }).click();
  await bar.waitFor({ state: "detached" });
  expect(await Promise.all(orders.map(async (order) => (await simulated(order)).status))).toEqual([
    "PAID",
    "PAID",
  ]);
});
