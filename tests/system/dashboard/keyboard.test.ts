/** Tasks done by keyboard alone, or by mouse and keyboard in turn. */
import type { Page } from "playwright-core";
import { beforeAll, expect, inject, it } from "vitest";
import { expectAccessible, screenshot, useDashboard, waitForOrders } from "../../support/dashboardPage";
import { placeOrder } from "../../support/system";

const STORE = "keyboard";

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

beforeAll(async () => {
  for (let placed = 0; placed < 4; placed += 1) await placeOrder(addresses, STORE, {});
});

const rows = (page: Page) => page.locator("[data-order-number]");

function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(
    () =>
      document.activeElement?.getAttribute("data-order-number") ??
      document.activeElement?.getAttribute("aria-label"),
  );
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

it("a person without a mouse walks the rows, selects two, opens one, and closes a dialog and the order one after the other", async () => {
  const page = await dashboard.open();
  await expect.poll(() => rows(page).count()).toBeGreaterThanOrEqual(4);
  const numbers = await rows(page).evaluateAll((found) =>
    found.map((row) => row.getAttribute("data-order-number")),
  );
  await press(page, "ArrowDown");
  expect(await focused(page)).toBe(numbers[0]);
  await press(page, "j", "j", "k");
  expect(await focused(page)).toBe(numbers[1]);
  await press(page, "x", "ArrowDown", "Space");
  await page.getByText("2 orders selected").waitFor();
  await press(page, "Enter");
  const order = page.getByRole("dialog", { name: `Order ${numbers[2]}` });
  await order.waitFor();
  await page.getByRole("list", { name: "Lines, in walking order" }).waitFor();

  await press(page, "?");
  const shortcuts = page.getByRole("dialog", { name: "Keyboard" });
  await shortcuts.waitFor();
  await expectAccessible(page);
  await screenshot(page, "shortcuts");
  await press(page, "Escape");
  await shortcuts.waitFor({ state: "detached" });
  expect(await order.isVisible()).toBe(true);
  await press(page, "Escape");
  await order.waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe(numbers[2]);
});

it("the keys act after a checkbox was ticked by mouse, and not in a field", async () => {
  const page = await dashboard.open();
  await waitForOrders(page);
  const checkbox = page.getByRole("checkbox", { name: /^Select order/ }).first();
  await checkbox.click();
  await press(page, "?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await press(page, "Escape");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor({ state: "detached" });
  await press(page, "p");
  await page.getByTestId("pick-list").waitFor();
  await page.goBack();
  await checkbox.click();
  await press(page, "/");
  await expect.poll(() => focused(page)).toContain("Search orders");
  await page.keyboard.type("jp?");
  expect(await page.getByRole("textbox", { name: /Search orders/ }).inputValue()).toBe("jp?");
});

it("g and a letter go to each screen, and Escape in a menu leaves the order under it open", async () => {
  const page = await dashboard.open();
  await waitForOrders(page);
  for (const [letter, path] of [
    ["i", "/inventory"],
    ["n", "/needs-you"],
    ["h", "/health"],
    ["s", "/settings"],
    ["e", "/events"],
  ] as const) {
    await press(page, "g", letter);
    await page.waitForURL(`**${path}`);
  }
  await press(page, "g", "o");
  await waitForOrders(page);
  await press(page, "j", "Enter");
  const order = page.getByRole("dialog", { name: /^Order/ });
  await order.getByRole("button", { name: "More about this order" }).click();
  await page.getByRole("menuitem", { name: "Print the packing slip" }).waitFor();
  await press(page, "Escape");
  await page.getByRole("menuitem", { name: "Print the packing slip" }).waitFor({ state: "detached" });
  expect(await order.isVisible()).toBe(true);
});

it("the palette finds an order of any stage, a lot, a screen and an action, by keyboard alone", async () => {
  const orderNumber = await placeOrder(addresses, STORE, { buyer: "palette_buyer" });
  const page = await dashboard.open({ colorScheme: "light" }, { path: "/inventory" });
  const field = page.getByRole("combobox", { name: "Find anything" });
  const option = (name: string | RegExp) => page.getByRole("option", { name });
  const find = async (typed: string) => {
    await press(page, "Control+k");
    await field.fill(typed);
  };
  await page.getByRole("button", { name: "Find anything" }).waitFor();

  await find("palette_b");
  await option(`Order ${orderNumber}`).waitFor();
  await expectAccessible(page);
  await screenshot(page, "palette");
  await press(page, "Enter");
  await page.getByRole("dialog", { name: `Order ${orderNumber}` }).waitFor();

  await find("A0");
  await page.getByText(/^\d+ results?$/).waitFor();
  // Below the orders that want something from such a bin.
  const options = await page.getByRole("option").allTextContents();
  const firstLot = options.findIndex((each) => each.includes("on hand"));
  for (let above = 0; above < firstLot; above += 1) await press(page, "ArrowDown");
  await press(page, "Enter");
  await page.waitForURL(/\/inventory\?lot=/);
  const lot = page.getByRole("dialog").filter({ hasText: "On hand" });
  await lot.waitFor();
  await press(page, "Escape");
  await lot.waitFor({ state: "detached" });

  await find("need");
  await press(page, "Enter");
  await page.waitForURL("**/needs-you");
  await find("dark");
  await press(page, "Enter");
  await page.locator("[data-mantine-color-scheme='dark']").waitFor();
  await find("nothing has this");
  await page.getByText("Nothing has “nothing has this” in it.").waitFor();
  await press(page, "Escape");
  await field.waitFor({ state: "detached" });
});

it("an order that loads while the palette is open leaves the focus in the palette's field", async () => {
  const orderNumber = await placeOrder(addresses, STORE, {});
  let passOn: (() => void)[] | undefined;
  const page = await dashboard.open(
    {},
    {
      path: "/inventory",
      prepare: (opened) =>
        opened.routeWebSocket(/sync/, (socket) => {
          const server = socket.connectToServer();
          server.onMessage((message) =>
            passOn === undefined ? socket.send(message) : passOn.push(() => socket.send(message)),
          );
        }),
    },
  );
  const field = page.getByRole("combobox", { name: "Find anything" });
  await page.getByRole("button", { name: "Find anything" }).click();
  await field.fill(String(orderNumber));
  await page.getByRole("option", { name: `Order ${orderNumber}` }).waitFor();
  passOn = [];
  await press(page, "Enter");
  await page.getByRole("dialog", { name: `Order ${orderNumber}` }).waitFor();
  await press(page, "Control+k");
  await field.waitFor();
  for (const pass of passOn.splice(0)) pass();
  passOn = undefined;
  await page.getByRole("list", { name: "Lines, in walking order" }).waitFor();
  expect(await focused(page)).toBe("Find anything");
});

it("the palette fetches an order that is not here and shows what becomes of it", async () => {
  const page = await dashboard.open({ width: 390 });
  await page.getByRole("button", { name: "Find anything" }).click();
  await page.getByRole("combobox", { name: "Find anything" }).fill("99999999");
  await page.getByRole("option", { name: "Fetch order 99999999 from BrickLink" }).click();
  await page.waitForURL(/\/events\?event=/);
  await page.getByRole("dialog").getByText("99999999").first().waitFor();
});
