/** Picking in a real Chromium: what a packer does with an order, a bin and a missing piece. */
import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser";
import { expectAccessible, expectFits, openDemo, person, picture } from "../support/person";
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

/** An order of all there is of one lot, which lies in `bin`, and of a piece of another in another bin. */
async function anOrder(): Promise<{ orderNumber: number; bin: string }> {
  const { lots } = (await control(system.bricklink, "GET", "/stores/demo/state")) as unknown as {
    lots: Lot[];
  };
  const [first, ...others] = lots
    .filter(({ quantity, remarks, stockRoom }) => quantity > 2 && remarks !== "" && stockRoom === null)
    .sort((a, b) => a.quantity - b.quantity);
  const second = others.find(({ remarks }) => remarks !== first?.remarks);
  if (!first || !second) throw new Error("The demo store has nothing left to order.");
  const lines = [
    { inventoryId: first.inventoryId, quantity: first.quantity },
    { inventoryId: second.inventoryId, quantity: 1 },
  ];
  const placed = await control(system.bricklink, "POST", "/stores/demo/orders", { lines });
  return { orderNumber: Number(placed.order_id), bin: first.remarks };
}

async function openOrder(page: Page, orderNumber: number): Promise<void> {
  await page.getByRole("textbox", { name: /Search orders/ }).fill(String(orderNumber));
  await page.locator(`[data-order-number="${orderNumber}"]`).click();
  await page.getByRole("list", { name: "Lines, in walking order" }).waitFor();
}

/** A page whose connection can be cut and mended. */
async function withCuts(page: Page): Promise<{ cut: () => Promise<void>; mend: () => void }> {
  let isOffline = false;
  const sockets: WebSocketRoute[] = [];
  await page.context().routeWebSocket(/\/sync$/, (socket) => {
    if (isOffline) {
      void socket.close();
      return;
    }
    socket.connectToServer();
    sockets.push(socket);
  });
  return {
    cut: async () => {
      isOffline = true;
      for (const socket of sockets.splice(0)) await socket.close();
    },
    mend: () => {
      isOffline = false;
    },
  };
}

async function report(page: Page, where: Locator, reason: "Missing" | "Damaged"): Promise<void> {
  await where.getByRole("button", { name: /^Missing or damaged/ }).click();
  await page.getByRole("button", { name: reason, exact: true }).click();
}

describe.each([
  ["dark", 390],
  ["light", 820],
  ["dark", 1440],
] as const)("in %s at %i px, a packer", (colorScheme, width) => {
  const options = { viewport: { width, height: 900 }, colorScheme };

  it("picks an order with a missing and a broken part, takes a report back later, and is told when all is picked", async () => {
    const { orderNumber, bin } = await anOrder();
    const page = await person(system, browser, options);
    await openOrder(page, orderNumber);
    const lines = page.getByRole("list", { name: "Lines, in walking order" }).getByRole("listitem");
    expect(await lines.count()).toBe(2);
    const whole = lines.filter({ hasText: bin });
    await report(page, whole, "Missing");
    await whole.getByText(/1 short/).waitFor();
    await report(page, whole, "Damaged");
    await whole.getByText(/2 short/).waitFor();
    await expectAccessible(page);
    await picture(page, `lost-${colorScheme}-${width}`);

    // What was reported is not this page's alone.
    await page.reload();
    await whole.getByRole("button", { name: /^Undo: 1 damaged/ }).waitFor();
    await whole.getByRole("button", { name: /^Undo: 1 missing/ }).click();
    await whole.getByText("1 short").waitFor();

    for (const tick of await page.getByRole("checkbox", { name: /picked$/ }).all()) await tick.click();
    await page.getByText("All that is there is picked: 1 piece short").waitFor();
    await expectAccessible(page);
    await picture(page, `picked-${colorScheme}-${width}`);
    await expectFits(page);

    // A piece that comes back asks for the line to be finished.
    await whole.getByRole("button", { name: /^Undo: 1 damaged/ }).click();
    await whole.getByText(/fetch 1 more/).waitFor();
    await page.getByRole("link", { name: "Pick list" }).click();
    const bins = page.getByRole("list", { name: "Bins, in walking order" });
    await bins.getByRole("checkbox", { name: /^1 ×/, checked: false }).click();
    await page.getByText("Everything is picked").waitFor();
    await page.context().close();
  });

  it("walks three orders at once, with a missing part for one of them", async () => {
    const orders = [await anOrder(), await anOrder(), await anOrder()];
    const page = await person(system, browser, options);
    for (const { orderNumber } of orders) {
      await page.getByRole("checkbox", { name: `Select order ${orderNumber}` }).check();
    }
    await page.getByRole("toolbar").getByRole("button", { name: "Pick list" }).click();
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
    await picture(page, `pick-list-${colorScheme}-${width}`);
    await stop.getByRole("button", { name: /^Undo: 1 missing/ }).click();
    await stop.getByRole("button", { name: /^Undo/ }).waitFor({ state: "detached" });
    for (const tick of await page.getByRole("checkbox", { name: /picked$/ }).all()) await tick.click();
    await page.getByText("Everything is picked").waitFor();
    await page.context().close();
  });

  it("goes on ticking offline, is told so, and finds all of it kept afterwards", async () => {
    const { orderNumber } = await anOrder();
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const { cut, mend } = await withCuts(page);
    await openDemo(system, page);
    await openOrder(page, orderNumber);
    await cut();
    await page.getByText(/What you see is from before/).waitFor({ state: "attached" });
    await page
      .getByRole("checkbox", { name: /picked$/ })
      .first()
      .click();
    await page.getByText("1 of 2 lines picked").waitFor();
    await expectAccessible(page);
    await picture(page, `offline-${colorScheme}-${width}`);
    const arrived = (await anOrder()).orderNumber;
    mend();
    const colleague = await person(system, browser);
    await openOrder(colleague, orderNumber);
    await colleague.getByText("1 of 2 lines picked").waitFor({ timeout: 60_000 });
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Clear the search" }).click();
    await page.locator(`[data-order-number="${arrived}"]`).waitFor({ timeout: 60_000 });
    await Promise.all([context.close(), colleague.context().close()]);
  });
});

it("two people on one order see each other's ticks", async () => {
  const { orderNumber } = await anOrder();
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
  const numbers = [(await anOrder()).orderNumber, (await anOrder()).orderNumber];
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
  await page.getByText(/^1 of \d+ picked/).waitFor();
  await page.context().close();
});

it("a pick list prints in black, whole, on A4 and on letter", async () => {
  const numbers = [(await anOrder()).orderNumber, (await anOrder()).orderNumber];
  const page = await person(system, browser, { colorScheme: "dark" });
  await page.goto(`${system.dashboard}/pick?orders=${numbers.join("-")}`);
  await page.getByRole("list", { name: "Bins, in walking order" }).waitFor();
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    const words = [...document.querySelectorAll(".pick-list .line-bin, .pick-list .line-what *")];
    const list = document.querySelector(".pick-list");
    return {
      colours: [...new Set(words.map((word) => getComputedStyle(word).color))],
      paper: getComputedStyle(document.body).backgroundColor,
      isWhole: list !== null && list.scrollHeight <= list.clientHeight,
    };
  });
  expect(seen).toEqual({ colours: ["rgb(0, 0, 0)"], paper: "rgb(255, 255, 255)", isWhole: true });
  for (const hidden of [
    page.getByRole("button", { name: "Print" }),
    page.getByText("Missing or damaged"),
    page.getByRole("navigation", { name: "Screens" }),
  ]) {
    expect(await hidden.first().isVisible()).toBe(false);
  }
  await picture(page, "print");
  for (const format of ["A4", "Letter"] as const) {
    const pdf = await page.pdf({ format });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  }
  await page.context().close();
});

it("narrows the orders down by several filters at once, shares that by its address, and exports just those", async () => {
  const { orderNumber, bin } = await anOrder();
  const page = await person(system, browser);
  await openOrder(page, orderNumber);
  const lines = page.getByRole("list", { name: "Lines, in walking order" }).getByRole("listitem");
  await report(page, lines.filter({ hasText: bin }), "Missing");
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
    await page.getByText(choice, { exact: true }).click();
  }
  await page.getByRole("combobox", { name: "Order by" }).selectOption("Largest total first");
  await expectAccessible(page);
  await picture(page, "filters");
  await page.keyboard.press("Escape");
  const shown = () =>
    page
      .locator("[data-order-number]")
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("data-order-number"))));
  await expect.poll(shown).toEqual([orderNumber]);
  await page.reload();
  await expect.poll(shown).toEqual([orderNumber]);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export what the table shows as CSV" }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv.trimEnd().split("\r\n")).toHaveLength(2);
  expect(csv).toContain(`${orderNumber},`);

  await page.getByRole("button", { name: "Remove the filter: Picking: Begun" }).click();
  await page.getByRole("button", { name: "Remove the filter: Stock: Short" }).click();
  await expect.poll(async () => (await shown()).length).toBeGreaterThan(1);
  await page.context().close();
});

it("an order is found, opened, ticked and listed by keyboard alone", async () => {
  const { orderNumber } = await anOrder();
  const page = await person(system, browser);
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
  await page.context().close();
});

it("what is ready to pick is one press away: paid, all there, not picked to the end", async () => {
  const { orderNumber } = await anOrder();
  const page = await person(system, browser);
  const row = page.locator(`[data-order-number="${orderNumber}"]`);
  await row.waitFor();
  await page.getByRole("button", { name: "Ready to pick" }).click();
  await row.waitFor({ state: "detached" });
  await control(system.bricklink, "POST", `/stores/demo/orders/${orderNumber}/status`, { status: "PAID" });
  await row.waitFor();
  await row.click();
  await page.getByText("0 of 2 lines picked").waitFor();
  for (const tick of await page.getByRole("checkbox", { name: /picked$/ }).all()) await tick.click();
  await row.waitFor({ state: "detached" });
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
