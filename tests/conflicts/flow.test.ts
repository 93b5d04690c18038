/**
 * Which transactions of the flow Convex would retry when they overlap. convex-test and the local host run them one after the
 * other, so that only the host's conflict recorder shows it.
 */
import { expect, it } from "vitest";
import type { ConflictRecorder, RanMutation } from "../../local/host/testing";
import {
  aLine,
  anEvent,
  announce,
  anOrder,
  api,
  aStore,
  auditLogOf,
  html503,
  importLots,
  internal,
  markRead,
  receiveMessage,
  setPicked,
  type Store,
  useFakeClock,
  seenOrders,
} from "../support";

useFakeClock();

const { notifications, limits, queue, sync } = internal.marketplaces.bricklink;
const { requests, writes } = api.marketplaces.bricklink.outbox;

function recorderOf(store: Store): ConflictRecorder {
  return store.t as unknown as ConflictRecorder;
}

function eventOf(orderNumber: number) {
  return { eventType: "Order" as const, resourceId: orderNumber, occurredAt: Date.now() };
}

/** Runs the transaction that stores a callback's event, and rolls it back. */
async function rehearseCallback(store: Store, orderNumber: number): Promise<RanMutation> {
  return await recorderOf(store).rehearse(notifications.upsertNotification, {
    businessAccountId: store.businessAccountId,
    source: "webhook",
    events: [eventOf(orderNumber)],
  });
}

/** The indexes over which any two of the mutations conflict, whichever of them is the later. */
function conflictsAmong(mutations: readonly RanMutation[], others = mutations): string[] {
  const indexes = mutations.flatMap((one) =>
    others
      .filter((other) => other !== one)
      .flatMap((other) => [...one.conflictsAfter(other), ...other.conflictsAfter(one)]),
  );
  return [...new Set(indexes)].sort();
}

function named(ran: readonly RanMutation[], name: string): RanMutation[] {
  return ran.filter((mutation) => mutation.name.endsWith(`:${name}`));
}

/** A store at work: an order stored, one claimed, one due, one that failed. */
async function aBusyStore(t?: Store["t"]): Promise<Store> {
  const store = await aStore(t);
  await store.receiveOrder(anOrder({ number: 1 }));
  store.bricklink.answersByPath.set("/orders/2", html503);
  await store.postCallback(anEvent(2));
  await store.runDue();
  await store.postCallback(anEvent(3));
  await store.postCallback(anEvent(4));
  const due = (await store.notifications()).find(({ status }) => status === "pending");
  if (!due) throw new Error("No notification is pending.");
  await store.t.mutation(notifications.processNotification, { notificationId: due._id });
  return store;
}

it("two callbacks of one store for different orders do not conflict", async () => {
  const store = await aBusyStore();
  expect(conflictsAmong([await rehearseCallback(store, 100), await rehearseCallback(store, 101)])).toEqual(
    [],
  );
  const { businessAccountId } = store;
  const counts: RanMutation[] = [];
  for (let callback = 0; callback < 20; callback += 1) {
    counts.push(
      await recorderOf(store).rehearse(limits.webhookIntake.countCallback, { businessAccountId, replays: 0 }),
    );
  }
  const pairs = counts.flatMap((one, index) => counts.slice(index + 1).map((other) => [one, other] as const));
  const conflicting = pairs.filter(([one, other]) => one.conflictsAfter(other).length > 0);
  expect(conflicting.length).toBeLessThan(pairs.length / 4);
});

it("a callback does not conflict with a claim, a stored order, a poll, a comparison or a sweep of other orders", async () => {
  const store = await aBusyStore();
  const { businessAccountId } = store;
  const recorder = recorderOf(store);
  const mine = [
    await rehearseCallback(store, 100),
    await recorder.rehearse(limits.webhookIntake.countCallback, { businessAccountId, replays: 1 }),
    await recorder.rehearse(limits.webhookIntake.requestPoll, { businessAccountId }),
  ];
  const others = await recorder.recordMutations(async () => {
    await store.sweep();
    await store.t.mutation(sync.poll.pollAllStores, {});
    await store.t.mutation(sync.reconcile.reconcileAllStores, {});
    store.bricklink.place(anOrder({ number: 5 }));
    store.bricklink.unreadNotifications.push(anEvent(6));
    await store.runAllScheduled();
  });
  for (const name of [
    ...["sweep", "claimStoreWork", "pollAllStores", "claimPoll", "upsertNotification", "processNotification"],
    ...["upsertOrder", "failNotification", "claimReconcile", "enqueueDifferences", "finishReconcile"],
  ]) {
    expect(named(others, name), name).not.toEqual([]);
  }
  for (const callback of mine) {
    expect(others.flatMap((other) => callback.conflictsAfter(other))).toEqual([]);
  }
});

/** The transactions that store orders of these numbers, each of a lot of its own. */
async function storedOrders(numbers: readonly number[]): Promise<RanMutation[]> {
  const store = await aStore();
  for (const number of numbers) {
    await store.addLot({ quantity: 9, lotId: number, partNumber: `part ${number}` });
    const line = aLine({ lotId: number, partNumber: `part ${number}` });
    store.bricklink.place(anOrder({ number, lines: [line] }));
  }
  const ran = await recorderOf(store).recordMutations(async () => {
    await store.postCallback(numbers.map((number) => anEvent(number)));
    await store.runAllScheduled();
  });
  return named(ran, "upsertOrder");
}

it("two orders of disjoint lots do not conflict when they are stored, except over their count in a sixteenth of the cases", async () => {
  const apart = await storedOrders([100, 101, 102, 103]);
  expect(apart).toHaveLength(4);
  expect(conflictsAmong(apart)).toEqual([]);
  const together = await storedOrders([100, 116, 132, 148]);
  expect(together).toHaveLength(4);
  // Each of four in flight is retried at most once for each of the three others. Convex retries four times.
  expect(conflictsAmong(together)).toEqual(["orderCounts.by_business", "orderCounts.by_id"]);
});

it("messages and feedback that arrive for an order never make its own processing retry", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  const recorder = recorderOf(store);
  const correspondence = await recorder.recordMutations(async () => {
    await receiveMessage(store, "Where is it?");
    store.bricklink.leaveFeedback(100, 0, "Thanks");
    await announce(store, "Feedback", 100);
    await markRead(store);
  });
  const order = await recorder.recordMutations(() => store.receiveStatus(100, "PACKED"));
  for (const name of ["storeMessages", "storeFeedback", "markRead"]) {
    const [stored] = named(correspondence, name);
    const [applied] = named(order, "upsertOrder");
    if (!stored || !applied) throw new Error(`${name} or upsertOrder did not run.`);
    expect(applied.conflictsAfter(stored), name).toEqual([]);
  }
});

it("nothing of one store conflicts with anything of another", async () => {
  const first = await aStore();
  const recorder = recorderOf(first);
  const work = async (store: Store) => {
    await store.addLot({ quantity: 5 });
    store.bricklink.place(anOrder({ number: 100 }));
    store.bricklink.answersByPath.set("/orders/101", html503);
    await store.postCallback([anEvent(100), anEvent(101)]);
    await store.postCallback("");
    await store.runDue();
    store.bricklink.inventory = [aLine({ quantity: 5 })];
    store.bricklink.answersByPath.clear();
    await store.reconcile();
    await store.runAllScheduled();
    await importLots(store);
    await store.t.mutation(queue.sweep.claimStoreWork, { businessAccountId: store.businessAccountId });
  };
  const ofFirst = await recorder.recordMutations(() => work(first));
  const second = await aStore(first.t);
  const ofSecond = await recorder.recordMutations(() => work(second));
  expect(ofFirst.length).toBeGreaterThan(15);
  expect(conflictsAmong(ofFirst, ofSecond)).toEqual([]);
});

it("two people who tick lines of different orders conflict neither with each other nor with what brings orders in", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  const orderNumbers = [100, 101];
  for (const number of orderNumbers) {
    await store.addLot({ quantity: 9, lotId: number, partNumber: `part ${number}` });
    const line = aLine({ lotId: number, partNumber: `part ${number}` });
    await store.receiveOrder(anOrder({ number, lines: [line] }));
  }
  const recorder = recorderOf(store);
  const ticks = await recorder.recordMutations(async () => {
    for (const { _id } of await store.lines()) await setPicked(store, [_id]);
  });
  expect(ticks).toHaveLength(orderNumbers.length);
  expect(await auditLogOf(store)).toHaveLength(orderNumbers.length);
  const flow = await recorder.recordMutations(async () => {
    await store.receiveOrder(anOrder({ number: 102 }));
    await store.sweep();
    await store.poll();
  });
  flow.push(
    await rehearseCallback(store, 103),
    await recorder.rehearse(limits.webhookIntake.countCallback, { businessAccountId, replays: 0 }),
  );
  expect(named(flow, "upsertOrder")).not.toEqual([]);
  expect(conflictsAmong(ticks)).toEqual([]);
  expect(conflictsAmong(ticks, flow)).toEqual([]);
});

/** A store that may change orders at BrickLink, with orders of these numbers, each of a lot of its own. */
async function aWritingStoreOf(orderNumbers: readonly number[]): Promise<Store> {
  const store = await aStore();
  await store.mutation(writes.setEnabled, { isEnabled: true });
  for (const number of orderNumbers) {
    await store.addLot({ quantity: 9, lotId: number, partNumber: `part ${number}` });
    const line = aLine({ lotId: number, partNumber: `part ${number}` });
    await store.receiveOrder(anOrder({ number, status: "PAID", lines: [line] }));
  }
  return store;
}

/** Asks for a status and a mail of an order. */
async function requestFor(store: Store, orderNumber: number): Promise<void> {
  await store.mutation(requests.request, {
    orders: await seenOrders(store, [orderNumber]),
    changes: [
      { kind: "status", status: "PACKED" },
      { kind: "driveThru", isCopyWanted: false },
    ],
  });
}

it("requests to change different orders conflict neither with each other nor with what brings other orders in", async () => {
  const store = await aWritingStoreOf([100, 101]);
  const { businessAccountId } = store;
  const recorder = recorderOf(store);
  const flow = await recorder.recordMutations(async () => {
    await store.receiveOrder(anOrder({ number: 102 }));
    await store.sweep();
    await store.poll();
    await store.runDue();
  });
  flow.push(
    await rehearseCallback(store, 103),
    await recorder.rehearse(limits.webhookIntake.countCallback, { businessAccountId, replays: 0 }),
  );
  for (const name of ["upsertOrder", "claimStoreWork", "claimPoll"]) {
    expect(named(flow, name), name).not.toEqual([]);
  }
  const asked = await recorder.recordMutations(async () => {
    await requestFor(store, 100);
    await requestFor(store, 101);
  });
  expect(asked).toHaveLength(2);
  expect(conflictsAmong(asked)).toEqual([]);
  expect(conflictsAmong(asked, flow)).toEqual([]);
});

it("neither a request to change an order nor a callback is retried for what sends the changes of another order", async () => {
  const store = await aWritingStoreOf([100, 101]);
  const recorder = recorderOf(store);
  const sending = await recorder.recordMutations(async () => {
    await requestFor(store, 100);
    await store.runAllScheduled();
  });
  const claims = named(sending, "claimStoreWork");
  const ends = named(sending, "recordResult");
  expect(ends).toHaveLength(2);
  const [asked] = await recorder.recordMutations(() => requestFor(store, 101));
  if (!asked) throw new Error("The request was not recorded.");
  const others = [asked, await rehearseCallback(store, 102)];
  expect(conflictsAmong(others, ends)).toEqual([]);
  for (const other of others) expect(claims.flatMap((claim) => other.conflictsAfter(claim))).toEqual([]);
  // A claim looks for what is due, and is retried for a callback that comes meanwhile. A change is due ten seconds later.
  expect(claims.flatMap((claim) => claim.conflictsAfter(asked))).toEqual([]);
  // Claims of one store count its calls in one row and take from one list, so they conflict with one another, and with the end of a
  // change, which they look for. They are scheduled: no one waits for them, and Convex retries them.
  expect(conflictsAmong(claims)).toContain("callActivity.by_business");
  expect(conflictsAmong(claims, ends)).toContain("bricklinkWrites.by_due");
});
