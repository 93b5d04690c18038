/** Pages of the dashboard in a real Chromium: sign-in, checks that every screen must pass, screenshots. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import axe from "axe-core";
import type { Browser, BrowserContext, Download, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { connectBrowser } from "./browser";
import { createStore, signIn as newSession, type Credentials, type SessionTokens } from "./system";

/** Far above what any action takes on an idle machine; a failed test still ends soon. */
const ACTION_WITHIN_MS = 15_000;

const screenshots = resolve(import.meta.dirname, "../.output");

/** The window's size in CSS pixels and the colour scheme that the device asks for. */
export type Look = { width?: number; height?: number; colorScheme?: "light" | "dark" };

/** Widths of a telephone, a tablet and a desktop, each in one of the two colour schemes. */
export const looks = [
  ["dark", 390],
  ["light", 820],
  ["dark", 1440],
] as const;

/** Saves the page as `tests/.output/<name>.png`, for people to look at, when SCREENSHOTS is set: it takes a while. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENSHOTS) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** Waits for the first row of the orders table. */
export async function waitForOrders(page: Page): Promise<void> {
  await page.locator("[data-order-number]").first().waitFor();
}

/** Signs in on a page that has no session. */
export async function signIn(page: Page, url: string, credentials: Credentials): Promise<void> {
  await page.goto(url);
  await page.getByLabel("E-mail").fill(credentials.email);
  await page.getByRole("textbox", { name: "Password" }).fill(credentials.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
}

/**
 * Signs a context in with the tokens of a session, as the dashboard itself stores them. A sign-in on the page would count as an attempt
 * from this address, of which a run has as many as test files and more.
 */
async function storeSession(context: BrowserContext, url: string, tokens: SessionTokens): Promise<void> {
  const page = await context.newPage();
  await page.goto(new URL("/config.json", url).href);
  await page.evaluate(async ({ token, refreshToken }) => {
    const { convexUrl } = (await (await fetch("/config.json")).json()) as { convexUrl: string };
    const namespace = convexUrl.replaceAll(/[^a-zA-Z0-9]/g, "");
    localStorage.setItem(`__convexAuthJWT_${namespace}`, token);
    localStorage.setItem(`__convexAuthRefreshToken_${namespace}`, refreshToken);
  }, tokens);
  await page.close();
}

export type Opening = {
  /** A path of the dashboard, or a whole URL; default "/". */
  path?: string;
  /** Changes the page before it loads anything. */
  prepare?: (page: Page) => Promise<unknown>;
};

export type Dashboard = {
  /** A new page of the file's signed-in context. Closed after the test. */
  open: (look?: Look, opening?: Opening) => Promise<Page>;
  /** A new page of the file's second context, a session of its own of the same account. Closed after the test. */
  openElsewhere: (look?: Look, opening?: Opening) => Promise<Page>;
  /** A new page in a new context without a session. Closed after the test. */
  openSignedOut: (look?: Look, opening?: Opening) => Promise<Page>;
};

/**
 * Registers the hooks of a file whose tests use the dashboard: a connection to the shared Chromium and a context that is
 * signed in to a store called `storeName`, which only this file uses, or, without a name, to the demo store.
 *
 * Pages of one context share its session and its caches, so that a page opens without a sign-in and without loading the
 * scripts anew. After each test all pages are closed; an uncaught error in any of them fails the test.
 */
export function useDashboard(storeName?: string): Dashboard {
  const addresses = inject("addresses");
  let browser: Browser;
  let credentials: Credentials;
  let context: BrowserContext;
  let secondContext: BrowserContext | undefined;
  let errors: Error[] = [];

  async function newContext(): Promise<BrowserContext> {
    const created = await browser.newContext();
    created.setDefaultTimeout(ACTION_WITHIN_MS);
    created.on("weberror", (error) => errors.push(error.error()));
    return created;
  }

  async function newSignedInContext(tokens?: SessionTokens): Promise<BrowserContext> {
    const created = await newContext();
    const session = tokens ?? (await newSession(addresses.convex, credentials));
    await storeSession(created, addresses.dashboard, session);
    return created;
  }

  async function newPage(owner: BrowserContext, look: Look, { path = "/", prepare }: Opening): Promise<Page> {
    const { width = 1440, height = 900, colorScheme } = look;
    const page = await owner.newPage();
    await page.setViewportSize({ width, height });
    if (colorScheme) await page.emulateMedia({ colorScheme });
    await prepare?.(page);
    await page.goto(new URL(path, addresses.dashboard).href);
    return page;
  }

  beforeAll(async () => {
    browser = await connectBrowser(inject("browserEndpoint"));
    const store = storeName === undefined ? undefined : await createStore(addresses, storeName);
    credentials = store?.credentials ?? addresses.demo;
    context = await newSignedInContext(store?.tokens);
  });

  afterEach(async () => {
    for (const open of browser.contexts()) {
      const isReused = open === context || open === secondContext;
      await Promise.all((isReused ? open.pages() : [open]).map((finished) => finished.close()));
    }
    const found = errors;
    errors = [];
    expect(found).toEqual([]);
  });

  afterAll(() => browser.close());

  return {
    open: (look = {}, opening = {}) => newPage(context, look, opening),
    openElsewhere: async (look = {}, opening = {}) => {
      secondContext ??= await newSignedInContext();
      return await newPage(secondContext, look, opening);
    },
    openSignedOut: async (look = {}, opening = {}) => await newPage(await newContext(), look, opening),
  };
}

export async function readDownload(download: Download): Promise<string> {
  return await text(await download.createReadStream());
}

/** Follows the link to a screen. */
export async function goTo(page: Page, screen: string): Promise<void> {
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: screen }).click();
}

/** Opens an order through the search. */
export async function openOrder(page: Page, orderNumber: number): Promise<void> {
  await page.getByRole("textbox", { name: /Search orders/ }).fill(String(orderNumber));
  const row = page.locator(`[data-order-number="${orderNumber}"]`);
  await row.waitFor();
  // A row that has just moved takes no press for a moment.
  await page.locator('[data-testid="orders-scroller"][data-settled="true"]').waitFor();
  await row.click();
  await page.getByRole("list", { name: "Lines, in walking order" }).waitFor();
}

/** Waits for animations that end within a second. The highlight of a new order fades for longer and is not waited for. */
async function waitForAnimations(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const isBrief = ({ effect }: Animation) => Number(effect?.getComputedTiming().endTime) < 1_000;
    // A panel that was just opened starts to move with the next frame.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(isBrief)
        .map(({ finished }) => finished),
    );
  });
}

/**
 * Expects no violation of any of axe's default rules.
 *
 * Axe runs in the page itself, once loaded for as long as the document lives: @axe-core/playwright loads it anew for each
 * analysis, opens a second page to merge the results of frames, and takes three times the processor time.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await waitForAnimations(page);
  // Axe would have to be loaded into other frames too; the dashboard has none.
  expect(page.frames()).toHaveLength(1);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    const found = await loaded.run(document, { resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]);
  });
  expect(violations).toEqual([]);
}

/** Expects nothing to be wider than the window. */
export async function expectFits(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
}

/** The three checks of one state of a screen: accessible, within the window, and to look at. */
export async function checkScreen(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectFits(page);
  await screenshot(page, name);
}
