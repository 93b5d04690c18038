/** Events: BrickLink's events and what became of each. */
import { describe, inject, it } from "vitest";
import { checkScreen, goTo, looks, useDashboard } from "../../support/dashboardPage";
import { control, placeOrder } from "../../support/system";

const STORE = "events";

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

describe.each(looks)("in %s at %i px", (colorScheme, width) => {
  const look = { colorScheme, width };

  it("an order whose fetch failed is retried on request, and its timeline then shows what it did to stock", async () => {
    const page = await dashboard.open(look);
    await control(addresses.bricklink, "POST", "/faults", {
      kind: "error500",
      store: STORE,
      endpoint: "/orders",
      times: 1,
    });
    const orderNumber = await placeOrder(addresses, STORE);

    await goTo(page, "Events");
    await page.getByRole("combobox", { name: "Which events" }).selectOption("Trying again");
    await page
      .getByRole("row")
      .filter({ hasText: `Order ${orderNumber}` })
      .click();
    const timeline = page.getByRole("dialog", { name: `Order ${orderNumber}` });
    await timeline.getByText("Tries again").waitFor();
    await timeline.getByText("The order is not stored yet").waitFor();
    await checkScreen(page, `event-failed-${colorScheme}-${width}`);

    await timeline.getByRole("button", { name: "Try now" }).click();
    const question = page.getByRole("dialog", { name: `Fetch Order ${orderNumber} again?` });
    await question.getByText("what was done before is not done twice").waitFor();
    await question.getByRole("button", { name: "Retry now" }).click();
    await timeline.getByText("Stored", { exact: true }).waitFor();
    await timeline.getByText("An earlier attempt failed.").waitFor();
    await timeline
      .getByRole("list", { name: "What it did to stock" })
      .getByRole("listitem")
      .first()
      .waitFor();
    await checkScreen(page, `event-stored-${colorScheme}-${width}`);

    await timeline.getByRole("link", { name: "Open the order" }).click();
    await page
      .getByRole("dialog", { name: `Order ${orderNumber}` })
      .getByText("0 of")
      .waitFor();
  });

  it("an order that no callback announced is fetched by its number from Health, and one that does not exist is not", async () => {
    const page = await dashboard.open(look);
    await control(addresses.bricklink, "POST", `/stores/${STORE}/callbacks`, { kind: "suppress", times: 1 });
    const orderNumber = await placeOrder(addresses, STORE);
    await goTo(page, "Health");
    const card = page.getByRole("region", { name: "Missing an order?" });
    const fetchOrder = async (typed: string) => {
      await card.getByRole("textbox", { name: "Order number" }).fill(typed);
      await card.getByRole("button", { name: "Fetch this order" }).click();
    };
    await fetchOrder("12 34");
    await card.getByText("digits only").waitFor();
    await fetchOrder("1");
    await card.getByText(/Order 1 could not be fetched. BrickLink does not have it/).waitFor();
    await card.getByRole("button", { name: "Compare all orders now" }).click();
    await card.getByText("Last compared just now").waitFor();
    await fetchOrder(String(orderNumber));
    await card.getByText(`Order ${orderNumber} is here and up to date.`).waitFor();
    await checkScreen(page, `health-fetched-${colorScheme}-${width}`);
    await card.getByRole("link", { name: "Open it" }).click();
    await page
      .getByRole("dialog", { name: `Order ${orderNumber}` })
      .getByText("0 of")
      .waitFor();
  });
});
