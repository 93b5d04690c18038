/** Changes of orders that are no longer as the person saw them who decided. */
import { expect, it, vi } from "vitest";
import {
  aLine,
  anOrder,
  api,
  aWritingStore,
  driveThru,
  firstOrderOf,
  html503,
  MINUTE,
  onlyWrite,
  packed,
  refused,
  requestChange,
  seenOrders,
  shipped,
  useFakeClock,
  withdrawChange,
  writesOf,
  type Change,
  type Store,
} from "../../../../support";

useFakeClock();

const { requests } = api.marketplaces.bricklink.outbox;

const ready: Change = { kind: "status", status: "READY" };
const moreBricks = [aLine({ lotId: 72, quantity: 5 })];

async function requestOf(store: Store, orderNumbers: number[], changes: Change[]) {
  return await store.mutation(requests.request, { orders: await seenOrders(store, orderNumbers), changes });
}

function sentStatuses(store: Store): unknown[] {
  return store.bricklink.acceptedWrites.map(({ body }) => (JSON.parse(body) as { value: unknown }).value);
}

it.each([true, false])(
  "a press on Packed that arrives after a colleague shipped the order leaves it shipped, may it go back: %s",
  async (mayGoBack) => {
    const store = await aWritingStore();
    const orders = await seenOrders(store, [100]);
    await store.receiveStatus(100, "SHIPPED");
    const answer = await store.mutation(requests.request, { orders, changes: [packed], mayGoBack });
    expect(answer).toMatchObject([{ writeId: null, reason: "isPast" }]);
    await store.runAllScheduled();
    expect(store.bricklink.orders.get(100)?.status).toBe("SHIPPED");
  },
);

it("a selection sets no order back, and the answer names those that are further", async () => {
  const store = await aWritingStore();
  await store.receiveOrder(anOrder({ number: 101, status: "SHIPPED" }));
  await store.receiveOrder(anOrder({ number: 102, status: "PENDING" }));
  const answer = await requestOf(store, [100, 101, 102], [ready]);
  expect(answer.map(({ reason }) => reason)).toEqual(["isPast", "isPast", undefined]);
  await store.runAllScheduled();
  expect([100, 101, 102].map((number) => store.bricklink.orders.get(number)?.status)).toEqual([
    "PAID",
    "SHIPPED",
    "READY",
  ]);
});

it("a selection sets no order back that was just shipped and is not fetched yet", async () => {
  const store = await aWritingStore();
  await requestChange(store, shipped);
  vi.advanceTimersByTime(10_000);
  store.bricklink.beforeAnswer = (call) => {
    if (call === "/orders/100/items") throw new Error("The order is not stored yet.");
  };
  await store.runDue();
  store.bricklink.beforeAnswer = () => undefined;
  expect(await firstOrderOf(store)).toMatchObject({ status: "PAID" });
  expect(await requestOf(store, [100], [packed])).toMatchObject([{ reason: "isPast" }]);
});

it.each(["READY", "PACKED", "SHIPPED"] as const)(
  "the status %s is refused for an order to which the buyer adds before it is sent",
  async (status) => {
    const store = await aWritingStore({ status: "PROCESSING" });
    await requestChange(store, { kind: "status", status });
    vi.advanceTimersByTime(1_000);
    store.bricklink.addBatch(100, moreBricks);
    await store.runAllScheduled();
    expect(sentStatuses(store)).toEqual([]);
    expect(await onlyWrite(store)).toMatchObject({
      status: "refused",
      problem: { code: "changedMeanwhile" },
    });
    expect(await firstOrderOf(store)).toMatchObject({ status: "UPDATED", pieceCount: 6 });
  },
);

it("a second addition of the buyer is noticed although the order was updated before", async () => {
  const store = await aWritingStore({ status: "UPDATED" });
  await requestChange(store, packed);
  vi.advanceTimersByTime(1_000);
  store.bricklink.addBatch(100, moreBricks);
  await store.runAllScheduled();
  expect(await onlyWrite(store)).toMatchObject({ status: "refused", problem: { code: "changedMeanwhile" } });
});

it("a press on an order that has grown since it was looked at sends nothing and says so", async () => {
  const store = await aWritingStore({ status: "PROCESSING" });
  const orders = await seenOrders(store, [100]);
  vi.advanceTimersByTime(MINUTE);
  store.bricklink.addBatch(100, moreBricks);
  await store.syncOrder(100);
  const answer = await store.mutation(requests.request, { orders, changes: [shipped, driveThru] });
  expect(answer).toMatchObject([
    { kind: "status", writeId: null, reason: "changedMeanwhile" },
    { kind: "driveThru", writeId: null, reason: "changedMeanwhile" },
  ]);
});

it("a change refused because the order had grown is sent once somebody has looked and sends it again", async () => {
  const store = await aWritingStore({ status: "PROCESSING" });
  const writeId = await requestChange(store, packed);
  vi.advanceTimersByTime(1_000);
  store.bricklink.addBatch(100, moreBricks);
  await store.runAllScheduled();
  await store.mutation(requests.retry, { writeId });
  await store.runAllScheduled();
  expect(await onlyWrite(store)).toMatchObject({ status: "sent" });
  expect(store.bricklink.orders.get(100)?.status).toBe("PACKED");
});

it("a payment that arrives between the press and the sending stops nothing", async () => {
  const store = await aWritingStore({ status: "PENDING" });
  await requestChange(store, packed);
  vi.advanceTimersByTime(1_000);
  store.bricklink.setStatus(100, "PAID");
  await store.runAllScheduled();
  expect(store.bricklink.orders.get(100)?.status).toBe("PACKED");
});

it("a status that may have arrived or not, and was taken back, keeps no earlier one from being set", async () => {
  const store = await aWritingStore();
  store.bricklink.outage = html503;
  const writeId = await requestChange(store, shipped);
  await store.passMinutes(1);
  await withdrawChange(store, writeId);
  store.bricklink.outage = undefined;
  expect(await requestOf(store, [100], [packed])).toMatchObject([{ writeId: expect.any(String) as string }]);
  await store.passMinutes(10);
  expect(store.bricklink.orders.get(100)?.status).toBe("PACKED");
});

/** How an order's status and mail ended. */
async function endsOf(store: Store): Promise<unknown[]> {
  const open = (await writesOf(store)).filter(({ status }) => status !== "replaced");
  return open.map(({ change, status, problem }) => [change.kind, status, problem?.code]);
}

const refusedBoth = [
  ["status", "refused", "rejected"],
  ["driveThru", "refused", "statusRefused"],
];

it("the mail of a parcel whose status is refused is not sent, and one that was asked for alone is", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(refused);
  await requestOf(store, [100], [shipped, driveThru]);
  await store.runAllScheduled();
  expect(await endsOf(store)).toEqual(refusedBoth);
  await requestChange(store, driveThru);
  await store.runAllScheduled();
  expect(store.bricklink.fieldsOf(100).driveThruMails).toBe(1);
});

it("the mail of a parcel whose status is refused again is not sent when both are sent again", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(refused, refused);
  await requestOf(store, [100], [shipped, driveThru]);
  await store.runAllScheduled();
  for (const { _id } of await writesOf(store)) {
    await store.mutation(requests.retry, { writeId: _id });
    vi.advanceTimersByTime(1);
  }
  await store.runAllScheduled();
  expect(await endsOf(store)).toEqual(refusedBoth);
});

it("the mail of a parcel is not sent when a newer status, asked for alone, is refused", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(refused);
  await requestOf(store, [100], [shipped, driveThru]);
  vi.advanceTimersByTime(1_000);
  await requestOf(store, [100], [shipped]);
  await store.runAllScheduled();
  expect(await endsOf(store)).toEqual([...refusedBoth].reverse());
});

it("the mail of a parcel is not sent when its status is given up after attempts that failed", async () => {
  const store = await aWritingStore();
  await requestOf(store, [100], [shipped, driveThru]);
  const unreadable = () => Response.json({ meta: { code: 200, message: "OK", description: "OK" }, data: {} });
  store.bricklink.answersByPath.set("/orders/100", unreadable);
  await store.passMinutes(20);
  expect(await endsOf(store)).toEqual([
    ["status", "refused", "malformed"],
    ["driveThru", "refused", "statusRefused"],
  ]);
});
