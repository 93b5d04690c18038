/** A person at the dashboard, in a real Chromium. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import type { Running } from "./system";

const pictures = resolve(import.meta.dirname, "../.output");

/** Keeps what is on the page as `tests/.output/<name>.png`, for people to look at. */
export async function picture(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), ...options });
}

/** Signs a page in to the demo store. */
export async function openDemo({ dashboard }: Running, page: Page): Promise<void> {
  await page.goto(dashboard);
  await page.getByRole("button", { name: "Open the demo store" }).click();
  await page.locator("[data-order-number]").first().waitFor();
}

/** A page on the demo store, signed in. What goes wrong in it fails the test. */
export async function person(
  system: Running,
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => {
    throw error;
  });
  await openDemo(system, page);
  return page;
}

/** What slides or fades in has come to rest; the mark of an arrival, which fades for seconds, is not waited for. */
async function stillness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const isBrief = ({ effect }: Animation) => Number(effect?.getComputedTiming().endTime) < 1_000;
    // A panel that has just been asked for begins to move with the next frame.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(isBrief)
        .map(({ finished }) => finished),
    );
  });
}

/** Axe finds nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  await stillness(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
}

/** Nothing is wider than the window. */
export async function expectFits(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
}
