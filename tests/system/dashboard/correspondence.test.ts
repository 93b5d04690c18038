/** What buyers write, and what is said of them: messages in the table and in the order, feedback by a press and for a selection. */
import type { Page } from "playwright-core";
import { beforeAll, expect, inject, it } from "vitest";
import { checkScreen, looks, openOrder, useDashboard, waitForOrders } from "../../support/dashboardPage";
import { control, placeOrder } from "../../support/system";

const STORE = "correspondence";

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

async function atBricklink(orderNumber: number, what: string, body: unknown = {}): Promise<void> {
  await control(addresses.bricklink, "POST", `/stores/${STORE}/orders/${orderNumber}/${what}`, body);
}

/** An order whose buyer has received it. */
async function aReceivedOrder(): Promise<number> {
  const orderNumber = await placeOrder(addresses, STORE);
  await atBricklink(orderNumber, "status", { status: "SHIPPED" });
  await atBricklink(orderNumber, "receive");
  return orderNumber;
}

const row = (page: Page, orderNumber: number) => page.locator(`[data-order-number="${orderNumber}"]`);

beforeAll(async () => {
  const page = await dashboard.open({}, { path: "/settings" });
  await page.getByRole("button", { name: "Allow changes at BrickLink" }).click();
  await page.getByRole("button", { name: "Stop sending changes to BrickLink" }).waitFor();
  await page.close();
});

it("an owner changes what praise says in the settings", async () => {
  const page = await dashboard.open({}, { path: "/settings" });
  const card = page.getByRole("region", { name: "Feedback for buyers" });
  await card.getByRole("textbox", { name: "Praise says" }).fill("A pleasure, thank you.");
  await card.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => card.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
  await page.reload();
  await expect
    .poll(() => card.getByRole("textbox", { name: "Praise says" }).inputValue())
    .toBe("A pleasure, thank you.");
  await checkScreen(page, "settings-praise");
});

it.each(looks)(
  "a buyer's message marks its order in the table, is read in the order and marked as read by a press (%s, %i px)",
  async (colorScheme, width) => {
    const page = await dashboard.open({ width, colorScheme });
    const orderNumber = await placeOrder(addresses, STORE);
    await row(page, orderNumber).waitFor();
    const body = "Is there a scratch on it?\nPlease <b>don't</b> hurry.";
    await atBricklink(orderNumber, "messages", { subject: "My order", body });
    await row(page, orderNumber).getByText("1 unread message").waitFor({ state: "attached" });
    await checkScreen(page, `unread-${width}`);

    await openOrder(page, orderNumber);
    const messages = page.getByRole("region", { name: "Messages" });
    await page.getByRole("button", { name: "Read", exact: true }).click();
    await messages.getByText("Please <b>don't</b> hurry.").waitFor();
    const answer = messages.getByRole("link", { name: "Answer on BrickLink" });
    expect(await answer.getAttribute("href")).toContain(String(orderNumber));
    await checkScreen(page, `messages-${width}`);
    await messages.getByRole("button", { name: "Mark as read" }).click();
    await row(page, orderNumber).getByText("1 unread message").waitFor({ state: "detached" });
    await messages.getByText("Please <b>don't</b> hurry.").waitFor();
  },
);

it.each([["dark", 390] as const])(
  "praise is left by one press, and its buyer's feedback is shown with the order (%s, %i px)",
  async (colorScheme, width) => {
    const orderNumber = await aReceivedOrder();
    const page = await dashboard.open({ width, colorScheme });
    await waitForOrders(page);
    await openOrder(page, orderNumber);
    const feedback = page.getByRole("region", { name: "Feedback" });
    await feedback.getByRole("button", { name: "In your own words" }).click();
    await feedback.getByText("Complaint").click();
    expect(await feedback.getByRole("textbox", { name: "What it says" }).inputValue()).toBe("");
    await checkScreen(page, `feedback-form-${width}`);
    await feedback.getByRole("button", { name: "Cancel" }).click();
    await feedback.getByRole("button", { name: "Leave praise" }).click();
    await page.getByRole("list", { name: "Changes on their way to BrickLink" }).getByText("Praise").waitFor();
    await atBricklink(orderNumber, "feedback", { rating: 0, comment: "Quick &amp; careful" });
    await feedback.getByText("The buyer left praise: “Quick & careful”").waitFor();
    await feedback.getByText(/Your store left praise/).waitFor();
    await checkScreen(page, `feedback-${width}`);
  },
);

it("the buyers of a selection are praised together, where their orders are received", async () => {
  const received = [await aReceivedOrder(), await aReceivedOrder()];
  const page = await dashboard.open();
  await waitForOrders(page);
  await page.goto(`${addresses.dashboard}/?tab=shipped`);
  for (const orderNumber of received) {
    await page.getByRole("checkbox", { name: `Select order ${orderNumber}` }).click();
  }
  await page.getByRole("button", { name: "Praise 2 buyers" }).click();
  await checkScreen(page, "praise-selection");
  await page.getByRole("dialog").getByRole("button", { name: "Praise 2 buyers" }).click();
  await page.getByText("Praise is sent for 2 orders.").waitFor();
});
