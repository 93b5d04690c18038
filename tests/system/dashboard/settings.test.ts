/** Settings: a new store's way to its first order, and invitations. */
import { beforeAll, describe, expect, inject, it } from "vitest";
import {
  checkScreen,
  goTo,
  looks,
  readDownload,
  useDashboard,
  waitForOrders,
} from "../../support/dashboardPage";
import { control, placeOrder } from "../../support/system";

const STORE = "settings";

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

// For the colleague, who looks at an order.
beforeAll(async () => {
  await placeOrder(addresses, STORE);
});

describe.each(looks)("in %s at %i px", (colorScheme, width) => {
  const look = { colorScheme, width };

  it("a new account creates a store, connects BrickLink, sets the callback URL and receives its orders", async () => {
    const name = `store-${width}`;
    const keys = await control(addresses.bricklink, "POST", "/stores", { name, lots: 30 });
    await placeOrder(addresses, name);
    const page = await dashboard.openSignedOut(look);
    await page.getByRole("button", { name: "Create an account" }).click();
    await page.getByLabel("E-mail").fill(`${name}@example.com`);
    await page.getByRole("textbox", { name: "Password" }).fill("a long password");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByLabel("Store name").fill("Second Store");
    await checkScreen(page, `create-store-${colorScheme}-${width}`);
    await page.getByRole("button", { name: "Create store" }).click();
    await page.getByRole("heading", { name: "No orders yet" }).waitFor();
    await checkScreen(page, `no-orders-${colorScheme}-${width}`);
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
    await checkScreen(page, `connected-${colorScheme}-${width}`);

    await page.getByRole("button", { name: "Import from BrickLink" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Import" }).click();
    await page.getByText(/lots imported/).waitFor({ timeout: 60_000 });
    await control(addresses.bricklink, "PUT", `/stores/${name}/callback`, { url });
    await page.getByRole("link", { name: "Orders" }).click();
    await waitForOrders(page);
    const orderNumber = await placeOrder(addresses, name);
    await page.locator(`[data-order-number="${orderNumber}"]`).waitFor();
  });

  it("an invited colleague joins once as a viewer who may not pick, and can be removed", async () => {
    const page = await dashboard.open(look);
    const email = `colleague-${width}@example.com`;
    await goTo(page, "Settings");
    await page.getByRole("textbox", { name: "Whom it is for" }).fill(email);
    await page.getByRole("combobox", { name: "Role", exact: true }).selectOption({ label: "Viewer" });
    await page.getByRole("button", { name: "Make an invitation link" }).click();
    const link = (await page.getByTestId("invitation").textContent()) ?? "";
    await checkScreen(page, `invited-${colorScheme}-${width}`);

    const colleague = await dashboard.openSignedOut(look, { path: link });
    await colleague.getByLabel("E-mail").fill(email);
    await colleague.getByRole("textbox", { name: "Password" }).fill("a password of some length");
    await colleague.getByRole("button", { name: "Create account" }).click();
    await colleague.getByRole("heading", { name: "You are invited to a store" }).waitFor();
    await checkScreen(colleague, `join-${colorScheme}-${width}`);
    await colleague.getByRole("button", { name: "Join the store" }).click();
    await colleague.locator("[data-order-number]").first().click();
    await colleague.getByRole("list", { name: "Lines, in walking order" }).waitFor();
    expect(await colleague.getByRole("checkbox", { name: /picked$/, disabled: false }).count()).toBe(0);
    await colleague.goto(link);
    await colleague.getByRole("alert").waitFor();

    const people = page.getByRole("list", { name: "People" });
    const them = people.getByRole("listitem").filter({ hasText: email });
    await them.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await them.waitFor({ state: "detached" });
  });
});

it("what is stored about a buyer is exported, and forgotten once the order is closed", async () => {
  const number = await placeOrder(addresses, STORE, { buyer: "asks-for-data" });
  const page = await dashboard.open();
  await page.locator(`[data-order-number="${number}"]`, { hasText: "asks-for-data" }).waitFor();
  await goTo(page, "Settings");
  const card = page.getByRole("region", { name: "A buyer's data" });
  await card.getByLabel("Buyer's user name").fill("Asks-For-Data");
  const download = page.waitForEvent("download");
  await card.getByRole("button", { name: "Export" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toContain("personal-data");
  const { orders } = JSON.parse(await readDownload(file)) as { orders: unknown[] };
  expect(orders).toMatchObject([{ orderNumber: number, email: expect.stringContaining("@") as string }]);

  const forget = async () => {
    await card.getByRole("button", { name: "Forget the buyer" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Forget the buyer" }).click();
  };
  await forget();
  await card.getByText(`Still open, and kept: #${number}.`).waitFor();
  await checkScreen(page, "settings-buyer-data");
  await control(addresses.bricklink, "POST", `/stores/${STORE}/orders/${number}/status`, {
    status: "CANCELLED",
  });
  await expect
    .poll(async () => {
      await forget();
      return await card.getByRole("status").textContent();
    })
    .toBe("The buyer is removed from 1 order.");
  await goTo(page, "Orders");
  expect(await page.getByText("asks-for-data").count()).toBe(0);
});
