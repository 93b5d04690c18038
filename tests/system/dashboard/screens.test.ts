/** Every screen of the demo store, which this file only reads. */
import { it } from "vitest";
import {
  checkScreen,
  expectAccessible,
  goTo,
  screenshot,
  useDashboard,
  waitForOrders,
} from "../../support/dashboardPage";

const dashboard = useDashboard();

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
