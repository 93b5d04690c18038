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
