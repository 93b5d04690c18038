import { expect, it, vi } from "vitest";
import {
  adjust,
  aMember,
  anEventOf,
  anInvitation,
  anOrderToPick,
  api,
  aStore,
  auditLogOf,
  type AuditLogFilter,
  errorCodeOf,
  HOUR,
  lineOf,
  MINUTE,
  setPicked,
  START,
  type Store,
  useFakeClock,
  wholeLog,
} from "../../support";

useFakeClock();

const { settings } = api.marketplaces.bricklink.connection;

async function actionsOf(store: Store, filter?: AuditLogFilter, range?: { from?: number; until?: number }) {
  return (await auditLogOf(store, filter, range)).map(({ deed }) => deed.action);
}

async function colleagueOf(store: Store) {
  const colleague = (await store.query(api.accounts.people.list)).find(({ isYou }) => !isYou);
  if (!colleague) throw new Error("The store has no other member.");
  return colleague;
}

it("a deed on a line says the order, the part and bin, and the pieces before and after", async () => {
  const { store, lot, first, second } = await anOrderToPick();
  await setPicked(store, [first]);
  await store.mutation(api.orders.picking.losses.reportLoss, {
    lineId: second,
    quantity: 2,
    reason: "damaged",
  });
  const { itemName = "", colorName } = (await lineOf(store, first)) ?? {};
  const [loss, pick] = await auditLogOf(store);
  expect(pick?.deed).toEqual({
    action: "linePicked",
    subject: {
      kind: "order",
      orderNumber: 100,
      item: { partNumber: "3001", itemName, location: "A01-01", ...(colorName && { colorName }) },
      lotId: lot,
    },
    before: 0,
    after: 4,
  });
  expect(loss?.deed).toMatchObject({
    action: "lossReported",
    subject: { orderNumber: 100, item: { partNumber: "3002" } },
    reason: "damaged",
    quantity: 2,
  });
});

it("a changed role and a removal say of whom, and both stay readable once the person has left", async () => {
  const store = await aStore();
  await aMember(store.t, store.businessAccountId, "viewer");
  const { memberId, email } = await colleagueOf(store);
  await store.mutation(api.accounts.people.changeRole, { memberId, role: "staff" });
  await store.mutation(api.accounts.people.remove, { memberId });
  const member = email?.split("@")[0];
  expect(await auditLogOf(store)).toMatchObject([
    { member, deed: { action: "memberRemoved", before: "staff" } },
    { member, deed: { action: "roleChanged", before: "viewer", after: "staff" } },
  ]);
});

it("an adjustment and its undo say the lot, the reason and what was on hand before and after", async () => {
  const { store, lot } = await anOrderToPick();
  await adjust(store, lot, { seenOnHand: 6, onHand: 9 });
  const { page } = await store.query(api.inventory.ledger.list, {
    lotId: lot,
    paginationOpts: { numItems: 1, cursor: null },
  });
  for (const { entryId } of page) await store.mutation(api.orders.allocation.adjustments.undo, { entryId });
  const subject = { kind: "lot", lotId: lot, item: { partNumber: "3001", location: "A01-01" } };
  expect((await auditLogOf(store)).map(({ deed }) => deed)).toMatchObject([
    { action: "adjustmentUndone", subject, before: 9, after: 6 },
    { action: "lotAdjusted", subject, reason: "counted", before: 6, after: 9 },
  ]);
});

it("a value that is set again, and a second click, record nothing", async () => {
  const { store, first } = await anOrderToPick();
  await aMember(store.t, store.businessAccountId, "staff");
  const { memberId } = await colleagueOf(store);
  await setPicked(store, [first, first]);
  await setPicked(store, [first]);
  await store.mutation(api.accounts.people.changeRole, { memberId, role: "staff" });
  await store.mutation(settings.setActive, { isActive: true });
  await store.mutation(settings.setPollInterval, { minutes: 3 });
  await store.mutation(settings.revokePreviousCallback);
  await store.mutation(api.marketplaces.bricklink.queue.log.retryFailed);
  expect(await actionsOf(store)).toEqual(["linePicked"]);
});

it("a refused call records nothing", async () => {
  const { store, lot, first } = await anOrderToPick();
  const { businessAccountId } = store;
  const viewer = await aMember(store.t, businessAccountId, "viewer");
  const [owner] = await store.query(api.accounts.people.list);
  if (!owner) throw new Error("The store has no owner.");
  const { memberId } = owner;
  const loss = { lineId: first, quantity: 99, reason: "missing" as const };
  const refused = await Promise.all([
    errorCodeOf(store.mutation(api.accounts.people.changeRole, { memberId, role: "viewer" })),
    errorCodeOf(store.mutation(api.orders.picking.losses.reportLoss, loss)),
    errorCodeOf(adjust(store, lot, { seenOnHand: 5, onHand: 9 })),
    errorCodeOf(store.mutation(api.marketplaces.bricklink.queue.log.fetchOrder, { orderNumber: 0 })),
    errorCodeOf(store.action(api.accounts.invitations.create, { role: "staff", label: " " })),
    errorCodeOf(
      viewer.mutation(api.orders.picking.pickStatus.setPicked, {
        businessAccountId,
        lineIds: [first],
        isPicked: true,
      }),
    ),
  ]);
  expect(refused).toEqual([
    ...["lastOwner", "badQuantity", "changedMeanwhile", "orderNumberInvalid", "labelInvalid", "roleTooLow"],
  ]);
  expect(await auditLogOf(store)).toEqual([]);
});

it("no entry holds a key, a token or an e-mail address, also when the owner invited by e-mail", async () => {
  const store = await aStore();
  const keys = { consumerKey: "KEY-1", consumerSecret: "KEY-2", tokenValue: "KEY-3", tokenSecret: "KEY-4" };
  await store.action(settings.connect, { keys });
  const { callbackUrl } = await store.action(settings.rotateCallback);
  const label = "Ann, ann@example.com";
  const { token } = await store.action(api.accounts.invitations.create, { role: "staff", label });
  const ann = await aMember(store.t, undefined);
  await ann.action(api.accounts.invitations.accept, { token });
  const { memberId } = await colleagueOf(store);
  await store.mutation(api.accounts.people.remove, { memberId });
  const entries = await store.t.run((ctx) => ctx.db.query("auditLog").take(20));
  expect(entries).toHaveLength(5);
  const text = JSON.stringify([entries, await auditLogOf(store)]);
  for (const secret of [...Object.values(keys), token, callbackUrl.split("/").at(-1) ?? "", "@", "hash"]) {
    expect(text).not.toContain(secret);
  }
  expect(text).toContain("Ann, ann");
});

it("the log is filtered by person, kind, order, lot and time, alone and as far as they can be combined", async () => {
  const { store, lot, first } = await anOrderToPick();
  const { businessAccountId } = store;
  const staff = await aMember(store.t, businessAccountId, "staff");
  vi.setSystemTime(START.getTime() + HOUR);
  const lines = { businessAccountId, lineIds: [first], isPicked: true };
  await staff.mutation(api.orders.picking.pickStatus.setPicked, lines);
  vi.setSystemTime(START.getTime() + 2 * HOUR);
  await adjust(store, lot, { seenOnHand: 6, onHand: 9, as: staff });
  vi.setSystemTime(START.getTime() + 3 * HOUR);
  await setPicked(store, [first], false);
  await store.mutation(api.marketplaces.bricklink.queue.log.fetchOrder, { orderNumber: 101 });
  await anInvitation(store);

  const people = await store.query(api.accounts.auditLog.people);
  expect(people).toHaveLength(2);
  const [ownerEmail, staffEmail] = (await store.query(api.accounts.people.list)).map(({ email }) => email);
  const idOf = (email: string | null | undefined) =>
    people.find(({ person }) => email?.startsWith(`${person}@`))?.userId ?? null;
  const staffId = idOf(staffEmail);
  expect(await actionsOf(store, { userId: staffId, kind: null })).toEqual(["lotAdjusted", "linePicked"]);
  expect(await actionsOf(store, { userId: null, kind: "order" })).toEqual([
    ...["orderFetched", "lineUnpicked", "linePicked"],
  ]);
  expect(await actionsOf(store, { userId: idOf(ownerEmail), kind: "order" })).toEqual([
    ...["orderFetched", "lineUnpicked"],
  ]);
  expect(await actionsOf(store, { userId: staffId, kind: "invitation" })).toEqual([]);
  expect(await actionsOf(store, { orderNumber: 100 })).toEqual(["lineUnpicked", "linePicked"]);
  expect(await actionsOf(store, { lotId: lot })).toEqual(["lineUnpicked", "lotAdjusted", "linePicked"]);

  const range = { from: START.getTime() + HOUR, until: START.getTime() + 3 * HOUR };
  expect(await actionsOf(store, wholeLog, range)).toEqual(["lotAdjusted", "linePicked"]);
  for (const filter of [
    { userId: staffId, kind: "order" as const },
    { userId: null, kind: "order" as const },
    { orderNumber: 100 },
  ]) {
    expect(await actionsOf(store, filter, range)).toEqual(["linePicked"]);
    expect(await actionsOf(store, filter, { ...range, from: range.from + 1 })).toEqual([]);
  }
  expect(await actionsOf(store, { lotId: lot }, range)).toEqual(["lotAdjusted", "linePicked"]);
  expect(await actionsOf(store, { userId: staffId, kind: null }, { from: range.from + 1 })).toEqual([
    "lotAdjusted",
  ]);
  expect(await actionsOf(store, { lotId: "nothing" })).toEqual([]);
  expect(await actionsOf(store, { userId: "nobody", kind: null })).toEqual([]);
});

it("a retried notification is found by its order; one about a message has none", async () => {
  const store = await aStore();
  await store.postCallback([anEventOf("Order", 404), anEventOf("Message", 405)]);
  for (const { _id } of await store.notifications()) {
    await store.mutation(api.marketplaces.bricklink.queue.log.retryOne, { notificationId: _id });
  }
  expect(await auditLogOf(store, { userId: null, kind: "notification" })).toHaveLength(2);
  expect(await actionsOf(store, { orderNumber: 404 })).toEqual(["notificationRetried"]);
  expect(await actionsOf(store, { orderNumber: 405 })).toEqual([]);
});

it("pages follow one another to the end, newest first, without gaps or repetitions", async () => {
  const store = await aStore();
  const minutes = [6, 15, 30, 60, 3, 6, 15];
  for (const interval of minutes) {
    vi.setSystemTime(Date.now() + MINUTE);
    await store.mutation(settings.setPollInterval, { minutes: interval });
  }
  const pageFrom = (cursor: string | null) =>
    store.query(api.accounts.auditLog.list, {
      filter: { userId: null, kind: "setting" },
      from: null,
      until: null,
      paginationOpts: { numItems: 3, cursor },
    });
  const first = await pageFrom(null);
  const second = await pageFrom(first.continueCursor);
  const third = await pageFrom(second.continueCursor);
  const pages = [first, second, third];
  expect(pages.map(({ page }) => page.length)).toEqual([3, 3, 1]);
  const intervals = pages.flatMap(({ page }) =>
    page.map(({ deed }) => ("after" in deed ? deed.after : deed)),
  );
  expect(intervals).toEqual(minutes.toReversed());
  expect((await pageFrom(third.continueCursor)).page).toEqual([]);
});

it("only owners read the log or its people, and each store's owner its own only", async () => {
  const { store, lot, first } = await anOrderToPick();
  const { businessAccountId, t } = store;
  await setPicked(store, [first]);
  const other = await aStore(t);
  const args = { businessAccountId, filter: wholeLog, from: null, until: null };
  const paginationOpts = { numItems: 10, cursor: null };
  const codesOf = async (caller: Pick<typeof store.owner, "query" | "mutation">) => [
    await errorCodeOf(caller.query(api.accounts.auditLog.list, { ...args, paginationOpts })),
    await errorCodeOf(caller.query(api.accounts.auditLog.people, { businessAccountId })),
    await errorCodeOf(caller.mutation(api.accounts.auditLog.recordExport, { businessAccountId })),
  ];
  for (const role of ["viewer", "staff"] as const) {
    const tooLow = ["roleTooLow", "roleTooLow", "roleTooLow"];
    expect(await codesOf(await aMember(t, businessAccountId, role))).toEqual(tooLow);
  }
  expect(await codesOf(other.owner)).toEqual(["notAMember", "notAMember", "notAMember"]);
  expect(await codesOf(t)).toEqual(["notSignedIn", "notSignedIn", "notSignedIn"]);
  expect(await codesOf(store.owner)).toEqual(["allowed", "allowed", "allowed"]);

  const [owner] = await store.query(api.accounts.auditLog.people);
  for (const filter of [
    ...[wholeLog, { orderNumber: 100 }, { lotId: lot }],
    ...[
      { userId: owner?.userId ?? null, kind: null },
      { userId: null, kind: "order" as const },
    ],
  ]) {
    expect((await auditLogOf(store, filter)).length).toBeGreaterThan(0);
    expect(await auditLogOf(other, filter)).toEqual([]);
  }
  expect(await other.query(api.accounts.auditLog.people)).toEqual([]);
});
