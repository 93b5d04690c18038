import { expect, it } from "vitest";
import {
  aMember,
  anEvent,
  anOrder,
  answerLost,
  api,
  aStore,
  aWritingStore,
  errorCodeOf,
  firstOrderOf,
  html503,
  internal,
  onlyWrite,
  requestChange,
  seenOrders,
  startImport,
  startScheduled,
  useFakeClock,
  type Store,
} from "../../../../support";

useFakeClock();

const PATH = "/settings/shipping_methods";
const { outbox, sync } = api.marketplaces.bricklink;

const smallParcel = { kind: "shipping" as const, methodId: 17_863 };

async function namesOf(store: Store): Promise<string[]> {
  return (await store.query(sync.shippingMethods.list)).map(({ name }) => name);
}

/** Lets the cron run, and what it schedules. */
async function fetchMethods(store: Store): Promise<void> {
  await store.t.mutation(internal.marketplaces.bricklink.sync.shippingMethods.fetchOfAllStores, {});
  await store.runAllScheduled();
}

it("the shipping methods of a store are fetched once an owner allows changes, and are listed by name", async () => {
  const store = await aStore();
  await fetchMethods(store);
  expect(store.bricklink.calls).toEqual([]);
  expect(await namesOf(store)).toEqual([]);
  await store.mutation(outbox.writes.setEnabled, { isEnabled: true });
  await store.runAllScheduled();
  expect(store.bricklink.calls).toEqual([PATH]);
  expect(await namesOf(store)).toEqual(["Letter", "Letter, tracked", "Small parcel", "Standard parcel"]);
});

it("shipping methods that changed replace those stored, and an entry that cannot be read is left out", async () => {
  const store = await aWritingStore();
  const methods = [{ method_id: 7, name: "Kiosk &amp; locker", is_available: false }, { name: "No id" }];
  store.bricklink.answersByPath.set(PATH, () =>
    Response.json({ meta: { code: 200, message: "OK", description: "OK" }, data: methods }),
  );
  await fetchMethods(store);
  expect(await store.query(sync.shippingMethods.list)).toEqual([
    { methodId: 7, name: "Kiosk & locker", isAvailable: false },
  ]);
});

it("shipping methods that cannot be fetched leave those stored, and the next hour fetches them", async () => {
  const store = await aWritingStore();
  const before = await namesOf(store);
  store.bricklink.answersByPath.set(PATH, html503);
  await fetchMethods(store);
  expect(await namesOf(store)).toEqual(before);
  store.bricklink.answersByPath.delete(PATH);
  await fetchMethods(store);
  expect(store.bricklink.calls).toEqual([PATH, PATH]);
});

it("a viewer, who ships nothing, is refused the shipping methods", async () => {
  const store = await aWritingStore();
  const { t, businessAccountId } = store;
  const viewer = await aMember(t, businessAccountId, "viewer");
  await expect(viewer.query(sync.shippingMethods.list, { businessAccountId })).rejects.toThrow();
});

it("a shipping method is written, and the order shows it as BrickLink names it", async () => {
  const store = await aWritingStore();
  await requestChange(store, smallParcel);
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites.map(({ body }) => body)).toEqual([
    '{"shipping":{"method_id":17863}}',
  ]);
  expect((await firstOrderOf(store))?.shipping).toMatchObject({ method: "Small parcel", methodId: 17_863 });
});

it("a shipping method whose answer was lost is not written again", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(answerLost);
  await requestChange(store, smallParcel);
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites).toHaveLength(1);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "alreadySo" });
});

it.each([
  ["a method that is no id", { methodId: -1 }],
  ["a method of half an id", { methodId: 1.5 }],
  ["no moment", { shippedAt: Number.NaN }],
  ["a moment that no date can say", { shippedAt: 1e18 }],
])("a parcel with %s is refused before anything is stored", async (_, fields) => {
  const store = await aWritingStore();
  const request = store.mutation(outbox.requests.request, {
    orders: await seenOrders(store, [100]),
    changes: [{ kind: "shipping", ...fields }],
  });
  expect(await errorCodeOf(request)).toBe("shippingInvalid");
});

it("shipping methods wait while three calls of upkeep are in flight, so that an order finds a place", async () => {
  const store = await aWritingStore();
  store.bricklink.place(anOrder({ number: 101 }));
  await startImport(store);
  await store.mutation(sync.reconcile.compareNow);
  await store.postCallback("");
  const release = store.bricklink.holdAnswers();
  const upkeep = await startScheduled(store, 3);
  const fetched = store.t.action(internal.marketplaces.bricklink.sync.shippingMethods.fetchOfStore, {
    businessAccountId: store.businessAccountId,
  });
  await fetched;
  expect(store.bricklink.calls).not.toContain(PATH);
  await store.postCallback(anEvent(101));
  const order = await startScheduled(store, 4);
  expect(store.bricklink.calls).toContain("/orders/101");
  release();
  await Promise.all([upkeep.running, order.running]);
  await store.runAllScheduled();
  expect(store.bricklink.calls).toContain(PATH);
});

it("shipping methods that are being fetched are not asked for a second time", async () => {
  const store = await aWritingStore();
  const { fetchOfStore } = internal.marketplaces.bricklink.sync.shippingMethods;
  const { businessAccountId } = store;
  let nested: Promise<unknown> | undefined;
  store.bricklink.beforeAnswer = async () => {
    nested ??= store.t.action(fetchOfStore, { businessAccountId });
    await nested;
  };
  await store.t.action(fetchOfStore, { businessAccountId });
  expect(store.bricklink.calls).toEqual([PATH]);
});
