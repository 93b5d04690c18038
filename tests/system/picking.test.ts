/** Picking in a real Chromium: what a packer does with an order, a bin and a missing piece. */
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser";
import { expectAccessible, expectFits, person, picture } from "../support/person";
import { control, freshFolder, removeFolder, startSystem, type Running } from "../support/system";

let system: Running;
let data: string;
let browser: Browser;

beforeAll(async () => {
  data = await freshFolder();
  [system, browser] = await Promise.all([startSystem(data), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
  await removeFolder(data);
});

type Lot = { inventoryId: number; quantity: number; remarks: string; stockRoom: string | null };

/** An order of all there is of one lot, and of a piece of another, each in a bin. */
async function anOrder(): Promise<number> {
  const { lots } = (await control(system.bricklink, "GET", "/stores/demo/state")) as unknown as {
    lots: Lot[];
  };
  const [first, second] = lots
    .filter(({ quantity, remarks, stockRoom }) => quantity > 2 && remarks !== "" && stockRoom === null)
    .sort((a, b) => a.quantity - b.quantity);
  if (!first || !second) throw new Error("The demo store has nothing left to order.");
  const lines = [
    { inventoryId: first.inventoryId, quantity: first.quantity },
    { inventoryId: second.inventoryId, quantity: 1 },
  ];
  return Number((await control(system.bricklink, "POST", "/stores/demo/orders", { lines })).order_id);
}

async function openOrder(page: Page, orderNumber: number): Promise<void> {
  await page.getByRole("textbox", { name: /Search orders/ }).fill(String(orderNumber));
  await page.locator(`[data-order-number="${orderNumber}"]`).click();
  await page.getByRole("list", { name: "Lines, in walking order" }).waitFor();
}

describe.each([
  ["dark", 390],
  ["light", 820],
  ["dark", 1440],
] as const)("in %s at %i px, a packer", (colorScheme, width) => {
  it("picks an order with a missing part, takes the report back, and is told when all is picked", async () => {
    const orderNumber = await anOrder();
    const page = await person(system, browser, { viewport: { width, height: 900 }, colorScheme });
    await openOrder(page, orderNumber);
    const lines = page.getByRole("list", { name: "Lines, in walking order" }).getByRole("listitem");
    expect(await lines.count()).toBe(2);
    const whole = lines.filter({ hasNotText: "1 reserved" });
    await whole.getByRole("button", { name: /^Missing or damaged/ }).click();
    await page.getByRole("button", { name: "Missing", exact: true }).click();
    await whole.getByText(/1 short/).waitFor();
    await expectAccessible(page);
    await whole.getByRole("button", { name: "Undo" }).click();
    await whole.getByText(/1 short/).waitFor({ state: "detached" });

    for (const tick of await page.getByRole("checkbox", { name: /picked$/ }).all()) await tick.click();
    await page.getByText("Everything is picked").waitFor();
    await expectAccessible(page);
    await picture(page, `picked-${colorScheme}-${width}`);
    await expectFits(page);

    await page.getByRole("link", { name: "Pick list" }).click();
    await page.getByText("Everything is picked.").waitFor();
    await expectAccessible(page);
    await picture(page, `pick-list-${colorScheme}-${width}`);
    await page.context().close();
  });
});

it("two people on one order see each other's ticks", async () => {
  const orderNumber = await anOrder();
  const [ann, bob] = await Promise.all([person(system, browser), person(system, browser)]);
  await Promise.all([openOrder(ann, orderNumber), openOrder(bob, orderNumber)]);
  await ann
    .getByRole("checkbox", { name: /picked$/ })
    .first()
    .click();
  await bob.getByText("1 of 2 lines picked").waitFor();
  await bob.getByRole("checkbox", { name: /picked$/, checked: true }).click();
  await ann.getByText("0 of 2 lines picked").waitFor();
  await Promise.all([ann.context().close(), bob.context().close()]);
});

it("orders chosen by keyboard are joined into one walk, and exported", async () => {
  const numbers = [await anOrder(), await anOrder()];
  const page = await person(system, browser);
  for (const number of numbers) {
    await page.locator(`[data-order-number="${number}"]`).focus();
    await page.keyboard.press("Space");
  }
  await page.getByText("2 orders selected").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv.split("\r\n")).toHaveLength(4);
  expect(csv).toContain(`${numbers[0]},`);
  await page.keyboard.press("p");
  await page.getByRole("heading", { name: "Pick list" }).waitFor();
  for (const number of numbers) await page.getByText(String(number)).first().waitFor();
  const stops = page.getByRole("list", { name: "Bins, in walking order" }).getByRole("listitem");
  const bins = await stops.locator(".line-bin").allTextContents();
  const walk = new Intl.Collator("en", { numeric: true });
  expect(bins).toEqual([...bins].sort((a, b) => walk.compare(a, b)));
  await page.getByRole("checkbox").first().click();
  await page.getByText(/^1 of \d+ bins picked/).waitFor();
  await page.context().close();
});

it("the keys are shown by ?, and / goes to the search", async () => {
  const page = await person(system, browser);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor({ state: "detached" });
  await page.keyboard.press("/");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
    .toContain("Search orders");
  await page.context().close();
});
