/** Packing slips and address labels: what is printed on each paper, settings, copied addresses, the ways to a print. */
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import {
  checkScreen,
  expectAccessible,
  looks,
  openOrder,
  screenshot,
  useDashboard,
} from "../../support/dashboardPage";
import { control, eventually, placeOrder, signedInClient } from "../../support/system";
import { api } from "../../../convex/_generated/api";

const STORE = "parcels";
const THANKS = "Thank you, and happy building!";
const VIEWER = { email: "parcels-viewer@example.com", password: "bricks in many bins" };
/** More lots than fit on one page of any paper. */
const LONG_ORDER_LOTS = 60;

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

/** `short` is 2 pieces of 5 short, `long` has sixty lots, `plain` has one piece. */
const orders = { short: 0, long: 0, plain: 0 };

beforeAll(async () => {
  const state = await control(addresses.bricklink, "GET", `/stores/${STORE}/state`);
  const lots = state.lots as { inventoryId: number; quantity: number }[];
  const [first, ...others] = lots.filter(({ quantity }) => quantity >= 5);
  if (!first) throw new Error("The store has no lot of five pieces.");
  const linesOf = (chosen: typeof lots) => chosen.map(({ inventoryId }) => ({ inventoryId, quantity: 1 }));
  const place = (lines: { inventoryId: number; quantity: number }[]) =>
    placeOrder(addresses, STORE, { lines });
  orders.short = await place([{ inventoryId: first.inventoryId, quantity: 5 }]);
  orders.long = await place(linesOf(others.slice(0, LONG_ORDER_LOTS)));
  orders.plain = await place(linesOf(others.slice(0, 1)));

  const owner = await signedInClient(addresses.convex, {
    email: `${STORE}@example.com`,
    password: "bricks in many bins",
  });
  const [business] = (await owner.query(api.accounts.businesses.mine, {})).businesses;
  if (!business) throw new Error("The owner has no store.");
  const { businessAccountId } = business;
  const orderNumbers = Object.values(orders);
  const { orders: found } = await eventually(
    () => owner.query(api.orders.parcels.get, { businessAccountId, orderNumbers }),
    (answer) => answer.orders.length === orderNumbers.length,
  );
  const lineId = found[0]?.lines[0]?.lineId;
  if (!lineId) throw new Error("The short order has no line.");
  const spare = await owner.query(api.orders.picking.losses.spare, { businessAccountId, lineId });
  await owner.mutation(api.orders.picking.losses.reportLoss, {
    businessAccountId,
    lineId,
    quantity: spare + 2,
    reason: "missing",
  });
  const invitation = { businessAccountId, role: "viewer", label: "Vera" } as const;
  const { token } = await owner.action(api.accounts.invitations.create, invitation);
  const viewer = await signedInClient(addresses.convex, VIEWER, "signUp");
  await viewer.action(api.accounts.invitations.accept, { token });
});

function pathOf(kind: "slips" | "labels", numbers: readonly number[], rest = ""): string {
  return `/print?kind=${kind}&orders=${numbers.join("-")}${rest}`;
}

const pagesOf = (page: Page) => page.getByTestId("page");

async function openPrint(path: string, look = {}): Promise<Page> {
  const page = await dashboard.open(look, { path });
  await pagesOf(page).first().waitFor();
  return page;
}

/** The number of pages of a PDF. Chromium writes page objects as plain text. */
function pageCountOf(pdf: Buffer): number {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** Width and height of a PDF's first page, whole millimetres. */
function paperOf(pdf: Buffer): number[] {
  const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString("latin1"));
  return [box?.[1], box?.[2]].map((points) => Math.round((Number(points) * 25.4) / 72));
}

describe.each(looks)("in %s at %i px", (colorScheme, width) => {
  const look = { colorScheme, width };

  it("slips and labels fit the window and pass axe", async () => {
    const page = await openPrint(pathOf("slips", [orders.short, orders.plain, 99], "&paper=a4"), look);
    await page.getByText("Order 99 is not in this store").waitFor();
    await checkScreen(page, `slips-${colorScheme}-${width}`);
    await page.getByText("Address labels", { exact: true }).click();
    await page.getByTestId("label").first().waitFor();
    await checkScreen(page, `labels-${colorScheme}-${width}`);
  });
});

it.each([
  ["a4", [210, 297]],
  ["letter", [216, 279]],
  ["label", [100, 150]],
])(
  "slips on %s print the pages that the screen shows, each order from a page of its own",
  async (paper, size) => {
    const chosen = [orders.plain, orders.long, orders.short];
    const page = await openPrint(pathOf("slips", chosen, `&paper=${paper}`), { colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const texts = await pagesOf(page).allInnerTexts();
    const heads = texts.map((text) => /Order (\d+)(?: · page (\d+) of (\d+))?/.exec(text)?.slice(1));
    const longPages = heads.filter((head) => head?.[0] === String(orders.long));
    expect(longPages.length).toBeGreaterThan(1);
    expect(longPages).toEqual(
      longPages.map((_, index) => [String(orders.long), String(index + 1), String(longPages.length)]),
    );
    expect(heads.map((head) => head?.[0])).toEqual(
      [orders.plain, ...longPages.map(() => orders.long), orders.short].map(String),
    );
    for (const text of texts) expect(text).toMatch(/Qty\s+Part\s+Item/);
    expect(await page.locator('[data-testid="page"] tbody tr').count()).toBe(LONG_ORDER_LOTS + 2);
    expect(texts.at(-1)).toContain("3 of 5 in this parcel, 2 missing");
    expect(texts.at(-1)).toContain("1 lot, 5 pieces ordered. 3 of them in this parcel, 2 missing");

    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pageCountOf(pdf)).toBe(texts.length);
    expect(paperOf(pdf)).toEqual(size);
    await screenshot(page, `slips-print-${paper}`);
  },
);

it("a print in the dark scheme is black on white, and shows nothing of the screen around it", async () => {
  const page = await openPrint(pathOf("slips", [orders.short]), { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const colours = await pagesOf(page).evaluate((paper) => ({
    ink: [...new Set([...paper.querySelectorAll("*")].map((part) => getComputedStyle(part).color))],
    paper: getComputedStyle(paper).backgroundColor,
  }));
  expect(colours).toEqual({ ink: ["rgb(0, 0, 0)"], paper: "rgb(255, 255, 255)" });
  for (const hidden of [
    page.getByRole("button", { name: "Print" }),
    page.getByLabel("Paper"),
    page.getByRole("navigation", { name: "Screens" }),
  ]) {
    expect(await hidden.isVisible()).toBe(false);
  }
});

it("address labels begin at the chosen place of the sheet, and on labels of their own take a page each", async () => {
  const chosen = [orders.short, orders.long, orders.plain];
  const page = await openPrint(pathOf("labels", chosen, "&paper=a4&first=13"));
  const labels = page.getByTestId("label");
  const placesOf = () =>
    pagesOf(page).evaluateAll((sheets) =>
      sheets.map((sheet) =>
        [...sheet.querySelectorAll("[data-testid]")].map((place) => place.getAttribute("data-testid")),
      ),
    );
  expect(await placesOf()).toEqual([
    [...Array.from({ length: 12 }, () => "used place"), "label", "label"],
    ["label"],
  ]);
  expect(pageCountOf(await page.pdf({ preferCSSPageSize: true }))).toBe(2);
  // Millimetres of the thirteenth place of Avery L7163, from the corner of the sheet.
  await page.emulateMedia({ media: "print" });
  const [sheet, label] = await Promise.all([
    pagesOf(page).first().boundingBox(),
    labels.first().boundingBox(),
  ]);
  const toMm = (pixels: number) => Math.round((pixels * 25.4) / 96);
  expect([toMm((label?.x ?? 0) - (sheet?.x ?? 0)), toMm((label?.y ?? 0) - (sheet?.y ?? 0))]).toEqual([
    5, 244,
  ]);
  await page.emulateMedia({ media: null });
  await page.getByLabel("Paper").selectOption({ label: "One label a page, 100 × 150 mm" });
  await expect.poll(() => pagesOf(page).count()).toBe(3);
  await expect.poll(() => labels.first().innerText()).toContain(`Order ${orders.short}`);
  expect(pageCountOf(await page.pdf({ preferCSSPageSize: true }))).toBe(3);
});

it("an owner's line of thanks and return address are printed, and one that is too long is refused with what to do", async () => {
  const page = await dashboard.open({}, { path: "/settings" });
  const card = page.getByRole("region", { name: "Packing slips and labels" });
  await card.getByLabel("Line of thanks").fill("t".repeat(201));
  await card.getByRole("button", { name: "Save" }).click();
  await card.getByRole("alert").getByText("Shorten it to 200").waitFor();
  await card.getByLabel("Line of thanks").fill(THANKS);
  await card.getByLabel("Return address").fill("Angry Bricks\nPlate Lane 1");
  await card.getByRole("button", { name: "Save" }).click();
  await card.getByText("Saved.").waitFor();
  await expectAccessible(page);
  const slips = await openPrint(pathOf("slips", [orders.plain]));
  await pagesOf(slips).getByText(THANKS).waitFor();
  const labels = await openPrint(pathOf("labels", [orders.plain]));
  expect(await labels.getByTestId("label").innerText()).toMatch(/Angry Bricks,? ?\s*Plate Lane 1/);
});

it("one press copies the address as it is written on a parcel, and says so", async () => {
  const page = await dashboard.open();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openOrder(page, orders.plain);
  await page.getByRole("button", { name: "Copy address" }).click();
  await page.getByRole("status").getByText("Copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const label = await openPrint(pathOf("labels", [orders.plain]));
  for (const line of copied.split("\n")) expect(await label.getByTestId("label").innerText()).toContain(line);
  expect(copied.split("\n").length).toBeGreaterThanOrEqual(4);
});

it("the keyboard alone opens an order's slip, chooses a paper, and the next print begins with that paper", async () => {
  const page = await dashboard.open();
  await openOrder(page, orders.plain);
  await page.getByRole("button", { name: "More about this order" }).press("Enter");
  await page.getByRole("menuitem", { name: "Print the packing slip" }).press("Enter");
  await pagesOf(page).first().waitFor();
  await page.getByLabel("Paper").focus();
  await page.keyboard.type("Label");
  await expect.poll(() => page.url()).toContain("paper=label");
  const next = await openPrint(pathOf("slips", [orders.plain]));
  expect(await next.getByLabel("Paper").inputValue()).toBe("label");
  await page.getByRole("button", { name: "Back" }).press("Enter");
  await page.getByRole("list", { name: "Lines, in walking order" }).waitFor();
});

it("selected orders lead to their labels, and a pick list that is all picked to its slips", async () => {
  const page = await dashboard.open();
  for (const number of [orders.short, orders.plain]) {
    await page.getByRole("checkbox", { name: `Select order ${number}` }).check();
  }
  await page.getByRole("toolbar").getByRole("button", { name: "Print" }).click();
  await page.getByRole("menuitem", { name: "Address labels" }).click();
  await expect.poll(() => page.getByTestId("label").count()).toBe(2);

  await page.goto(new URL(`/pick?orders=${orders.plain}`, addresses.dashboard).href);
  const link = page.getByRole("link", { name: "Packing slip" });
  await page.getByRole("checkbox", { name: /picked$/ }).waitFor();
  expect(await link.isVisible()).toBe(false);
  await page.getByRole("checkbox", { name: /picked$/ }).click();
  await link.click();
  await pagesOf(page).getByText(`Order ${orders.plain}`).waitFor();
});

it("a viewer's slips name the buyer only, and labels say who can print them", async () => {
  const page = await dashboard.openSignedOut({}, { path: pathOf("slips", [orders.plain]) });
  await page.getByLabel("E-mail").fill(VIEWER.email);
  await page.getByRole("textbox", { name: "Password" }).fill(VIEWER.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText(/Addresses are shown to staff and owners, so these slips/).waitFor();
  await pagesOf(page).first().waitFor();
  await page.getByText("Address labels", { exact: true }).click();
  await page.getByText(/Ask one of them to print the labels/).waitFor();
  expect(await pagesOf(page).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Print" }).isDisabled()).toBe(true);
  await expectAccessible(page);
});

it("a print of no order that the store has says so and leads back to the orders", async () => {
  const page = await dashboard.open({}, { path: pathOf("slips", [99]) });
  await page.getByText("There is nothing to print here.").waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Choose orders" }).click();
  await page.locator("[data-order-number]").first().waitFor();
});
