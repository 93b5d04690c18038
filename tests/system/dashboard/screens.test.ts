/** Every screen of the demo store, which this file only reads. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import {
  checkScreen,
  expectAccessible,
  expectFits,
  goTo,
  screenshot,
  useDashboard,
  waitForOrders,
} from "../../support/dashboardPage";

const dashboard = useDashboard();

/** Expects the search to have the room for its whole placeholder. */
async function expectReadableSearch(page: Page): Promise<void> {
  const { needed, available } = await page
    .locator("input[placeholder]")
    .evaluate((field: HTMLInputElement) => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      const pen = document.createElement("canvas").getContext("2d");
      if (!pen) throw new Error("The page cannot measure text.");
      pen.font = font;
      const padding = Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight);
      return { needed: pen.measureText(field.placeholder).width, available: field.clientWidth - padding };
    });
  expect(needed).toBeLessThanOrEqual(available);
}

it.each([
  ["light", 1440],
  ["dark", 1440],
  ["light", 820],
  ["dark", 390],
] as const)("every screen in %s at %i px fits the window and passes axe", async (colorScheme, width) => {
  const look = { colorScheme, width };
  const signedOut = await dashboard.openSignedOut(look);
  await signedOut.getByRole("button", { name: "Open the demo store" }).waitFor();
  await expectAccessible(signedOut);
  const page = await dashboard.open(look);
  await waitForOrders(page);
  await checkScreen(page, `orders-${colorScheme}-${width}`);
  await page.locator("[data-order-number]").first().click();
  await page.getByRole("list", { name: /Lines/ }).waitFor();
  await expectAccessible(page);
  await screenshot(page, `order-${colorScheme}-${width}`);
  await page.keyboard.press("Escape");
  for (const [screen, heading] of [
    ["Events", "Events"],
    ["Inventory", "Inventory"],
    ["Health", "How orders come in"],
    ["Settings", "Callback URL"],
  ] as const) {
    await goTo(page, screen);
    await page.getByRole("heading", { name: heading }).waitFor();
    await checkScreen(page, `${screen.toLowerCase()}-${colorScheme}-${width}`);
  }
});

it("every screen in German fits 360 px and passes axe, its searches show what they look through, chosen in the account menu and given up there", async () => {
  const page = await dashboard.open({ width: 360 });
  await waitForOrders(page);
  await page.getByRole("button", { name: "Account and display" }).click();
  await page.getByRole("menuitem", { name: "Deutsch" }).click();
  const screens = page.getByRole("navigation", { name: "Bereiche" });
  await screens.waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("de");
  await waitForOrders(page);
  await page
    .locator("[data-order-number]")
    .filter({ hasText: /\d,\d\d\u00a0€/ })
    .first()
    .waitFor();
  await checkScreen(page, "orders-german-360");
  await expectReadableSearch(page);
  await page.locator("[data-order-number]").first().click();
  await page.getByRole("list", { name: /Positionen/ }).waitFor();
  await expectFits(page);
  await expectAccessible(page);
  await screenshot(page, "order-german-360");
  await page.keyboard.press("Escape");
  for (const [screen, heading] of [
    ["Zu klären", "Bestellungen"],
    ["Ereignisse", "Ereignisse"],
    ["Lager", "Lager"],
    ["System", "Wie Bestellungen hereinkommen"],
    ["Einstellungen", "Callback-URL"],
  ] as const) {
    await screens.getByRole("link", { name: screen }).click();
    await page.getByRole("heading", { name: heading, exact: true }).waitFor();
    await checkScreen(page, `${screen.toLowerCase().replaceAll(/\W+/g, "-")}-german-360`);
  }
  await screens.getByRole("link", { name: "Lager" }).click();
  for (const wider of [820, 1024, 1440]) {
    await page.setViewportSize({ width: wider, height: 900 });
    await page.getByRole("radiogroup", { name: "Welche Lots" }).waitFor();
    await expectReadableSearch(page);
  }
  await page.getByRole("button", { name: "Konto und Anzeige" }).click();
  await page.getByRole("menuitem", { name: "English" }).click();
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
});
