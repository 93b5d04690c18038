/** What is done beside packing, in a real Chromium: a failure followed up, a shelf counted, a colleague let in. */
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

async function go(page: Page, screen: string): Promise<void> {
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: screen }).click();
}

async function looked(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await expectFits(page);
  await picture(page, name);
}

describe.each([
  ["dark", 390],
  ["light", 820],
  ["dark", 1440],
] as const)("in %s at %i px, a person", (colorScheme, width) => {
  const options = { viewport: { width, height: 900 }, colorScheme };

  it("follows an order that failed to arrive, has it tried again, and reads what it did to stock", async () => {
    const page = await person(system, browser, options);
    await control(system.bricklink, "POST", "/faults", { kind: "error500", endpoint: "/orders", times: 1 });
    const placed = await control(system.bricklink, "POST", "/stores/demo/orders", {});
    const orderNumber = Number(placed.order_id);

    await go(page, "Deliveries");
    await page.getByRole("combobox", { name: "Which deliveries" }).selectOption("Trying again");
    await page
      .getByRole("row")
      .filter({ hasText: `Order ${orderNumber}` })
      .click();
    const story = page.getByRole("dialog", { name: `Order ${orderNumber}` });
    await story.getByText("Tries again").waitFor();
    await story.getByText("The order is not stored yet").waitFor();
    await looked(page, `delivery-failed-${colorScheme}-${width}`);

    await story.getByRole("button", { name: "Try now" }).click();
    const question = page.getByRole("dialog", { name: `Fetch Order ${orderNumber} again?` });
    await question.getByText("what was done before is not done twice").waitFor();
    await question.getByRole("button", { name: "Retry now" }).click();
    await story.getByText("Stored", { exact: true }).waitFor();
    await story.getByText("An earlier attempt failed.").waitFor();
    await story.getByRole("list", { name: "What it did to stock" }).getByRole("listitem").first().waitFor();
    await looked(page, `delivery-stored-${colorScheme}-${width}`);

    await story.getByRole("link", { name: "Open the order" }).click();
    await page
      .getByRole("dialog", { name: `Order ${orderNumber}` })
      .getByText("0 of")
      .waitFor();
    await page.context().close();
  });

  it("finds a lot, sets what was counted, sees it in the ledger, and takes it back", async () => {
    const page = await person(system, browser, options);
    await go(page, "Inventory");
    await page.getByRole("textbox", { name: /Search by part number/ }).fill("A0");
    await page.getByRole("row").filter({ hasText: "A0" }).first().click();
    const lot = page.getByRole("dialog");
    const onHand = lot.getByRole("textbox", { name: "On hand" });
    const before = Number(await onHand.inputValue());
    await onHand.fill(String(before + 3));
    await lot.getByRole("combobox", { name: "Reason" }).selectOption("Found");
    await lot.getByRole("textbox", { name: "Note" }).fill(`seen at ${width}`);
    await lot.getByText(`On hand ${before} → ${before + 3}, available`).waitFor();
    await lot.getByRole("button", { name: "Set on hand" }).click();
    const ledger = lot.getByRole("list", { name: "Ledger" });
    await ledger.getByText(`seen at ${width}`).waitFor();
    await looked(page, `lot-${colorScheme}-${width}`);
    await ledger.getByRole("button", { name: /^Undo/ }).first().click();
    await expect.poll(() => onHand.inputValue()).toBe(String(before));
    await page.context().close();
  });

  it("makes an account and a store, connects BrickLink, copies the callback URL, and gets its orders", async () => {
    const name = `store-${width}`;
    const keys = await control(system.bricklink, "POST", "/stores", { name, lots: 30 });
    await control(system.bricklink, "POST", `/stores/${name}/orders`, {});
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(system.dashboard);
    await page.getByRole("button", { name: "Create an account" }).click();
    await page.getByLabel("E-mail").fill(`${name}@example.com`);
    await page.getByRole("textbox", { name: "Password" }).fill("a long password");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByLabel("Store name").fill("Second Store");
    await looked(page, `create-store-${colorScheme}-${width}`);
    await page.getByRole("button", { name: "Create store" }).click();
    await page.getByRole("heading", { name: "No orders yet" }).waitFor();
    await looked(page, `no-orders-${colorScheme}-${width}`);
    await page.getByRole("link", { name: "Connect BrickLink" }).click();

    const enter = async (secret: unknown) => {
      const fields = {
        "Consumer key": keys.consumerKey,
        "Consumer secret": keys.consumerSecret,
        "Token value": keys.tokenValue,
        "Token secret": secret,
      };
      for (const [label, value] of Object.entries(fields))
        await page.getByRole("textbox", { name: label }).fill(String(value));
      await page.getByRole("button", { name: "Save and test" }).click();
    };
    await enter("WRONG");
    await page
      .getByText(/does not accept the keys/)
      .first()
      .waitFor();
    const url = await page.getByTestId("callback-url").textContent();
    expect(url).toMatch(/\/api\/bricklink\/webhook\/[\w-]{43}$/);
    await page.getByRole("button", { name: "Enter other keys" }).click();
    await enter(keys.tokenSecret);
    await page.getByText("BrickLink accepts the keys.").waitFor();
    await looked(page, `connected-${colorScheme}-${width}`);

    await page.getByRole("button", { name: "Import from BrickLink" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Import" }).click();
    await page.getByText(/lots imported/).waitFor({ timeout: 60_000 });
    await control(system.bricklink, "PUT", `/stores/${name}/callback`, { url });
    await page.getByRole("link", { name: "Orders" }).click();
    await page.locator("[data-order-number]").first().waitFor();
    const placed = await control(system.bricklink, "POST", `/stores/${name}/orders`, {});
    await page.locator(`[data-order-number="${Number(placed.order_id)}"]`).waitFor();
    await context.close();
  });

  it("invites a colleague, who joins and may look, and lets nobody in twice", async () => {
    const page = await person(system, browser, options);
    const email = `colleague-${width}@example.com`;
    await go(page, "Settings");
    await page.getByRole("textbox", { name: "Whom it is for" }).fill(email);
    await page.getByRole("combobox", { name: "Role", exact: true }).selectOption({ label: "Viewer" });
    await page.getByRole("button", { name: "Make an invitation link" }).click();
    const link = (await page.getByTestId("invitation").textContent()) ?? "";
    await looked(page, `invited-${colorScheme}-${width}`);

    const theirs = await browser.newContext(options);
    const colleague = await theirs.newPage();
    await colleague.goto(link);
    await colleague.getByLabel("E-mail").fill(email);
    await colleague.getByRole("textbox", { name: "Password" }).fill("a password of some length");
    await colleague.getByRole("button", { name: "Create account" }).click();
    await colleague.getByRole("heading", { name: "You are invited to a store" }).waitFor();
    await looked(colleague, `join-${colorScheme}-${width}`);
    await colleague.getByRole("button", { name: "Join the store" }).click();
    await colleague.locator("[data-order-number]").first().click();
    await colleague.getByRole("list", { name: "Lines, in walking order" }).waitFor();
    expect(await colleague.getByRole("checkbox", { name: /picked$/, disabled: false }).count()).toBe(0);
    await colleague.goto(link);
    await colleague.getByRole("button", { name: "Join the store" }).click();
    await colleague.getByRole("alert").waitFor();
    await theirs.close();

    const people = page.getByRole("list", { name: "People" });
    const them = people.getByRole("listitem").filter({ hasText: email });
    await them.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await them.waitFor({ state: "detached" });
    await page.context().close();
  });
});
