/** Changes whose answers are lost, whose runs crash, and that are made while BrickLink is down. */
import { expect, it, vi } from "vitest";
import {
  answerLost,
  anOrder,
  api,
  aWritingStore,
  claimAndCrash,
  DAY,
  driveThru,
  html503,
  internal,
  MINUTE,
  onlyWrite,
  packed,
  refused,
  requestChange,
  shipped,
  startScheduled,
  type Store,
  useFakeClock,
  withdrawChange,
  writeLost,
  writesOf,
} from "../../../../support";

useFakeClock();

it.each([
  ["status", packed],
  ["mail", driveThru],
])("a %s whose answer is lost after it took effect is not sent again", async (_, change) => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(answerLost);
  await requestChange(store, change);
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites).toHaveLength(1);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "alreadySo", attempts: 2 });
});

it.each([
  ["status", packed],
  ["mail", driveThru],
])("a %s that is lost before it took effect is sent again", async (_, change) => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(writeLost);
  await requestChange(store, change);
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites).toHaveLength(1);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "written", attempts: 2 });
});

/** As a crash leaves a mail that is being sent. */
async function crashWhileSending(store: Store): Promise<void> {
  await requestChange(store, driveThru);
  await claimAndCrash(store);
  const { _id } = await onlyWrite(store);
  await store.t.run((ctx) => ctx.db.patch("bricklinkWrites", _id, { mayHaveArrived: true }));
}

it("a mail whose run crashed after BrickLink took it is not sent again, although the order shows it late", async () => {
  const store = await aWritingStore();
  await crashWhileSending(store);
  store.bricklink.fieldsOf(100).driveThruMails = 1;
  store.bricklink.mailsShownFrom = Date.now() + 90_000;
  for (let minute = 0; minute < 6; minute += 1) {
    await store.sweep();
    await store.passMinutes(1);
  }
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "alreadySo", attempts: 3 });
  expect(store.bricklink.fieldsOf(100).driveThruMails).toBe(1);
});

it("a mail whose run crashed while sending it, and which did not arrive, is sent once it would show", async () => {
  const store = await aWritingStore();
  await crashWhileSending(store);
  await store.sweep();
  await store.passMinutes(4);
  expect(store.bricklink.fieldsOf(100).driveThruMails).toBe(0);
  await store.passMinutes(3);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "written" });
  expect(store.bricklink.fieldsOf(100).driveThruMails).toBe(1);
});

it("a mail whose run crashed before sending it is sent at once", async () => {
  const store = await aWritingStore();
  await requestChange(store, driveThru);
  await claimAndCrash(store);
  await store.sweep();
  await store.runDue();
  expect(store.bricklink.fieldsOf(100).driveThruMails).toBe(1);
});

it("a run that lost its lease while it looked the order up sends no mail", async () => {
  const store = await aWritingStore();
  const writeId = await requestChange(store, driveThru);
  store.bricklink.beforeAnswer = async (call) => {
    if (call !== "/orders/100") return;
    store.bricklink.beforeAnswer = () => undefined;
    const leaseExpiresAt = Date.now() + 5 * MINUTE + 1;
    await store.t.run((ctx) => ctx.db.patch("bricklinkWrites", writeId, { leaseExpiresAt }));
  };
  vi.advanceTimersByTime(10_000);
  await store.runDue();
  expect(store.bricklink.calls).toContain("/orders/100");
  expect(store.bricklink.fieldsOf(100).driveThruMails).toBe(0);
});

it("a mail that BrickLink refused, and that somebody sends again, waits until an attempt before would show", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(answerLost, refused);
  const writeId = await requestChange(store, driveThru);
  vi.advanceTimersByTime(10_000);
  store.bricklink.mailsShownFrom = Date.now() + 4 * MINUTE;
  await store.runDue();
  await store.passMinutes(3);
  expect(await onlyWrite(store)).toMatchObject({ status: "refused" });
  await store.mutation(api.marketplaces.bricklink.outbox.requests.retry, { writeId });
  vi.advanceTimersByTime(1_000);
  await store.runDue();
  await store.passMinutes(5);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "alreadySo" });
  expect(store.bricklink.fieldsOf(100).driveThruMails).toBe(1);
});

it("a mail that is taken back after its answer was lost, and asked for again, waits until the order shows the first", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(answerLost);
  const writeId = await requestChange(store, driveThru);
  vi.advanceTimersByTime(10_000);
  store.bricklink.mailsShownFrom = Date.now() + MINUTE;
  await store.runDue();
  await withdrawChange(store, writeId);
  await requestChange(store, driveThru);
  vi.advanceTimersByTime(15_000);
  await store.runDue();
  await store.runAllScheduled();
  expect((await writesOf(store)).map(({ status }) => status)).toEqual(["withdrawn", "sent"]);
  expect(store.bricklink.fieldsOf(100).driveThruMails).toBe(1);
});

it("a change whose run crashed after it was sent is looked up and not sent again, and a late answer of that run counts for nothing", async () => {
  const store = await aWritingStore();
  const writeId = await requestChange(store, driveThru);
  const leaseExpiresAt = Date.now() - 1;
  // As a crash leaves it: under a lease that has run out, with the mail sent.
  await store.t.run((ctx) =>
    ctx.db.patch("bricklinkWrites", writeId, { status: "sending", attempts: 1, leaseExpiresAt }),
  );
  store.bricklink.fieldsOf(100).driveThruMails = 1;
  await store.sweep();
  await store.runDue();
  const looked = { status: "sent", outcome: "alreadySo", attempts: 2 };
  expect(await onlyWrite(store)).toMatchObject(looked);
  await store.t.mutation(internal.marketplaces.bricklink.outbox.send.recordResult, {
    writeId,
    leaseExpiresAt,
    result: { end: "failed", failure: { code: "timeout" } },
  });
  expect(await onlyWrite(store)).toMatchObject(looked);
  expect(store.bricklink.acceptedWrites).toEqual([]);
});

it("the changes of one order keep their order while the first is tried again", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(writeLost);
  await requestChange(store, { kind: "shipping", trackingNumber: "3SABC" });
  await requestChange(store, shipped);
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites.map(({ call }) => call)).toEqual([
    "PUT /orders/100",
    "PUT /orders/100/status",
  ]);
});

it("a status asked for while nobody knows what became of one before is sent, where that one had no effect", async () => {
  const store = await aWritingStore();
  store.bricklink.outage = html503;
  await requestChange(store, { kind: "status", status: "PROCESSING" });
  await store.passMinutes(1);
  expect(await onlyWrite(store)).toMatchObject({ status: "waiting", seenStatus: "PAID" });
  await requestChange(store, { kind: "status", status: "READY" });
  store.bricklink.outage = undefined;
  await store.passMinutes(10);
  // PAID, which the order still has, is further than READY: not because somebody else moved it on.
  expect(store.bricklink.acceptedWrites.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { field: "status", value: "READY" },
  ]);
});

it("a change made during an outage is sent within five minutes of its end, and counted calls stay few", async () => {
  const store = await aWritingStore();
  store.bricklink.outage = html503;
  await requestChange(store, packed);
  for (let poll = 0; poll < 5; poll += 1) await store.poll();
  await store.passMinutes(120);
  expect(store.bricklink.calls.length).toBeLessThan(100);
  expect(await onlyWrite(store)).toMatchObject({ status: "waiting" });
  store.bricklink.outage = undefined;
  await store.passMinutes(5);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "written" });
});

it("a change that could not be sent for a day is refused, with the failure", async () => {
  const store = await aWritingStore();
  store.bricklink.outage = html503;
  await requestChange(store, packed);
  await store.passMinutes(60);
  vi.advanceTimersByTime(DAY);
  await store.sweep();
  await store.runDue();
  expect(await onlyWrite(store)).toMatchObject({ status: "refused", problem: { code: "unavailable" } });
});

it("a change whose every run crashes is refused after a day, and its order fetched", async () => {
  const store = await aWritingStore();
  const writeId = await requestChange(store, packed);
  const leaseExpiresAt = Date.now() - 1;
  await store.t.run((ctx) =>
    ctx.db.patch("bricklinkWrites", writeId, { status: "sending", attempts: 280, leaseExpiresAt }),
  );
  vi.advanceTimersByTime(DAY);
  const calls = store.bricklink.calls.length;
  await store.sweep();
  await store.runDue();
  expect(await onlyWrite(store)).toMatchObject({
    status: "refused",
    attempts: 280,
    problem: { code: "expired" },
  });
  expect(store.bricklink.calls.length).toBeGreaterThan(calls);
  expect(store.bricklink.acceptedWrites).toEqual([]);
});

it("an answer without meaning fails a change for good after four attempts", async () => {
  const store = await aWritingStore();
  store.bricklink.answersByPath.set("PUT /orders/100/status", () =>
    Response.json({ meta: { code: 418, message: "TEAPOT", description: "" } }),
  );
  store.bricklink.answersByPath.set("/orders/100", () => Response.json({ meta: { code: 200 }, data: {} }));
  await requestChange(store, packed);
  await store.passMinutes(10);
  expect(await onlyWrite(store)).toMatchObject({ status: "refused", attempts: 4 });
});

it("a change that is taken back after a lost answer has its order fetched, since it may have arrived", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(answerLost);
  const writeId = await requestChange(store, packed);
  vi.advanceTimersByTime(10_000);
  await store.runDue();
  expect(await onlyWrite(store)).toMatchObject({ status: "waiting", attempts: 1 });
  await withdrawChange(store, writeId);
  await store.runAllScheduled();
  expect((await store.orders())[0]).toMatchObject({ status: "PACKED" });
  expect((await writesOf(store)).map(({ status }) => status)).toEqual(["withdrawn"]);
});

it("at most four calls of a store are in flight, changes among them", async () => {
  const store = await aWritingStore();
  for (const number of [101, 102, 103, 104, 105]) {
    await store.receiveOrder(anOrder({ number, status: "PAID" }));
  }
  store.bricklink.calls.splice(0);
  await requestChange(store, packed);
  vi.advanceTimersByTime(10_000 - 1);
  const release = store.bricklink.holdAnswers();
  for (const number of [101, 102, 103, 104, 105]) {
    await store.postCallback({
      event_type: "Order",
      resource_id: number,
      timestamp: new Date(Date.now() - MINUTE).toISOString(),
    });
  }
  const { running } = await startScheduled(store, 4);
  expect(store.bricklink.calls).toHaveLength(4);
  release();
  await running;
  await store.runAllScheduled();
  expect(await onlyWrite(store)).toMatchObject({ status: "sent" });
});
