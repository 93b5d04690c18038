/** Picking: lines of one order, the pick list of several, losses, lost connections, print. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { Connection } from "../../support/connection";
import {
  expectAccessible,
  expectFits,
  looks,
  openOrder,
  readDownload,
  screenshot,
  useDashboard,
  waitForOrders,
} from "../../support/dashboardPage";
import { control, placeOrderInTwoBins } from "../../support/system";

const STORE = "picking";

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

const place = () => placeOrderInTwoBins(addresses, STORE);

async function placeTwo(): Promise<number[]> {
  return [(await place()).orderNumber, (await place()).orderNumber];
}

async function reportLoss(page: Page, where: Locator, reason: "Missing" | "Damaged"): Promise<void> {
  await where.getByRole("button", { name: /^Missing or damaged/ }).click();
  await page.getByRole("button", { name: reason, exact: true }).click();
}

async function markAllPicked(page: Page): Promise<void> {
  for (const checkbox of await page.getByRole("checkbox", { name: /picked$/ }).all()) await checkbox.click();
}

describe.each(looks)("in %s at %i px", (colorScheme, width) => {
  const look = { colorScheme, width };

  it("an order with a missing and a damaged piece is picked short, and an undone report asks for the piece", async () => {
    const { orderNumber, bin } = await place();
    const page = await dashboard.open(look);
    await openOrder(page, orderNumber);
    const lines = page.getByRole("list", { name: "Lines, in walking order" }).getByRole("listitem");
    expect(await lines.count()).toBe(2);
    const wholeLot = lines.filter({ hasText: bin });
    // On a phone the part stands below its bin, elsewhere beside it.
    const binBox = await wholeLot.getByTestId("bin").boundingBox();
    const itemBox = await wholeLot.getByTestId("item").boundingBox();
    expect((itemBox?.y ?? 0) >= (binBox?.y ?? 0) + (binBox?.height ?? 0)).toBe(width === 390);
    await reportLoss(page, wholeLot, "Missing");
    await wholeLot.getByText(/1 short/).waitFor();
    await reportLoss(page, wholeLot, "Damaged");
    await wholeLot.getByText(/2 short/).waitFor();
    await expectAccessible(page);
    await screenshot(page, `lost-${colorScheme}-${width}`);

    // The reports are stored with the order, not with the page.
    await page.reload();
    await wholeLot.getByRole("button", { name: /^Undo: 1 damaged/ }).waitFor();
    await wholeLot.getByRole("button", { name: /^Undo: 1 missing/ }).click();
    await wholeLot.getByText("1 short").waitFor();

    await markAllPicked(page);
    await page.getByText("Picked, except 1 missing piece").waitFor();
    await wholeLot.getByRole("link", { name: "Write to the buyer" }).waitFor();
    expect(await wholeLot.getByRole("link", { name: /^Count the bin/ }).getAttribute("href")).toMatch(/lot=/);
    await expectAccessible(page);
    await screenshot(page, `picked-${colorScheme}-${width}`);
    await expectFits(page);

    await wholeLot.getByRole("button", { name: /^Undo: 1 damaged/ }).click();
    await wholeLot.getByText(/fetch 1 more/).waitFor();
    await page.getByRole("link", { name: "Pick list" }).click();
    if (width === 390) await page.getByRole("link", { name: "List of all stops" }).click();
    const bins = page.getByRole("list", { name: "Bins, in walking order" });
    await bins.getByRole("checkbox", { name: /^1 ×/, checked: false }).click();
    await page.getByText("Everything is picked").waitFor();
  });

  it("the pick list of three selected orders takes a loss report back and ends with everything picked", async () => {
    const orders = [await place(), await place(), await place()];
    const page = await dashboard.open(look);
    for (const { orderNumber } of orders) {
      await page.getByRole("checkbox", { name: `Select order ${orderNumber}` }).check();
    }
    await page.getByRole("toolbar").getByRole("button", { name: "Pick list" }).click();
    // A phone begins with one stop at a time.
    if (width === 390) await page.getByRole("link", { name: "List of all stops" }).click();
    await page.getByRole("heading", { name: "Pick list" }).waitFor();
    await expect.poll(() => page.getByText("· not paid", { exact: true }).count()).toBe(orders.length);
    const stops = page.getByRole("list", { name: "Bins, in walking order" }).getByRole("listitem");
    const stop = stops.filter({ has: page.getByRole("button", { name: /^Missing or damaged/ }) }).first();
    await stop.getByRole("button", { name: /^Missing or damaged/ }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Missing", exact: true }).click();
    await stop.getByRole("button", { name: /^Undo: 1 missing/ }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await screenshot(page, `pick-list-${colorScheme}-${width}`);
    await stop.getByRole("button", { name: /^Undo: 1 missing/ }).click();
    await stop.getByRole("button", { name: /^Undo/ }).waitFor({ state: "detached" });
    await markAllPicked(page);
    await page.getByText("Everything is picked").waitFor();
  });

  it("a line marked picked while offline shows a notice and reaches a colleague after the reconnection", async () => {
    const { orderNumber } = await place();
    const connection = new Connection();
    const page = await dashboard.open(look, { prepare: (opened) => connection.intercept(opened) });
    await openOrder(page, orderNumber);
    await connection.cut();
    await page.getByText(/This may be out of date/).waitFor({ state: "attached" });
    await page
      .getByRole("checkbox", { name: /picked$/ })
      .first()
      .click();
    await page.getByText("1 of 2 lines picked").waitFor();
    await expectAccessible(page);
    await screenshot(page, `offline-${colorScheme}-${width}`);
    const arrived = (await place()).orderNumber;
    connection.restore();
    const colleague = await dashboard.openElsewhere();
    await openOrder(colleague, orderNumber);
    await colleague.getByText("1 of 2 lines picked").waitFor({ timeout: 60_000 });
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Clear the search" }).click();
    await page.locator(`[data-order-number="${arrived}"]`).waitFor({ timeout: 60_000 });
  });
});

it("a picked order that is cancelled shows what to put back, and confirming each piece of it empties the list", async () => {
  const { orderNumber, bin } = await place();
  const page = await dashboard.open();
  await openOrder(page, orderNumber);
  await markAllPicked(page);
  await page.getByText("Everything is picked").waitFor();
  await control(addresses.bricklink, "POST", `/stores/${STORE}/orders/${orderNumber}/status`, {
    status: "CANCELLED",
  });
  const toPutBack = page.getByRole("list", { name: "To put back, in walking order" }).getByRole("listitem");
  await toPutBack.filter({ hasText: bin }).waitFor();
  expect(await toPutBack.count()).toBe(2);
  await page.getByText(/until then no other order can have them/).waitFor();
  const lines = page.getByRole("list", { name: "Lines, in walking order" });
  await lines
    .getByText(/reserved until put back/)
    .first()
    .waitFor();
  expect(await page.getByText(/released/).count()).toBe(0);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
    await screenshot(page, `put-back-${width}`);
    await expectFits(page);
  }

  const table = await dashboard.open();
  await table.getByRole("tab", { name: /Cancelled/ }).click();
  const row = table.locator(`[data-order-number="${orderNumber}"]`);
  await row.getByText("put back").waitFor();
  await screenshot(table, "put-back-table");
  const confirmations = page.getByRole("button", { name: /^It is back/ });
  await confirmations.first().click();
  await expect.poll(() => confirmations.count()).toBe(1);
  await confirmations.click();
  await toPutBack.first().waitFor({ state: "detached" });
  await row.getByText("released").waitFor();
});

it("two people with the same order open see each other's marks at once", async () => {
  const { orderNumber } = await place();
  const [ann, bob] = await Promise.all([dashboard.open(), dashboard.openElsewhere()]);
  await Promise.all([openOrder(ann, orderNumber), openOrder(bob, orderNumber)]);
  await ann
    .getByRole("checkbox", { name: /picked$/ })
    .first()
    .click();
  await bob.getByText("1 of 2 lines picked").waitFor();
  await bob.getByRole("checkbox", { name: /picked$/, checked: true }).click();
  await ann.getByText("0 of 2 lines picked").waitFor();
});

it("orders selected by keyboard are exported as CSV and joined into one pick list in walking order", async () => {
  const numbers = await placeTwo();
  const page = await dashboard.open();
  for (const number of numbers) {
    await page.locator(`[data-order-number="${number}"]`).focus();
    await page.keyboard.press("Space");
  }
  await page.getByText(/^(2 orders selected|All 2 in this view are selected)$/).waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const csv = await readDownload(await download);
  expect(csv.split("\r\n")).toHaveLength(4);
  expect(csv).toContain(`${numbers[0]},`);
  await page.keyboard.press("p");
  await page.getByRole("heading", { name: "Pick list" }).waitFor();
  for (const number of numbers) await page.getByText(String(number)).first().waitFor();
  const stops = page.getByRole("list", { name: "Bins, in walking order" }).getByRole("listitem");
  const bins = await stops.getByTestId("bin").allTextContents();
  const walk = new Intl.Collator("en", { numeric: true });
  expect(bins).toEqual([...bins].sort((a, b) => walk.compare(a, b)));
  await page.getByRole("checkbox").first().click();
  await page.getByText(/^1 of \d+ picked/).waitFor();
});

it("a pick list in the dark scheme prints in black, whole, on A4 and on letter", async () => {
  const numbers = await placeTwo();
  const page = await dashboard.open({ colorScheme: "dark" }, { path: `/pick?orders=${numbers.join("-")}` });
  await page.getByRole("list", { name: "Bins, in walking order" }).waitFor();
  await page.emulateMedia({ media: "print" });
  const printed = await page.evaluate(() => {
    const list = document.querySelector('[data-testid="pick-list"]');
    const texts = [...(list?.querySelectorAll('[data-testid="bin"], [data-testid="item"] *') ?? [])];
    return {
      colours: [...new Set(texts.map((text) => getComputedStyle(text).color))],
      paper: getComputedStyle(document.body).backgroundColor,
      isWhole: list !== null && list.scrollHeight <= list.clientHeight,
    };
  });
  expect(printed).toEqual({ colours: ["rgb(0, 0, 0)"], paper: "rgb(255, 255, 255)", isWhole: true });
  for (const hidden of [
    page.getByRole("button", { name: "Print" }),
    page.getByRole("button", { name: /^Missing or damaged/ }),
    page.getByRole("navigation", { name: "Screens" }),
  ]) {
    expect(await hidden.first().isVisible()).toBe(false);
  }
  await screenshot(page, "print");
  for (const format of ["A4", "Letter"] as const) {
    const pdf = await page.pdf({ format });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  }
});

it("the keyboard alone finds an order, opens it, marks its lines picked and opens its pick list", async () => {
  const { orderNumber } = await place();
  const page = await dashboard.open();
  await waitForOrders(page);
  const focused = (attribute: string) =>
    page.evaluate((name) => document.activeElement?.getAttribute(name), attribute);
  await page.keyboard.press("/");
  await page.keyboard.type(String(orderNumber));
  await expect.poll(() => page.locator("[data-order-number]").count()).toBe(1);
  await page.keyboard.press("Enter");
  expect(await focused("data-order-number")).toBe(String(orderNumber));
  await page.keyboard.press("Enter");
  await expect.poll(() => focused("aria-checked")).toBe("false");
  await page.keyboard.press("Space");
  await page.getByText("1 of 2 lines picked").waitFor();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => focused("aria-checked")).toBe("false");
  await page.keyboard.press("p");
  await page.getByRole("heading", { name: "Pick list" }).waitFor();
  await expect.poll(() => focused("aria-checked")).toBe("false");
  await page.keyboard.press("Space");
  await page.getByText("Everything is picked").waitFor();
});
