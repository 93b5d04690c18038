/** A packer's day from the first look at the table to the last parcel, on a phone and at the packing table, with BrickLink's own state at its end. */
import type { Page } from "playwright-core";
import { expect, inject, it } from "vitest";
import { api } from "../../../convex/_generated/api";
import { checkScreen, looks, useDashboard, waitForOrders } from "../../support/dashboardPage";
import { control, eventually, placeOrder, signedInClient } from "../../support/system";

const STORE = "day";

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

type Lot = { inventoryId: number; quantity: number; remarks: string; stockRoom: string | null };

type SimulatedOrder = {
  id: number;
  status: string;
  shippingMethod: string;
  shipment: { trackingNumber: string | null; trackingLink: string | null; shippedAt: number | null };
  driveThruMails: { isCopiedToSeller: boolean }[];
};

async function stateOfStore(): Promise<{ lots: Lot[]; orders: SimulatedOrder[] }> {
  const state = await control(addresses.bricklink, "GET", `/stores/${STORE}/state`);
  return { lots: state.lots as Lot[], orders: state.orders as SimulatedOrder[] };
}

async function simulated(orderNumber: number): Promise<SimulatedOrder> {
  const order = (await stateOfStore()).orders.find(({ id }) => id === orderNumber);
  if (!order) throw new Error(`BrickLink has no order ${orderNumber}.`);
  return order;
}

/**
 * A store that may change orders. `lot`: of four pieces or more, with one piece of equal goods in bin Z99-99. `next`: of other goods,
 * further on.
 */
async function prepareStore(): Promise<{ lot: Lot; next: Lot }> {
  const { lots } = await stateOfStore();
  const walkingOrder = new Intl.Collator("en", { numeric: true }).compare;
  const [lot, next] = lots
    .filter(({ quantity, remarks, stockRoom }) => quantity > 3 && remarks !== "" && stockRoom === null)
    .filter(({ remarks }) => lots.filter((other) => other.remarks === remarks).length === 1)
    .sort((a, b) => walkingOrder(a.remarks, b.remarks));
  if (!lot || !next) throw new Error("The store has no two lots of four pieces in bins of their own.");
  const split = { quantity: 1, remarks: "Z99-99" };
  await control(addresses.bricklink, "POST", `/stores/${STORE}/lots/${lot.inventoryId}/split`, split);
  const credentials = { email: `${STORE}@example.com`, password: "bricks in many bins" };
  const owner = await signedInClient(addresses.convex, credentials);
  const [business] = (await owner.query(api.accounts.businesses.mine, {})).businesses;
  if (!business) throw new Error("The account has no store.");
  const { businessAccountId } = business;
  const { bricklink } = api.marketplaces;
  await owner.mutation(bricklink.outbox.writes.setEnabled, { businessAccountId, isEnabled: true });
  await owner.mutation(bricklink.import.runs.start, { businessAccountId });
  await eventually(
    () => owner.query(api.inventory.lots.find, { businessAccountId, search: "Z99-99" }),
    (found) => found.lots.length === 1,
  );
  return { lot, next };
}

/** An order of one piece of each lot. */
async function paidOrder(...lots: Lot[]): Promise<number> {
  const lines = lots.map(({ inventoryId }) => ({ inventoryId, quantity: 1 }));
  const orderNumber = await placeOrder(addresses, STORE, { lines });
  await control(addresses.bricklink, "POST", `/stores/${STORE}/orders/${orderNumber}/pay`);
  return orderNumber;
}

/** Checks one state of a screen at each width. */
async function checkLooks(page: Page, name: string): Promise<void> {
  for (const [colorScheme, width] of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await checkScreen(page, `${name}-${colorScheme}-${width}`);
  }
}

const bin = (page: Page, name: string) => page.getByTestId("bin").filter({ hasText: name });
const large = (page: Page) => page.getByRole("button", { name: /^(Picked|Next stop|Pick what)/ });

/** Marks the open order as packed, where `asks` says that something is missing from it after that question. */
async function pack(page: Page, asks?: string): Promise<void> {
  await page.getByRole("button", { name: "Mark as packed" }).click();
  if (asks) {
    const question = page.getByRole("dialog", { name: asks });
    await checkScreen(page, "day-packed-short");
    await question.getByRole("button", { name: "Mark as packed" }).click();
  }
  await page.getByText(/^Marking as packed in \d+ s/).waitFor();
  if (asks) await checkLooks(page, "day-pending");
}

type Parcel = { trackingNumber: string; method: string };

/** Marks the open order as shipped, once BrickLink has it as packed, by the last of the shipping methods. */
async function ship(page: Page, orderNumber: number, trackingNumber: string): Promise<Parcel> {
  await page.getByRole("button", { name: "Mark as shipped" }).click();
  const form = page.getByRole("dialog", { name: `Ship order ${orderNumber}` });
  await form.getByLabel("Tracking number").fill(trackingNumber);
  await form.getByLabel("Tracking link").fill(`https://track.test/${trackingNumber}`);
  const methods = form.getByLabel("Shipping method");
  const method = (await methods.locator("option").allInnerTexts()).at(-1) ?? "";
  await methods.selectOption({ label: method });
  await form.getByLabel("with a copy to the store").check();
  await checkLooks(page, "day-ship");
  await form.getByRole("button", { name: "Mark as shipped" }).click();
  await page.getByText(/^Marking as shipped in \d+ s/).waitFor();
  return { trackingNumber, method };
}

async function expectShipped(orderNumber: number, { trackingNumber, method }: Parcel): Promise<void> {
  const shipped = await eventually(
    () => simulated(orderNumber),
    ({ driveThruMails }) => driveThruMails.length > 0,
  );
  expect(shipped).toMatchObject({
    status: "SHIPPED",
    shippingMethod: method,
    shipment: { trackingNumber, trackingLink: `https://track.test/${trackingNumber}` },
    driveThruMails: [{ isCopiedToSeller: true }],
  });
  expect(shipped.shipment.shippedAt).not.toBeNull();
}

it("three orders are picked into totes on a phone with a part missing, packed, printed and shipped without BrickLink's own pages", async () => {
  const { lot, next } = await prepareStore();
  const [first, second, third] = [await paidOrder(lot), await paidOrder(lot), await paidOrder(lot, next)];
  const phone = await dashboard.open({ width: 390, height: 780, colorScheme: "dark" });
  await waitForOrders(phone);
  for (const orderNumber of [first, second, third]) {
    await phone.getByRole("checkbox", { name: `Select order ${orderNumber}` }).check();
  }
  await checkScreen(phone, "day-selected");
  await phone.getByRole("button", { name: /^Pick / }).click();

  // One piece is in the bin, one in another, the third is nowhere.
  await bin(phone, lot.remarks).waitFor();
  await phone.getByText("Take 3").waitFor();
  await phone.getByRole("button", { name: "Fewer" }).click();
  await checkScreen(phone, "day-fewer");
  await phone.getByRole("button", { name: "Report" }).click();
  await phone.getByText("2 short: the bin has no more").waitFor();
  await phone.getByRole("button", { name: "Undo", exact: true }).last().click();
  await phone.getByText("Take 3").waitFor();
  await phone.getByRole("button", { name: "Fewer" }).click();
  await phone.getByRole("button", { name: "Report" }).click();
  await phone.getByText("2 short: the bin has no more").waitFor();
  await checkScreen(phone, "day-short");
  await phone.getByRole("button", { name: "Take 1 from Z99-99, which has 1" }).click();
  await bin(phone, "Z99-99").waitFor();
  await checkScreen(phone, "day-detour");
  await large(phone).click();
  await bin(phone, lot.remarks).waitFor();
  await phone.getByText("1 from Z99-99").waitFor();
  await large(phone).click();

  await bin(phone, next.remarks).waitFor();
  await phone.context().setOffline(true);
  await large(phone).click();
  await phone
    .getByText(/not sent/)
    .first()
    .waitFor();
  await phone.context().setOffline(false);
  await phone.getByText("2 of 3 totes complete, 1 short").waitFor();
  await phone
    .getByRole("list", { name: "Totes" })
    .getByRole("listitem")
    .filter({ hasText: String(third) })
    .getByText(/short: reported missing$/)
    .waitFor();
  await checkScreen(phone, "day-board");

  await phone.getByRole("link", { name: `Pack order ${first}` }).click();
  await pack(phone);

  const table = await dashboard.open({ width: 1440 }, { path: `/?order=${second}` });
  await pack(table);
  await table.goto(new URL(`/?order=${third}`, addresses.dashboard).href);
  await pack(table, "Mark as packed with 1 piece missing?");

  await table.goto(
    new URL(`/print?kind=slips&orders=${first}-${third}&paper=label`, addresses.dashboard).href,
  );
  await table.getByTestId("page").nth(1).waitFor();
  const slips = await table.getByTestId("page").allInnerTexts();
  expect(slips.map((text) => /Order (\d+)/.exec(text)?.[1])).toEqual([String(first), String(third)]);
  expect(slips[0]).not.toContain("missing");
  expect(slips[1]).toContain("missing");

  await table.goto(new URL(`/?order=${first}`, addresses.dashboard).href);
  const firstParcel = await ship(table, first, "3SDAY1");
  await table.goto(new URL(`/?order=${third}`, addresses.dashboard).href);
  const thirdParcel = await ship(table, third, "3SDAY3");
  await expectShipped(first, firstParcel);
  await expectShipped(third, thirdParcel);
  await table.getByRole("link", { name: "3SDAY3" }).waitFor();
  expect((await simulated(second)).status).toBe("PACKED");

  await table.goto(new URL("/needs-you", addresses.dashboard).href);
  const toCount = table.getByRole("region", { name: "Lots to count" });
  await toCount.waitFor();
  await checkScreen(table, "day-needs-you");
  await toCount.getByRole("link", { name: new RegExp(`^Count .* in ${lot.remarks}$`) }).click();
  await table.getByText(/^To count: /).waitFor();
  await checkScreen(table, "day-recount");
  await table.getByRole("button", { name: "No count needed" }).click();
  await expect.poll(() => table.getByText(/^To count: /).count()).toBe(0);
});
