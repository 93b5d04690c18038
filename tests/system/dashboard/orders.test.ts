/** The orders screen: arrivals, search, sort, filters, alerts, keyboard. */
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import {
  expectAccessible,
  openOrder,
  readDownload,
  screenshot,
  useDashboard,
  waitForOrders,
} from "../../support/dashboardPage";
import { control, placeOrder, placeOrderInTwoBins } from "../../support/system";

const STORE = "orders-screen";
/** More than fit into the lowest window that a test opens. */
const FIRST_ORDERS = 10;

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

beforeAll(async () => {
  for (let placed = 0; placed < FIRST_ORDERS; placed += 1) await place();
});

const place = (body: { buyer?: string } = {}) => placeOrder(addresses, STORE, body);

/** Changes an order's status at BrickLink. The pieces of a cancelled order are listed again, so no lot gets spare pieces. */
async function setStatus(orderNumber: number, status: string): Promise<void> {
  await control(addresses.bricklink, "POST", `/stores/${STORE}/orders/${orderNumber}/status`, {
    status,
    restock: status === "CANCELLED",
  });
}

const row = (page: Page, orderNumber: number) => page.locator(`[data-order-number="${orderNumber}"]`);
const rows = (page: Page) => page.locator("[data-order-number]");

async function numberIn(counted: Locator): Promise<number> {
  return Number((await counted.textContent())?.replace(/\D/g, ""));
}

function focusedAttribute(page: Page, attribute: string): Promise<string | null | undefined> {
  return page.evaluate((name) => document.activeElement?.getAttribute(name), attribute);
}

/** Records tones and desktop messages in `window.alerts` instead of playing and showing them. */
async function recordAlerts(page: Page): Promise<void> {
  await page.context().grantPermissions(["notifications"]);
  await page.addInitScript(() => {
    const alerts: string[] = [];
    Object.assign(window, { alerts });
    class RecordedNotification {
      static readonly permission = "granted";
      static requestPermission = () => Promise.resolve("granted");
      constructor(title: string, { body }: { body: string }) {
        alerts.push(`${title}: ${body}`);
      }
    }
    Object.assign(window, { Notification: RecordedNotification });
    OscillatorNode.prototype.start = () => void alerts.push("tone");
    OscillatorNode.prototype.stop = () => undefined;
  });
}

describe.each([390, 820, 1440])("at %i px", (width) => {
  it("a new order appears without a reload and opens with its bins", async () => {
    const page = await dashboard.open({ width });
    await waitForOrders(page);
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    const orderNumber = await place({ buyer: "ann_the_buyer" });
    await row(page, orderNumber).waitFor();
    expect(await row(page, orderNumber).textContent()).toContain("ann_the_buyer");
    expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
    await page.getByText(`Order ${orderNumber} arrived from ann_the_buyer.`).waitFor({ state: "attached" });
    await screenshot(page, `arrived-${width}`);

    await row(page, orderNumber).click();
    const lines = page.getByRole("list", { name: "Lines, in walking order" });
    await lines.waitFor();
    await page.getByText(/^0 of \d+ lines? picked$/).waitFor();
    const bins = await lines.getByTestId("bin").allTextContents();
    expect(bins.some((bin) => /[A-D]\d\d-\d\d/.test(bin))).toBe(true);
    expect(page.url()).toContain(`order=${orderNumber}`);

    await page.keyboard.press("Escape");
    await lines.waitFor({ state: "detached" });
    await expect.poll(() => focusedAttribute(page, "data-order-number")).toBe(String(orderNumber));
  });
});

it("a cancelled order leaves its stage and is counted as cancelled", async () => {
  const page = await dashboard.open();
  await page.getByRole("tab", { name: /Waiting for payment/ }).click();
  const orderNumber = await place();
  await row(page, orderNumber).waitFor();
  const tab = page.getByRole("tab", { name: /Cancelled/ });
  const before = await numberIn(tab);
  await setStatus(orderNumber, "CANCELLED");
  await row(page, orderNumber).waitFor({ state: "detached" });
  await expect.poll(() => numberIn(tab)).toBe(before + 1);
});

it("the search finds an order by buyer and by number, and the sort order survives a reload", async () => {
  const page = await dashboard.open();
  const orderNumber = await place({ buyer: "zoe_unusual" });
  await row(page, orderNumber).waitFor();
  await page.getByRole("textbox", { name: /Search orders/ }).fill("zoe_un");
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.getByRole("textbox", { name: /Search orders/ }).fill(String(orderNumber));
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.getByRole("button", { name: "Clear the search" }).click();

  await page.getByRole("tab", { name: /All/ }).click();
  await page.getByRole("button", { name: "Buyer" }).click();
  await page
    .getByRole("columnheader", { name: "Buyer" })
    .and(page.locator('[aria-sort="ascending"]'))
    .waitFor();
  const firstBuyer = async () =>
    await page.locator('[data-order-number] td[data-column="buyer"]').first().textContent();
  const ascending = await firstBuyer();
  await page.getByRole("button", { name: "Buyer" }).click();
  await expect.poll(firstBuyer).toBe("zoe_unusual");
  expect(ascending).not.toBe("zoe_unusual");
  await page.reload();
  await expect.poll(firstBuyer).toBe("zoe_unusual");
});

it("the search for a part lists the open orders that want it and opens the chosen one", async () => {
  const page = await dashboard.open();
  const orderNumber = await place();
  await row(page, orderNumber).click();
  const dialog = page.getByRole("dialog");
  const part = (await dialog.getByTestId("item").locator("strong").first().textContent()) ?? "";
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });

  await page.getByRole("textbox", { name: /Search orders/ }).fill(part.toLowerCase());
  const wanted = page.getByRole("region", { name: "Parts in open orders" });
  const line = wanted.getByRole("button").filter({ hasText: `Order ${orderNumber}` });
  await line.first().waitFor();
  await screenshot(page, "wanted");
  await line.first().click();
  await dialog.getByText(part).first().waitFor();
  expect(new URL(page.url()).searchParams.get("order")).toBe(String(orderNumber));
});

it("a new order alerts by sound, and by a desktop message while the page is hidden, once staff enable it", async () => {
  // A context of its own, since the browser stores what staff enable.
  const page = await dashboard.openElsewhere({}, { prepare: recordAlerts });
  await waitForOrders(page);
  const takeAlerts = () => page.evaluate(() => (window as unknown as { alerts: string[] }).alerts.splice(0));
  await row(page, await place()).waitFor();
  expect(await takeAlerts()).toEqual([]);

  await page.getByRole("button", { name: "Alerts, columns and density" }).click();
  await page.getByRole("checkbox", { name: "Sound for new orders" }).check();
  await page.getByRole("checkbox", { name: "Desktop message for new orders" }).check();
  await screenshot(page, "alerts");
  await expectAccessible(page);
  await page.reload();
  await waitForOrders(page);
  await row(page, await place()).waitFor();
  expect(await takeAlerts()).toEqual(["tone", "tone"]);

  await page.evaluate(() => Object.defineProperty(document, "visibilityState", { get: () => "hidden" }));
  const orderNumber = await place();
  await row(page, orderNumber).waitFor();
  const [, , message] = await takeAlerts();
  expect(message).toMatch(new RegExp(`^New order ${orderNumber}: \\d+ pieces? to pack$`));
});

it("arrow down and Enter on a focused row open the next order", async () => {
  const page = await dashboard.open();
  await rows(page).first().focus();
  await page.keyboard.press("ArrowDown");
  const second = await rows(page).nth(1).getAttribute("data-order-number");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: `Order ${second}` }).waitFor();
});

it("scroll position, focus and selection stay when orders arrive above them and leave", async () => {
  const page = await dashboard.open({ width: 1024, height: 420 });
  await page.getByRole("tab", { name: /Waiting for payment/ }).click();
  await waitForOrders(page);
  const leaving = await place();
  await row(page, leaving).waitFor();
  await expect.poll(() => rows(page).count()).toBeGreaterThan(7);
  const scroller = page.getByTestId("orders-scroller");
  await scroller.evaluate((element) => element.scrollTo({ top: 260 }));
  const topRow = async () =>
    await page.evaluate(() => {
      const box = document.querySelector('[data-testid="orders-scroller"]')?.getBoundingClientRect();
      const found = [...document.querySelectorAll("[data-order-number]")];
      const first = found.find((each) => each.getBoundingClientRect().top >= (box?.top ?? 0) + 40);
      return [first?.getAttribute("data-order-number"), first?.getBoundingClientRect().top];
    });
  const [orderNumber] = await topRow();
  await page.getByRole("checkbox", { name: `Select order ${orderNumber}` }).check();
  await row(page, Number(orderNumber)).focus();
  await page.getByText("1 order selected").waitFor();
  const before = await topRow();

  const arrived = await place();
  await page.getByRole("button", { name: "1 new order ↑" }).waitFor();
  expect(await topRow()).toEqual(before);
  const tab = page.getByRole("tab", { name: /Waiting for payment/ });
  const open = await numberIn(tab);
  await setStatus(leaving, "CANCELLED");
  await expect.poll(() => numberIn(tab)).toBe(open - 1);
  expect(await topRow()).toEqual(before);
  expect(await focusedAttribute(page, "data-order-number")).toBe(orderNumber);
  expect(await page.getByRole("checkbox", { name: `Select order ${orderNumber}` }).isChecked()).toBe(true);

  await page.getByRole("button", { name: "1 new order ↑" }).click();
  await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(0);
  await row(page, arrived).waitFor();
});

it("no row moves under the mouse when an order arrives, which appears once the mouse has left", async () => {
  const page = await dashboard.open();
  await waitForOrders(page);
  const aimedAt = rows(page).first();
  const before = await aimedAt.getAttribute("data-order-number");
  await aimedAt.hover();
  const arrived = await place();
  await page.getByRole("button", { name: "1 new order ↑" }).waitFor();
  expect(await aimedAt.getAttribute("data-order-number")).toBe(before);
  await page.mouse.move(0, 0);
  await expect.poll(() => aimedAt.getAttribute("data-order-number")).toBe(String(arrived));
});

it("several filters together narrow the table and its export, and survive a reload", async () => {
  const { orderNumber, bin } = await placeOrderInTwoBins(addresses, STORE);
  const page = await dashboard.open();
  await openOrder(page, orderNumber);
  const lines = page.getByRole("list", { name: "Lines, in walking order" }).getByRole("listitem");
  await lines
    .filter({ hasText: bin })
    .getByRole("button", { name: /^Missing or damaged/ })
    .click();
  await page.getByRole("button", { name: "Missing", exact: true }).click();
  await lines.getByText(/1 short/).waitFor();
  await page
    .getByRole("checkbox", { name: /picked$/ })
    .first()
    .click();
  await page.getByText("1 of 2 lines picked").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Clear the search" }).click();

  await page.getByRole("button", { name: /^Filter and sort/ }).click();
  await page.getByRole("combobox", { name: "Picking" }).selectOption("Begun");
  for (const choice of ["Not paid", "Short"]) {
    await page.getByRole("radiogroup").getByText(choice, { exact: true }).click();
  }
  await page.getByRole("combobox", { name: "Sort by" }).selectOption("Largest total first");
  await expectAccessible(page);
  await screenshot(page, "filters");
  await page.keyboard.press("Escape");
  const shown = () =>
    rows(page).evaluateAll((found) => found.map((each) => Number(each.getAttribute("data-order-number"))));
  await expect.poll(shown).toEqual([orderNumber]);
  await page.reload();
  await expect.poll(shown).toEqual([orderNumber]);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export what the table shows as CSV" }).click();
  const csv = await readDownload(await download);
  expect(csv.trimEnd().split("\r\n")).toHaveLength(2);
  expect(csv).toContain(`${orderNumber},`);

  await page.getByRole("button", { name: "Remove the filter: Picking: Begun" }).click();
  await page.getByRole("button", { name: "Remove the filter: Stock: Short" }).click();
  await expect.poll(async () => (await shown()).length).toBeGreaterThan(1);
  const waiting = rows(page).filter({ hasText: "Waiting for payment" });
  expect(await waiting.count()).toBeGreaterThan(0);
  expect(await waiting.filter({ hasNotText: /Not paid \w/ }).count()).toBe(0);
});

it("an order moves from stage to stage with its payment and its ticks, and the last tick leads on to the next order", async () => {
  // The older one is below the other.
  const next = await place();
  const { orderNumber } = await placeOrderInTwoBins(addresses, STORE);
  for (const paid of [orderNumber, next]) await setStatus(paid, "PAID");
  const page = await dashboard.open();
  await page.getByRole("tab", { name: /Ready to pick/ }).click();
  await row(page, orderNumber).click();
  await page.getByText("0 of 2 lines picked").waitFor();
  const checkboxes = page.getByRole("checkbox", { name: /picked$/ });
  // A press anywhere on the line ticks it.
  await page
    .getByRole("list", { name: "Lines, in walking order" })
    .getByTestId("item")
    .first()
    .click({ force: true });
  await row(page, orderNumber).waitFor({ state: "detached" });
  await page.getByText("1 of 2 lines picked").waitFor();
  await checkboxes.last().click();
  await page.getByText("Everything is picked").waitFor();
  await page.getByRole("button", { name: "Next order", exact: true }).last().click();
  await page.getByRole("heading", { name: /^Order \d+$/ }).waitFor();
  await expect.poll(() => page.url()).not.toContain(String(orderNumber));
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /^Picked/ }).click();
  await row(page, orderNumber).waitFor();
});

it("the question mark lists the keyboard shortcuts, and the slash moves the focus to the search", async () => {
  const page = await dashboard.open();
  await waitForOrders(page);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor({ state: "detached" });
  await page.keyboard.press("/");
  await expect.poll(() => focusedAttribute(page, "aria-label")).toContain("Search orders");
});
