/** Changes of orders from the click to BrickLink, where all goes well or BrickLink refuses. */
import { expect, it, vi } from "vitest";
import {
  aMember,
  anOrder,
  api,
  aStore,
  aWritingStore,
  driveThru,
  firstOrderOf,
  onlyWrite,
  packed,
  refused,
  requestChange,
  seenOrders,
  shipped,
  useFakeClock,
  withdrawChange,
  writesOf,
} from "../../../../support";

useFakeClock();

const { requests, writes } = api.marketplaces.bricklink.outbox;

it("a status is sent ten seconds after the click, and the order is fetched afterwards", async () => {
  const store = await aWritingStore();
  await requestChange(store, packed);
  vi.advanceTimersByTime(9_000);
  await store.runDue();
  expect(store.bricklink.calls).toEqual([]);
  await store.runAllScheduled();
  expect(store.bricklink.calls).toEqual([
    "/orders/100",
    "PUT /orders/100/status",
    "/orders/100",
    "/orders/100/items",
  ]);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "written", attempts: 1 });
  expect(await firstOrderOf(store)).toMatchObject({ status: "PACKED" });
  expect((await store.notifications()).at(-1)).toMatchObject({ source: "write", outcome: "applied" });
});

it("a change that is taken back within ten seconds is never sent", async () => {
  const store = await aWritingStore();
  const writeId = await requestChange(store, packed);
  vi.advanceTimersByTime(5_000);
  expect(await withdrawChange(store, writeId)).toBe(0);
  await store.runAllScheduled();
  expect(store.bricklink.calls).toEqual([]);
  expect(await onlyWrite(store)).toMatchObject({ status: "withdrawn" });
});

it("a change that was sent cannot be taken back, and withdrawing says that it is too late", async () => {
  const store = await aWritingStore();
  const writeId = await requestChange(store, packed);
  await store.runAllScheduled();
  expect(await withdrawChange(store, writeId)).toBe(1);
  expect(store.bricklink.orders.get(100)?.status).toBe("PACKED");
});

it("a newer change of one kind replaces an earlier one that is not sent", async () => {
  const store = await aWritingStore();
  await requestChange(store, packed);
  await requestChange(store, shipped);
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { field: "status", value: "SHIPPED" },
  ]);
  expect((await writesOf(store)).map(({ status }) => status)).toEqual(["replaced", "sent"]);
});

it("tracking number and link that are entered one after the other are sent together", async () => {
  const store = await aWritingStore();
  await requestChange(store, { kind: "shipping", trackingNumber: "3SABC" });
  await requestChange(store, { kind: "shipping", trackingLink: "https://track.test/3SABC" });
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites).toHaveLength(1);
  expect((await firstOrderOf(store))?.shipping).toMatchObject({
    trackingNumber: "3SABC",
    trackingLink: "https://track.test/3SABC",
  });
});

it("changes of different kinds of one order are sent in the order of the clicks", async () => {
  const store = await aWritingStore();
  await requestChange(store, { kind: "shipping", trackingNumber: "3SABC" });
  await requestChange(store, shipped);
  await requestChange(store, driveThru);
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites.map(({ call }) => call)).toEqual([
    "PUT /orders/100",
    "PUT /orders/100/status",
    "POST /orders/100/drive_thru",
  ]);
});

it("payment status, remarks and filing are written", async () => {
  const store = await aWritingStore({ status: "PENDING" });
  // Snapshots of one millisecond would be taken for one.
  store.bricklink.beforeAnswer = () => void vi.setSystemTime(Date.now() + 1);
  await requestChange(store, { kind: "payment", paymentStatus: "Received" });
  await requestChange(store, { kind: "remarks", remarks: "Two parcels" });
  await requestChange(store, { kind: "filing", isFiled: true });
  await store.runAllScheduled();
  expect(await firstOrderOf(store)).toMatchObject({ isPaid: true, remarks: "Two parcels", isFiled: true });
});

it("a change that the order has already is not stored, and the answer says so", async () => {
  const store = await aWritingStore({ status: "PACKED" });
  const answer = await store.mutation(requests.request, {
    orders: await seenOrders(store, [100]),
    changes: [packed],
  });
  expect(answer).toEqual([{ orderNumber: 100, kind: "status", writeId: null, reason: "alreadySo" }]);
});

it.each(["CANCELLED", "NPB", "PURGED", "SOMETHING_NEW"])(
  "a status is not accepted for an order that is %s",
  async (status) => {
    const store = await aWritingStore({ status });
    const [answer] = await store.mutation(requests.request, {
      orders: await seenOrders(store, [100]),
      changes: [packed],
    });
    expect(answer?.writeId).toBeNull();
  },
);

it("a selection is changed order by order, and the answer names those that cannot be", async () => {
  const store = await aWritingStore();
  await store.receiveOrder(anOrder({ number: 101, status: "CANCELLED" }));
  await store.receiveOrder(anOrder({ number: 102, status: "PAID" }));
  const answer = await store.mutation(requests.request, {
    orders: await seenOrders(store, [100, 101, 102, 999]),
    changes: [packed],
  });
  expect(answer.map(({ reason }) => reason)).toEqual([undefined, "orderClosed", undefined, "notFound"]);
  await store.runAllScheduled();
  expect([100, 101, 102].map((number) => store.bricklink.orders.get(number)?.status)).toEqual([
    "PACKED",
    "CANCELLED",
    "PACKED",
  ]);
});

it("an order that BrickLink has completed meanwhile is not set back, and counts as done", async () => {
  const store = await aWritingStore();
  await requestChange(store, shipped);
  store.bricklink.setStatus(100, "COMPLETED");
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites).toEqual([]);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "alreadySo" });
  expect(await firstOrderOf(store)).toMatchObject({ status: "COMPLETED" });
});

it("an order that was cancelled meanwhile is not changed, and the change is refused with its status", async () => {
  const store = await aWritingStore();
  await requestChange(store, packed);
  store.bricklink.setStatus(100, "CANCELLED");
  await store.runAllScheduled();
  expect(await onlyWrite(store)).toMatchObject({
    status: "refused",
    problem: { code: "orderClosed", detail: "CANCELLED" },
  });
  expect(await firstOrderOf(store)).toMatchObject({ status: "CANCELLED" });
});

it("a change that BrickLink refuses leaves the order as it is and is listed until it is dismissed", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(refused);
  const writeId = await requestChange(store, packed);
  await store.runAllScheduled();
  expect(await onlyWrite(store)).toMatchObject({ status: "refused", problem: { code: "rejected" } });
  expect(await firstOrderOf(store)).toMatchObject({ status: "PAID" });
  expect((await store.query(writes.open)).writes).toMatchObject([{ writeId, status: "refused" }]);
  await store.mutation(requests.dismiss, { writeId });
  expect((await store.query(writes.open)).writes).toEqual([]);
});

it("a refused change that is tried again is sent", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(refused);
  const writeId = await requestChange(store, packed);
  await store.runAllScheduled();
  await store.mutation(requests.retry, { writeId });
  await store.runAllScheduled();
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "written" });
});

it("a refused tracking number stays listed when a newer change sets only the link, and goes when one sets it too", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(refused);
  await requestChange(store, { kind: "shipping", trackingNumber: "RX 1" });
  await store.runAllScheduled();
  await requestChange(store, { kind: "shipping", trackingLink: "https://post.example/1" });
  await store.runAllScheduled();
  const statuses = async () => (await writesOf(store)).map(({ status }) => status);
  expect(await statuses()).toEqual(["refused", "sent"]);
  await requestChange(store, { kind: "shipping", trackingNumber: "RX 2" });
  await store.runAllScheduled();
  expect(await statuses()).toEqual(["replaced", "sent", "sent"]);
});

it("a store is only read until an owner allows changes", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder({ status: "PAID" }));
  await expect(requestChange(store, packed)).rejects.toThrow("only read");
  expect(await store.query(writes.forOrder, { orderNumber: 100 })).toEqual({
    isReadOnly: true,
    moves: [],
    writes: [],
  });
  const staff = await aMember(store.t, store.businessAccountId, "staff");
  const { businessAccountId } = store;
  await expect(staff.mutation(writes.setEnabled, { businessAccountId, isEnabled: true })).rejects.toThrow(
    "role owner",
  );
});

it("a change that waits when the store is set to be only read is refused and not sent", async () => {
  const store = await aWritingStore();
  await requestChange(store, packed);
  await store.mutation(writes.setEnabled, { isEnabled: false });
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites).toEqual([]);
  expect(await onlyWrite(store)).toMatchObject({ status: "refused", problem: { code: "readOnly" } });
});

it("a change of a paused store is sent once the store is resumed, unless it is a day old by then", async () => {
  const store = await aWritingStore();
  await requestChange(store, packed);
  const { settings } = api.marketplaces.bricklink.connection;
  await store.mutation(settings.setActive, { isActive: false });
  await store.passMinutes(5);
  expect(store.bricklink.acceptedWrites).toEqual([]);
  await store.mutation(settings.setActive, { isActive: true });
  await store.runDue();
  expect(store.bricklink.acceptedWrites).toHaveLength(1);

  await requestChange(store, shipped);
  await store.mutation(settings.setActive, { isActive: false });
  vi.setSystemTime(Date.now() + 25 * 3_600_000);
  await store.mutation(settings.setActive, { isActive: true });
  await store.runDue();
  expect((await writesOf(store)).at(-1)).toMatchObject({ status: "refused", problem: { code: "expired" } });
});

it("a member of another store can neither see nor touch a store's changes", async () => {
  const store = await aWritingStore();
  const writeId = await requestChange(store, packed);
  const other = await aStore(store.t);
  await expect(other.mutation(requests.withdraw, { writeIds: [writeId] })).rejects.toThrow("no such change");
  await expect(other.mutation(requests.retry, { writeId })).rejects.toThrow("no such change");
  expect((await other.query(writes.open)).writes).toEqual([]);
});
