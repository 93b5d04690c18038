/** Feedback for buyers, from the press to BrickLink. */
import { expect, it, vi } from "vitest";
import {
  aMember,
  announce,
  anOrder,
  answerLost,
  api,
  aStore,
  auditLogOf,
  aWritingStore,
  type Change,
  errorCodeOf,
  feedbackOf,
  onlyWrite,
  refused,
  requestChange,
  seenOrders,
  type Store,
  useFakeClock,
  withdrawChange,
  writeLost,
} from "../../../../support";

useFakeClock();

const { correspondence, outbox } = api.marketplaces.bricklink;
const { praise } = correspondence;

const thanks: Change = { kind: "feedback", rating: "praise", comment: "Thanks!" };

const offerOf = (store: Store) => store.query(praise.offer, { orderNumber: 100 });

const postsTo = (store: Store) => store.bricklink.acceptedWrites.map(({ call }) => call);

it("praise for a completed order is sent once after ten seconds, read back, and not offered again", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  expect(await offerOf(store)).toMatchObject({ isOffered: true });
  await requestChange(store, thanks);
  expect(await offerOf(store)).toMatchObject({ isOffered: false });
  vi.advanceTimersByTime(9_000);
  await store.runDue();
  expect(store.bricklink.calls).toEqual([]);
  await store.runAllScheduled();
  expect(store.bricklink.calls.slice(0, 3)).toEqual([
    "/orders/100",
    "/orders/100/feedback",
    "POST /feedback",
  ]);
  expect(store.bricklink.acceptedWrites.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { order_id: 100, rating: 0, comment: "Thanks!" },
  ]);
  expect(await feedbackOf(store)).toMatchObject([
    { direction: "given", rating: "praise", comment: "Thanks!" },
  ]);
  expect(await offerOf(store)).toMatchObject({ isOffered: false });
});

it("no feedback is left by itself, whatever becomes of an order", async () => {
  const store = await aWritingStore({ status: "SHIPPED" });
  for (const status of ["RECEIVED", "COMPLETED"]) await store.receiveStatus(100, status);
  store.bricklink.leaveFeedback(100, 0, "Quick!");
  await announce(store, "Feedback", 100);
  await store.runAllScheduled();
  expect(postsTo(store)).toEqual([]);
});

it.each([
  ["SHIPPED", "notReceived"],
  ["PAID", "notReceived"],
  ["NPB", "notReceived"],
  ["CANCELLED", "orderClosed"],
])("feedback is neither offered nor taken for an order that is %s", async (status, reason) => {
  const store = await aWritingStore({ status });
  expect(await offerOf(store)).toMatchObject({ isOffered: false });
  const args = { orders: await seenOrders(store, [100]), changes: [thanks] };
  expect(await store.mutation(outbox.requests.request, args)).toMatchObject([{ writeId: null, reason }]);
});

it("feedback is offered for a received order, and not where the store is only read", async () => {
  const store = await aWritingStore({ status: "RECEIVED" });
  expect(await offerOf(store)).toMatchObject({ isOffered: true });
  await store.mutation(outbox.writes.setEnabled, { isEnabled: false });
  expect(await offerOf(store)).toMatchObject({ isOffered: false });
  expect(await store.query(praise.get)).toMatchObject({ isReadOnly: true });
});

it("feedback that a colleague left at BrickLink's own pages counts as left", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  await requestChange(store, thanks);
  store.bricklink.beforeAnswer = (call) => {
    if (call !== "/orders/100" || store.bricklink.feedback.length > 0) return;
    store.bricklink.leaveFeedback(100, 0, "Theirs");
    for (const entry of store.bricklink.feedback) entry.rating_of_bs = "B";
  };
  await store.runAllScheduled();
  expect(postsTo(store)).toEqual([]);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", outcome: "alreadySo" });
  expect(await feedbackOf(store)).toMatchObject([{ direction: "given", comment: "Theirs" }]);
});

it.each([
  ["after BrickLink took it", answerLost],
  ["before BrickLink saw it", writeLost],
])("feedback whose answer was lost %s is looked up, and left once", async (_, fault) => {
  const store = await aWritingStore({ status: "COMPLETED" });
  store.bricklink.nextWriteFaults.push(fault);
  await requestChange(store, thanks);
  await store.runAllScheduled();
  expect(postsTo(store)).toEqual(["POST /feedback"]);
  expect(await onlyWrite(store)).toMatchObject({ status: "sent", attempts: 2 });
  expect(await feedbackOf(store)).toHaveLength(1);
});

it("feedback whose answer was lost is looked up after two minutes, since it may show only after a while", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  store.bricklink.nextWriteFaults.push(writeLost);
  await requestChange(store, thanks);
  vi.advanceTimersByTime(10_000);
  await store.runDue();
  const { dueAt, attempts } = await onlyWrite(store);
  expect({ attempts, isLater: dueAt - Date.now() > 110_000 }).toEqual({ attempts: 1, isLater: true });
});

it("feedback that BrickLink refuses is refused and is offered again", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  store.bricklink.nextWriteFaults.push(refused);
  await requestChange(store, thanks);
  await store.runAllScheduled();
  expect(await onlyWrite(store)).toMatchObject({ status: "refused", problem: { code: "rejected" } });
  expect(await offerOf(store)).toMatchObject({ isOffered: true });
  await requestChange(store, thanks);
  await store.runAllScheduled();
  expect(await feedbackOf(store)).toHaveLength(1);
  expect(await offerOf(store)).toMatchObject({ isOffered: false });
});

it("what the buyer left does not keep the store from leaving its own", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  store.bricklink.leaveFeedback(100, 2, "Late");
  await announce(store, "Feedback", 100);
  expect(await offerOf(store)).toMatchObject({ isOffered: true });
  await requestChange(store, thanks);
  await store.runAllScheduled();
  expect((await feedbackOf(store)).map(({ direction }) => direction)).toEqual(["received", "given"]);
});

it("feedback that was sent is not offered again while it is read back", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  await requestChange(store, thanks);
  const offered: boolean[] = [];
  store.bricklink.beforeAnswer = async (call) => {
    if (call === "/orders/100/feedback" && store.bricklink.feedback.length > 0) {
      offered.push((await offerOf(store)).isOffered);
    }
  };
  await store.runAllScheduled();
  expect(offered).toEqual([false]);
});

it("feedback counts as five calls of the day, and waits where they are not left", async () => {
  process.env.BRICKLINK_CALLS_PER_DAY = "6";
  try {
    const store = await aWritingStore({ status: "COMPLETED" });
    await requestChange(store, thanks);
    await store.passMinutes(2);
    expect(store.bricklink.calls).toEqual([]);
    expect(await onlyWrite(store)).toMatchObject({ status: "waiting", attempts: 0 });
  } finally {
    delete process.env.BRICKLINK_CALLS_PER_DAY;
  }
});

it("feedback that is taken back within ten seconds is never sent", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  const writeId = await requestChange(store, thanks);
  expect(await withdrawChange(store, writeId)).toBe(0);
  await store.runAllScheduled();
  expect(postsTo(store)).toEqual([]);
  expect(await offerOf(store)).toMatchObject({ isOffered: true });
});

it("feedback that is taken back after a lost answer is read back, since it may have arrived", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  store.bricklink.nextWriteFaults.push(answerLost);
  const writeId = await requestChange(store, thanks);
  vi.advanceTimersByTime(10_000);
  await store.runDue();
  await withdrawChange(store, writeId);
  await store.runAllScheduled();
  expect(await feedbackOf(store)).toMatchObject([{ comment: "Thanks!" }]);
});

it.each(["neutral", "complaint"] as const)(
  "%s feedback needs words of its own, which are not the store's praise",
  async (rating) => {
    const store = await aWritingStore({ status: "COMPLETED" });
    const { praiseText } = await store.query(praise.get);
    const codeOf = (comment: string) =>
      errorCodeOf(requestChange(store, { kind: "feedback", rating, comment }));
    expect(await codeOf("  ")).toBe("commentMissing");
    expect(await codeOf(praiseText)).toBe("ownWordsMissing");
    expect(await codeOf(` ${praiseText.toUpperCase().replaceAll(".", "")}!`)).toBe("ownWordsMissing");
    expect(await codeOf("Never answered")).toBe("allowed");
    await store.runAllScheduled();
    expect(await feedbackOf(store)).toMatchObject([{ rating, comment: "Never answered" }]);
  },
);

it("praise needs words too", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  expect(await errorCodeOf(requestChange(store, { ...thanks, comment: " " }))).toBe("commentMissing");
});

it("a selection is praised where its orders are received or completed, and the answer names the others", async () => {
  const store = await aWritingStore({ status: "COMPLETED" });
  await store.receiveOrder(anOrder({ number: 101, status: "RECEIVED" }));
  await store.receiveOrder(anOrder({ number: 102, status: "SHIPPED" }));
  const args = { orders: await seenOrders(store, [100, 101, 102]), changes: [thanks] };
  const answer = await store.mutation(outbox.requests.request, args);
  expect(answer.map(({ reason }) => reason)).toEqual([undefined, undefined, "notReceived"]);
  await store.runAllScheduled();
  expect(store.bricklink.feedback.map(({ order_id }) => order_id)).toEqual([100, 101]);
});

it("an owner writes what praise says, and the audit log keeps that it changed", async () => {
  const store = await aStore();
  await store.mutation(praise.setText, { praiseText: " A pleasure. " });
  expect(await store.query(praise.get)).toMatchObject({ praiseText: "A pleasure." });
  expect(await errorCodeOf(store.mutation(praise.setText, { praiseText: " " }))).toBe("praiseMissing");
  expect(await errorCodeOf(store.mutation(praise.setText, { praiseText: "x".repeat(301) }))).toBe("tooLong");
  const staff = await aMember(store.t, store.businessAccountId, "staff");
  const { businessAccountId } = store;
  const asStaff = staff.mutation(praise.setText, { businessAccountId, praiseText: "Mine" });
  expect(await errorCodeOf(asStaff)).toBe("roleTooLow");
  expect((await auditLogOf(store)).map(({ deed }) => deed.action)).toEqual(["praiseTextChanged"]);
});
