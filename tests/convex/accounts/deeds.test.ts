/**
 * What every function of a store leaves in the audit log. A function that is added is missing from the table below until it says
 * that it reads, or how it is called and which deeds it records.
 */
import { expect, it } from "vitest";
import type { DeedAction } from "../../../convex/accounts/deeds";
import { permissions, type Permission } from "../../../convex/accounts/permissions";
import {
  adjust,
  aMember,
  anEvent,
  anInvitation,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  aWritingStore,
  auditLogOf,
  confirmReturn,
  latestEntryOf,
  markRead,
  packed,
  receiveMessage,
  refused,
  requestChange,
  setPicked,
  startImport,
  type Store,
  useFakeClock,
  withdrawChange,
} from "../../support";

useFakeClock();

const { connection, correspondence, outbox, queue, sync } = api.marketplaces.bricklink;
const { picking, allocation } = api.orders;

const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };

/** Of all test orders. */
const theBuyer = { buyerName: "Ann O'Brick", cursor: null };

/** Changes a store through the function; `records`: all that its audit log has then, oldest first. */
type Changes = { records: DeedAction[]; change: () => Promise<Store> };

/** Changes a new store, which has no entries before. */
function change(records: DeedAction[], work: (store: Store) => Promise<unknown>): Changes {
  return {
    records,
    change: async () => {
      const store = await aStore();
      await work(store);
      return store;
    },
  };
}

/** Changes a store with order 100 of two lines and their lots. */
function changeOrder(
  records: DeedAction[],
  work: (order: Awaited<ReturnType<typeof anOrderToPick>>) => Promise<unknown>,
): Changes {
  return {
    records,
    change: async () => {
      const order = await anOrderToPick();
      await work(order);
      return order.store;
    },
  };
}

/** Changes a store that may change orders at BrickLink, with order 100. */
function changeWrite(records: DeedAction[], work: (store: Store) => Promise<unknown>): Changes {
  return {
    records: ["writesEnabled", ...records],
    change: async () => {
      const store = await aWritingStore();
      await work(store);
      return store;
    },
  };
}

/** A change that BrickLink refused. */
async function aRefusedWrite(store: Store) {
  const writeId = await requestChange(store, packed);
  store.bricklink.nextWriteFaults.push(refused);
  await store.runAllScheduled();
  return writeId;
}

async function aColleague(store: Store) {
  await aMember(store.t, store.businessAccountId, "viewer");
  const colleague = (await store.query(api.accounts.people.list)).find(({ isYou }) => !isYou);
  if (!colleague) throw new Error("The store has no other member.");
  return colleague;
}

/** A notification that failed for good, because BrickLink does not have its order. */
async function aFailedNotification(store: Store) {
  await store.postCallback(anEvent(404));
  await store.runAllScheduled();
  return await store.onlyNotification();
}

/** Reports the second line's two pieces missing and takes them from another bin. */
async function takeFromOtherBin({ store, second }: Awaited<ReturnType<typeof anOrderToPick>>) {
  const lotId = await store.addLot({ lotId: 73, quantity: 5, partNumber: "3002", location: "C03" });
  await store.mutation(picking.losses.reportLoss, { lineId: second, quantity: 2, reason: "missing" });
  const taken = { lineId: second, lotId, quantity: 2 };
  await store.mutation(picking.otherBins.take, taken);
  return taken;
}

const effects: Record<Permission, "reads" | Changes> = {
  "accounts.auditLog.list": "reads",
  "accounts.auditLog.people": "reads",
  "accounts.auditLog.recordExport": change(["auditLogExported"], (store) =>
    store.mutation(api.accounts.auditLog.recordExport),
  ),
  "accounts.businesses.setWaitingLimit": change(["waitingLimitChanged"], (store) =>
    store.mutation(api.accounts.businesses.setWaitingLimit, { hours: 24 }),
  ),
  "accounts.invitations.create": change(["invitationCreated"], (store) => anInvitation(store)),
  "accounts.invitations.list": "reads",
  "accounts.invitations.revoke": change(["invitationCreated", "invitationRevoked"], async (store) => {
    await anInvitation(store);
    for (const { invitationId } of await store.query(api.accounts.invitations.list)) {
      await store.mutation(api.accounts.invitations.revoke, { invitationId });
    }
  }),
  "accounts.parcelSettings.get": "reads",
  "accounts.parcelSettings.save": change(["parcelSettingsChanged"], async (store) => {
    const settings = { thanks: "Thank you!", returnAddress: "", countryCode: "NL" };
    await store.mutation(api.accounts.parcelSettings.save, settings);
    await store.mutation(api.accounts.parcelSettings.save, settings);
  }),
  "accounts.passwordReset.createForMember": change(["newPasswordLinkMade"], async (store) => {
    const { memberId } = await aColleague(store);
    await store.action(api.accounts.passwordReset.createForMember, { memberId });
  }),
  "accounts.people.changeRole": change(["roleChanged"], async (store) => {
    const { memberId } = await aColleague(store);
    await store.mutation(api.accounts.people.changeRole, { memberId, role: "staff" });
  }),
  "accounts.people.list": "reads",
  "accounts.people.remove": change(["memberRemoved"], async (store) => {
    const { memberId } = await aColleague(store);
    await store.mutation(api.accounts.people.remove, { memberId });
  }),
  "inventory.bins.list": "reads",
  "inventory.ledger.list": "reads",
  "inventory.lots.drift": "reads",
  "inventory.lots.find": "reads",
  "inventory.lots.get": "reads",
  "inventory.lots.list": "reads",
  "inventory.lots.short": "reads",
  "inventory.lots.toRecount": "reads",
  "inventory.recounts.dismiss": changeOrder(
    ["lossReported", "recountDismissed"],
    async ({ store, first, lot }) => {
      await store.mutation(picking.losses.reportLoss, { lineId: first, quantity: 1, reason: "missing" });
      await store.mutation(api.inventory.recounts.dismiss, { lotId: lot });
    },
  ),
  "inventory.recounts.ofLot": "reads",
  "marketplaces.bricklink.connection.settings.connect": change(["keysChanged"], (store) =>
    store.action(connection.settings.connect, { keys }),
  ),
  "marketplaces.bricklink.connection.settings.revokePreviousCallback": change(
    ["callbackUrlChanged", "previousCallbackUrlStopped"],
    async (store) => {
      await store.action(connection.settings.rotateCallback);
      await store.mutation(connection.settings.revokePreviousCallback);
    },
  ),
  "marketplaces.bricklink.connection.settings.rotateCallback": change(["callbackUrlChanged"], (store) =>
    store.action(connection.settings.rotateCallback),
  ),
  "marketplaces.bricklink.connection.settings.setActive": change(
    ["storePaused", "storeResumed"],
    async (store) => {
      await store.mutation(connection.settings.setActive, { isActive: false });
      await store.mutation(connection.settings.setActive, { isActive: true });
    },
  ),
  "marketplaces.bricklink.connection.settings.setPollInterval": change(["pollIntervalChanged"], (store) =>
    store.mutation(connection.settings.setPollInterval, { minutes: 15 }),
  ),
  "marketplaces.bricklink.connection.settings.status": "reads",
  "marketplaces.bricklink.connection.settings.testConnection": change(["connectionTested"], (store) =>
    store.action(connection.settings.testConnection),
  ),
  "marketplaces.bricklink.correspondence.praise.get": "reads",
  "marketplaces.bricklink.correspondence.praise.offer": "reads",
  "marketplaces.bricklink.correspondence.praise.setText": change(["praiseTextChanged"], async (store) => {
    await store.mutation(correspondence.praise.setText, { praiseText: "A pleasure." });
    await store.mutation(correspondence.praise.setText, { praiseText: " A pleasure. " });
  }),
  "marketplaces.bricklink.import.runs.latest": "reads",
  "marketplaces.bricklink.import.runs.start": change(["importStarted"], startImport),
  "marketplaces.bricklink.limits.health.strip": "reads",
  "marketplaces.bricklink.limits.silence.get": "reads",
  "marketplaces.bricklink.outbox.requests.dismiss": changeWrite(
    ["orderChangeRequested", "orderChangeDismissed"],
    async (store) => {
      const writeId = await aRefusedWrite(store);
      await store.mutation(outbox.requests.dismiss, { writeId });
    },
  ),
  "marketplaces.bricklink.outbox.requests.request": changeWrite(["orderChangeRequested"], (store) =>
    requestChange(store, packed),
  ),
  "marketplaces.bricklink.outbox.requests.retry": changeWrite(
    ["orderChangeRequested", "orderChangeRetried"],
    async (store) => {
      const writeId = await aRefusedWrite(store);
      await store.mutation(outbox.requests.retry, { writeId });
    },
  ),
  "marketplaces.bricklink.outbox.requests.withdraw": changeWrite(
    ["orderChangeRequested", "orderChangeWithdrawn"],
    async (store) => withdrawChange(store, await requestChange(store, packed)),
  ),
  "marketplaces.bricklink.outbox.writes.forOrder": "reads",
  "marketplaces.bricklink.outbox.writes.open": "reads",
  "marketplaces.bricklink.outbox.writes.setEnabled": change(
    ["writesEnabled", "writesDisabled"],
    async (store) => {
      await store.mutation(outbox.writes.setEnabled, { isEnabled: true });
      await store.mutation(outbox.writes.setEnabled, { isEnabled: false });
    },
  ),
  "marketplaces.bricklink.queue.log.fetchOrder": change(["orderFetched"], (store) =>
    store.mutation(queue.log.fetchOrder, { orderNumber: 100 }),
  ),
  "marketplaces.bricklink.queue.log.forOrder": "reads",
  "marketplaces.bricklink.queue.log.list": "reads",
  "marketplaces.bricklink.queue.log.retryFailed": change(["notificationRetried"], async (store) => {
    await aFailedNotification(store);
    await store.mutation(queue.log.retryFailed);
  }),
  "marketplaces.bricklink.queue.log.retryOne": change(["notificationRetried"], async (store) => {
    const { _id: notificationId } = await aFailedNotification(store);
    await store.mutation(queue.log.retryOne, { notificationId });
  }),
  "marketplaces.bricklink.queue.log.timeline": "reads",
  "marketplaces.bricklink.queue.trends.byHour": "reads",
  "marketplaces.bricklink.sync.reconcile.compareNow": change(["listsCompared"], (store) =>
    store.mutation(sync.reconcile.compareNow),
  ),
  "marketplaces.bricklink.sync.shippingMethods.list": "reads",
  "orders.allocation.adjustments.adjust": changeOrder(["lotAdjusted"], ({ store, lot }) =>
    adjust(store, lot, { seenOnHand: 6, onHand: 9 }),
  ),
  "orders.allocation.adjustments.undo": changeOrder(
    ["lotAdjusted", "adjustmentUndone"],
    async ({ store, lot }) => {
      await adjust(store, lot, { seenOnHand: 6, onHand: 9 });
      const { entryId } = await latestEntryOf(store, lot);
      await store.mutation(allocation.adjustments.undo, { entryId });
    },
  ),
  "orders.allocation.audit.latest": "reads",
  "orders.allocation.audit.start": change(["stockAuditStarted"], (store) =>
    store.mutation(allocation.audit.start),
  ),
  "orders.attention.list": "reads",
  "orders.attention.waiting": "reads",
  "orders.buyerData.erase": change(["buyerDataErased"], async (store) => {
    await store.receiveOrder(anOrder({ status: "COMPLETED" }));
    await store.mutation(api.orders.buyerData.erase, theBuyer);
    await store.mutation(api.orders.buyerData.erase, theBuyer);
  }),
  "orders.buyerData.exportPage": change(["buyerDataExported"], (store) =>
    store.action(api.orders.buyerData.exportPage, theBuyer),
  ),
  "orders.correspondence.feedback.forOrder": "reads",
  "orders.correspondence.messages.forOrder": "reads",
  "orders.correspondence.messages.markRead": change(["messagesRead"], async (store) => {
    await store.receiveOrder(anOrder());
    await receiveMessage(store, "Where is it?");
    await markRead(store);
    await markRead(store);
  }),
  "orders.correspondence.messages.unread": "reads",
  "orders.counts.get": "reads",
  "orders.detail.buyer": "reads",
  "orders.detail.get": "reads",
  "orders.history.get": "reads",
  "orders.parcels.get": "reads",
  "orders.partSearch.list": "reads",
  "orders.picking.losses.reportLoss": changeOrder(["lossReported"], ({ store, first }) =>
    store.mutation(picking.losses.reportLoss, { lineId: first, quantity: 1, reason: "missing" }),
  ),
  "orders.picking.losses.spare": "reads",
  "orders.picking.losses.undoLoss": changeOrder(["lossReported", "lossUndone"], async ({ store, first }) => {
    const loss = { lineId: first, quantity: 1, reason: "damaged" as const };
    await store.mutation(picking.losses.reportLoss, loss);
    await store.mutation(picking.losses.undoLoss, loss);
  }),
  "orders.picking.otherBins.list": "reads",
  "orders.picking.otherBins.putBack": changeOrder(
    ["lossReported", "takenFromOtherBin", "putBackInOtherBin"],
    async (order) => {
      const taken = await takeFromOtherBin(order);
      await order.store.mutation(picking.otherBins.putBack, taken);
    },
  ),
  "orders.picking.otherBins.take": changeOrder(["lossReported", "takenFromOtherBin"], takeFromOtherBin),
  "orders.picking.pickList.get": "reads",
  "orders.picking.pickStatus.setPicked": changeOrder(
    ["linePicked", "linePicked", "lineUnpicked"],
    async ({ store, lineIds, first }) => {
      await setPicked(store, lineIds);
      await setPicked(store, [first], false);
    },
  ),
  "orders.picking.returnsToShelf.confirm": changeOrder(
    ["linePicked", "returnConfirmed"],
    async ({ store, first }) => {
      await setPicked(store, [first]);
      await store.receiveOrder(anOrder({ lines: [], status: "CANCELLED" }));
      for (const { _id } of await store.returns()) await confirmReturn(store, _id);
    },
  ),
  "orders.picking.walks.colleagues": "reads",
  // Where a picker stands changes no order; their ticks are recorded.
  "orders.picking.walks.end": change([], (store) => store.mutation(picking.walks.end)),
  "orders.picking.walks.mine": "reads",
  "orders.picking.walks.visit": change([], (store) =>
    store.mutation(picking.walks.visit, { orderNumbers: [100], stop: "A01" }),
  ),
  "orders.table.filterChoices": "reads",
  "orders.table.list": "reads",
  "orders.trends.byDay": "reads",
};

const modules = import.meta.glob<Record<string, { isQuery?: boolean }>>(
  ["../../../convex/**/*.ts", "!**/_generated/**", "!**/convex.config.ts"],
  { eager: true },
);

/** Whether the permission's function can write nothing. `orders.detail.buyer` is a part of a query's answer. */
function isQuery(permission: string): boolean {
  if (permission === "orders.detail.buyer") return true;
  const parts = permission.split(".");
  const name = parts.pop() ?? "";
  return modules[`../../../convex/${parts.join("/")}.ts`]?.[name]?.isQuery === true;
}

it("every function of a store is known to read, or has a deed that it records", () => {
  expect(Object.keys(effects).sort()).toEqual(Object.keys(permissions).sort());
  const reading = Object.entries(effects).flatMap(([path, effect]) => (effect === "reads" ? [path] : []));
  expect(reading).toEqual(Object.keys(effects).filter(isQuery));
});

const changing = Object.entries(effects).flatMap(([path, effect]) =>
  effect === "reads" ? [] : [[path, effect] as const],
);

it.each(changing)("%s records its deed, by whom, and under the deed's kind", async (_, effect) => {
  const store = await effect.change();
  const entries = (await auditLogOf(store)).reverse();
  expect(entries.map(({ deed }) => deed.action)).toEqual(effect.records);
  const [owner] = await store.query(api.accounts.auditLog.people);
  for (const { entryId, person, at, deed } of entries) {
    expect({ person, isPast: at <= Date.now() }).toEqual({ person: owner?.person, isPast: true });
    const ofKind = await auditLogOf(store, { userId: null, kind: deed.subject.kind });
    expect(ofKind.map((entry) => entry.entryId)).toContain(entryId);
  }
});

it("creating a store, connecting it and joining it are recorded, by the person who did", async () => {
  const { t } = await aStore();
  const founder = await aMember(t, undefined);
  const businessAccountId = await founder.mutation(api.accounts.businesses.create, { name: " Second " });
  await founder.action(connection.settings.connect, { businessAccountId, keys });
  const invitation = { businessAccountId, role: "owner", label: "Ann" } as const;
  const { token } = await founder.action(api.accounts.invitations.create, invitation);
  const ann = await aMember(t, undefined);
  await ann.action(api.accounts.invitations.accept, { token });
  const { page } = await ann.query(api.accounts.auditLog.list, {
    businessAccountId,
    filter: { userId: null, kind: null },
    from: null,
    until: null,
    paginationOpts: { numItems: 10, cursor: null },
  });
  expect(page.map(({ deed }) => deed)).toEqual([
    { action: "invitationUsed", subject: { kind: "invitation", label: "Ann", role: "owner" } },
    { action: "invitationCreated", subject: { kind: "invitation", label: "Ann", role: "owner" } },
    { action: "storeConnected", subject: { kind: "credential" } },
    { action: "storeCreated", subject: { kind: "store" }, after: "Second" },
  ]);
  const [joined, ...others] = page.map(({ person }) => person);
  expect(new Set(others).size).toBe(1);
  expect(others).not.toContain(joined);
});
