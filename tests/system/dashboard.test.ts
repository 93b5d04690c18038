/** The dashboard in a real Chromium, as a member of staff uses it. Pictures go to tests/.output. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser";
import { expectAccessible, expectFits, picture } from "../support/person";
import { control, freshFolder, removeFolder, startSystem, type Running } from "../support/system";

let system: Running;
let data: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let errors: string[];

beforeAll(async () => {
  data = await freshFolder();
  [system, browser] = await Promise.all([startSystem(data), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await system.stop();
  await removeFolder(data);
});

async function newPage(options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
}

beforeEach(() => newPage());
afterEach(async () => {
  expect(errors).toEqual([]);
  await context.close();
});

const row = (orderNumber: number) => page.locator(`[data-order-number="${orderNumber}"]`);

async function openDemo(): Promise<void> {
  await page.goto(system.dashboard);
  await page.getByRole("button", { name: "Open the demo store" }).click();
  await page.locator("[data-order-number]").first().waitFor();
}

async function placeOrder(body: unknown = {}): Promise<number> {
  return Number((await control(system.bricklink, "POST", "/stores/demo/orders", body)).order_id);
}

describe.each([390, 820, 1440])("at %i px, a member of staff", (width) => {
  it("sees an order arrive without a reload, opens it, and finds bins and reservations", async () => {
    await newPage({ viewport: { width, height: 900 } });
    await openDemo();
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    const orderNumber = await placeOrder({ buyer: "ann_the_buyer" });
    await row(orderNumber).waitFor();
    expect(await row(orderNumber).textContent()).toContain("ann_the_buyer");
    expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
    await page.getByText(`Order ${orderNumber} arrived from ann_the_buyer.`).waitFor({ state: "attached" });
    await picture(page, `arrived-${width}`);

    await row(orderNumber).click();
    const lines = page.getByRole("list", { name: "Lines, in walking order" });
    await lines.waitFor();
    await lines
      .getByText(/\d+ reserved/)
      .first()
      .waitFor();
    const bins = await lines.locator(".line-bin").allTextContents();
    expect(bins.some((bin) => /[A-D]\d\d-\d\d/.test(bin))).toBe(true);
    expect(page.url()).toContain(`order=${orderNumber}`);

    await page.keyboard.press("Escape");
    await lines.waitFor({ state: "detached" });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-order-number")))
      .toBe(String(orderNumber));
  });
});

describe("a member of staff", () => {
  it("sees a cancelled order leave the orders to pack, with the counts", async () => {
    await openDemo();
    const orderNumber = await placeOrder();
    await row(orderNumber).waitFor();
    const tab = page.getByRole("tab", { name: /Cancelled/ });
    const before = Number((await tab.textContent())?.replace(/\D/g, ""));
    await control(system.bricklink, "POST", `/stores/demo/orders/${orderNumber}/status`, {
      status: "CANCELLED",
    });
    await row(orderNumber).waitFor({ state: "detached" });
    await expect.poll(async () => Number((await tab.textContent())?.replace(/\D/g, ""))).toBe(before + 1);
  });

  it("searches all orders, sorts by what says it sorts, and shares it by its address", async () => {
    await openDemo();
    const orderNumber = await placeOrder({ buyer: "zoe_unusual" });
    await row(orderNumber).waitFor();
    await page.getByRole("textbox", { name: /Search orders/ }).fill("zoe_un");
    await expect.poll(() => page.locator("[data-order-number]").count()).toBe(1);
    await page.getByRole("textbox", { name: /Search orders/ }).fill(String(orderNumber));
    await expect.poll(() => page.locator("[data-order-number]").count()).toBe(1);
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

  it("finds which open orders want a part, and opens one", async () => {
    await openDemo();
    const orderNumber = await placeOrder();
    await row(orderNumber).click();
    const dialog = page.getByRole("dialog");
    const part = (await dialog.locator(".line-what strong").first().textContent()) ?? "";
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });

    await page.getByRole("textbox", { name: /Search orders/ }).fill(part.toLowerCase());
    const wanted = page.getByRole("region", { name: "Parts in open orders" });
    const line = wanted.getByRole("button").filter({ hasText: `Order ${orderNumber}` });
    await line.first().waitFor();
    await picture(page, "wanted");
    await line.first().click();
    await dialog.getByText(part).first().waitFor();
    expect(new URL(page.url()).searchParams.get("order")).toBe(String(orderNumber));
  });

  it("is told of arrivals by sound, and by the desktop while another page is in front, when asked for", async () => {
    await context.grantPermissions(["notifications"]);
    await page.addInitScript(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      class Recorded {
        static readonly permission = "granted";
        static requestPermission = () => Promise.resolve("granted");
        constructor(title: string, { body }: { body: string }) {
          told.push(`${title}: ${body}`);
        }
      }
      Object.assign(window, { Notification: Recorded });
      OscillatorNode.prototype.start = () => void told.push("tone");
      OscillatorNode.prototype.stop = () => undefined;
    });
    const told = () => page.evaluate(() => (window as unknown as { told: string[] }).told.splice(0));
    await openDemo();
    await row(await placeOrder()).waitFor();
    expect(await told()).toEqual([]);

    await page.getByRole("button", { name: "Alerts, columns and density" }).click();
    await page.getByRole("checkbox", { name: "Sound for new orders" }).check();
    await page.getByRole("checkbox", { name: "Desktop message for new orders" }).check();
    await picture(page, "alerts");
    await expectAccessible(page);
    await page.reload();
    await page.locator("[data-order-number]").first().waitFor();
    await row(await placeOrder()).waitFor();
    expect(await told()).toEqual(["tone", "tone"]);

    await page.evaluate(() => Object.defineProperty(document, "visibilityState", { get: () => "hidden" }));
    const orderNumber = await placeOrder();
    await row(orderNumber).waitFor();
    const [, , message] = await told();
    expect(message).toMatch(new RegExp(`^New order ${orderNumber}: \\d+ pieces to pack$`));
  });

  it("opens rows by keyboard", async () => {
    await openDemo();
    await page.locator("[data-order-number]").first().focus();
    await page.keyboard.press("ArrowDown");
    const second = await page.locator("[data-order-number]").nth(1).getAttribute("data-order-number");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `Order ${second}` }).waitFor();
  });

  it("keeps place, focus and selection while orders arrive above and leave", async () => {
    await newPage({ viewport: { width: 1024, height: 420 } });
    await openDemo();
    const leaving = await placeOrder();
    await row(leaving).waitFor();
    await expect.poll(() => page.locator("[data-order-number]").count()).toBeGreaterThan(7);
    const scroller = page.locator(".orders-scroll");
    await scroller.evaluate((element) => element.scrollTo({ top: 260 }));
    const topRow = async () =>
      await page.evaluate(() => {
        const box = document.querySelector(".orders-scroll")?.getBoundingClientRect();
        const rows = [...document.querySelectorAll("[data-order-number]")];
        const first = rows.find((each) => each.getBoundingClientRect().top >= (box?.top ?? 0) + 40);
        return [first?.getAttribute("data-order-number"), first?.getBoundingClientRect().top];
      });
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-order-number"));
    const [orderNumber] = await topRow();
    await page.getByRole("checkbox", { name: `Select order ${orderNumber}` }).check();
    await row(Number(orderNumber)).focus();
    await page.getByText("1 order selected").waitFor();
    const before = await topRow();

    const arrived = await placeOrder();
    await page.getByRole("button", { name: "1 new order ↑" }).waitFor();
    expect(await topRow()).toEqual(before);
    const counted = page.getByRole("tab", { name: /To pack/ });
    const open = Number((await counted.textContent())?.replace(/\D/g, ""));
    await control(system.bricklink, "POST", `/stores/demo/orders/${leaving}/status`, { status: "CANCELLED" });
    await expect.poll(async () => Number((await counted.textContent())?.replace(/\D/g, ""))).toBe(open - 1);
    expect(await topRow()).toEqual(before);
    expect(await focused()).toBe(orderNumber);
    expect(await page.getByRole("checkbox", { name: `Select order ${orderNumber}` }).isChecked()).toBe(true);

    await page.getByRole("button", { name: "1 new order ↑" }).click();
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(0);
    await row(arrived).waitFor();
  });

  it("signs out, and is told where an address that leads nowhere leads", async () => {
    await openDemo();
    await page.goto(`${system.dashboard}/nowhere`);
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    await page.getByRole("link", { name: "Back to the orders" }).click();
    await page.locator("[data-order-number]").first().waitFor();
    await page.getByRole("button", { name: "Account and display" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });
});

describe("who is not signed in", () => {
  it("is told when e-mail and password do not match", async () => {
    await page.goto(system.dashboard);
    await page.getByLabel("E-mail").fill(system.demo.email);
    await page.getByRole("textbox", { name: "Password" }).fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByText("E-mail and password do not match").waitFor();
  });
});

describe.each([
  ["light", 1440],
  ["dark", 1440],
  ["light", 820],
  ["dark", 390],
] as const)("in %s at %i px", (colorScheme, width) => {
  it("every screen fits and passes axe", async () => {
    await newPage({ viewport: { width, height: 900 }, colorScheme });
    await page.goto(system.dashboard);
    await page.getByRole("button", { name: "Open the demo store" }).waitFor();
    await expectAccessible(page);
    await openDemo();
    await expectAccessible(page);
    await picture(page, `orders-${colorScheme}-${width}`);
    await expectFits(page);
    await page.locator("[data-order-number]").first().click();
    await page.getByRole("list", { name: /Lines/ }).waitFor();
    await expectAccessible(page);
    await picture(page, `order-${colorScheme}-${width}`);
    for (const [path, heading] of [
      ["deliveries", "Deliveries"],
      ["inventory", "Inventory"],
      ["health", "How orders come in"],
      ["settings", "Callback URL"],
    ] as const) {
      await page.goto(`${system.dashboard}/${path}`);
      await page.getByRole("heading", { name: heading }).waitFor();
      await expectAccessible(page);
      await expectFits(page);
      await picture(page, `${path}-${colorScheme}-${width}`);
    }
  });
});
