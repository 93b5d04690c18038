/** The audit log: an owner looks up who did what. */
import type { ConvexHttpClient } from "convex/browser";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkScreen, goTo, looks, readDownload, useDashboard } from "../../support/dashboardPage";
import { eventually, placeOrder, signedInClient } from "../../support/system";

const STORE = "audit-log";

const addresses = inject("addresses");
const dashboard = useDashboard(STORE);

const ann = { email: "ann@example.com", password: "a password of some length" };

/** A line of `orderNumber` that Ann picked, so that a person who saw the parcel asks who it was. */
let orderNumber: number;

/** Makes Ann a packer. Returns the store. */
async function inviteAnn(owner: ConvexHttpClient, packer: ConvexHttpClient): Promise<Id<"businessAccounts">> {
  const [business] = (await owner.query(api.accounts.businesses.mine, {})).businesses;
  if (!business) throw new Error("The owner has no store.");
  const { businessAccountId } = business;
  const invitation = { businessAccountId, role: "viewer", label: ann.email } as const;
  const { token } = await owner.action(api.accounts.invitations.create, invitation);
  await packer.action(api.accounts.invitations.accept, { token });
  const people = await owner.query(api.accounts.people.list, { businessAccountId });
  const memberId = people.find(({ email }) => email === ann.email)?.memberId;
  if (!memberId) throw new Error("Ann did not join.");
  await owner.mutation(api.accounts.people.changeRole, { businessAccountId, memberId, role: "staff" });
  return businessAccountId;
}

beforeAll(async () => {
  const credentials = { email: `${STORE}@example.com`, password: "bricks in many bins" };
  const owner = await signedInClient(addresses.convex, credentials);
  const packer = await signedInClient(addresses.convex, ann, "signUp");
  const businessAccountId = await inviteAnn(owner, packer);
  orderNumber = await placeOrder(addresses, STORE);
  const order = await eventually(
    () => packer.query(api.orders.detail.get, { businessAccountId, orderNumber }),
    (found) => found !== null,
  );
  const lineIds = (order?.lines ?? []).map(({ lineId }) => lineId);
  await packer.mutation(api.orders.picking.pickStatus.setPicked, {
    businessAccountId,
    lineIds,
    isPicked: true,
  });
  const { lots } = api.inventory;
  const { page } = await owner.query(lots.list, {
    businessAccountId,
    sort: "location",
    paginationOpts: { numItems: 1, cursor: null },
  });
  for (const { lotId, onHand } of page) {
    const count = { lotId, seenOnHand: onHand, onHand: onHand + 2, reason: "found", note: "" } as const;
    await owner.mutation(api.orders.allocation.adjustments.adjust, { businessAccountId, ...count });
  }
});

describe.each(looks)("in %s at %i px", (colorScheme, width) => {
  it("an owner finds by the order's number who picked it, goes on to the order, and comes back", async () => {
    const page = await dashboard.open({ colorScheme, width }, { path: "/audit-log" });
    const log = page.getByRole("table", { name: "Audit log" });
    await log.getByText(/Changed the role of ann from Viewer to Staff/).waitFor();
    await checkScreen(page, `audit-log-${colorScheme}-${width}`);
    await page.getByRole("textbox", { name: "Only this order number" }).fill(String(orderNumber));
    await log.getByText(/Changed the role/).waitFor({ state: "detached" });
    const picked = log.getByRole("row").filter({ hasText: /ann.*Picked \d+ ×/ });
    await picked.first().waitFor();
    await checkScreen(page, `audit-log-order-${colorScheme}-${width}`);
    await picked
      .first()
      .getByRole("link", { name: `Order ${orderNumber}` })
      .click();
    await page.getByRole("list", { name: "Lines, in walking order" }).waitFor();
    await page.getByRole("button", { name: "More about this order" }).click();
    await page.getByRole("menuitem", { name: "Audit log of this order" }).click();
    await picked.first().waitFor();
    await page.getByText(/All about this order, by anybody/).waitFor();
  });
});

it("an owner comes from Settings, sees who changed a role, exports it, and sees who counted a lot", async () => {
  const page = await dashboard.open();
  await goTo(page, "Settings");
  await page.getByRole("link", { name: "Open the audit log" }).click();
  const log = page.getByRole("table", { name: "Audit log" });
  await page.getByRole("combobox", { name: "What" }).selectOption({ label: "Roles, passwords and removals" });
  await page.getByRole("combobox", { name: "Who" }).selectOption({ label: STORE });
  await expect.poll(() => log.getByRole("row").count()).toBe(2);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export what the list shows as CSV" }).click(),
  ]);
  const [header, row, ...others] = (await readDownload(download)).trim().split("\r\n");
  expect(header).toContain("Time,Who,What");
  expect(row).toContain(`,${STORE},Changed the role of ann from Viewer to Staff,`);
  expect(others).toEqual([]);
  await page.getByRole("combobox", { name: "Who" }).selectOption({ label: "ann" });
  await page.getByText("Nobody did anything of this kind").waitFor();
  await checkScreen(page, "audit-log-empty");
  await page.getByRole("link", { name: "Show everything" }).click();
  await log.getByText("Exported this log").waitFor();

  const counted = log.getByRole("row").filter({ hasText: /Changed on hand from \d+ to \d+, found/ });
  await counted.getByRole("link").click();
  await page.getByRole("link", { name: "Audit log of this lot" }).click();
  await page.getByRole("button", { name: "Remove the filter: one lot" }).waitFor();
  await expect.poll(() => log.getByRole("row").count()).toBe(2);
  await counted.waitFor();
  await checkScreen(page, "audit-log-lot");
});

it("a packer who opens the address reads that only an owner can", async () => {
  const page = await dashboard.openSignedOut({ width: 390 }, { path: "/audit-log" });
  await page.getByLabel("E-mail").fill(ann.email);
  await page.getByRole("textbox", { name: "Password" }).fill(ann.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText(/Only an owner of the store can read who did what/).waitFor();
  await checkScreen(page, "audit-log-packer-390");
});
