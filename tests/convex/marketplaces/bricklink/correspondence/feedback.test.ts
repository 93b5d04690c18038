/** From BrickLink's notification of feedback to the feedback with its order. */
import { expect, it } from "vitest";
import {
  allOf,
  announce,
  anOrder,
  aStore,
  feedbackOf,
  html503,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

/** A store with a completed order 100, whose fetch is not among the calls any more. */
async function aStoreWithOrder(): Promise<Store> {
  const store = await aStore();
  await store.receiveOrder(anOrder({ status: "COMPLETED" }));
  store.bricklink.calls.splice(0);
  return store;
}

const latestNotification = async (store: Store) => (await store.notifications()).at(-1);

it("a feedback event with an order's number fetches the order's feedback by one call", async () => {
  const store = await aStoreWithOrder();
  store.bricklink.leaveFeedback(100, 0, "Don&#39;t change!");
  await announce(store, "Feedback", 100);
  expect(store.bricklink.calls).toEqual(["/orders/100/feedback"]);
  expect(await feedbackOf(store)).toMatchObject([
    { direction: "received", rating: "praise", comment: "Don't change!" },
  ]);
  expect(await latestNotification(store)).toMatchObject({ outcome: "fetched", orderNumber: 100 });
});

it("a feedback event with the feedback's own number finds its order in the list of what was received", async () => {
  const store = await aStoreWithOrder();
  const { feedback_id } = store.bricklink.leaveFeedback(100, 2, "Late");
  await announce(store, "Feedback", feedback_id);
  expect(store.bricklink.calls).toEqual([`/orders/${feedback_id}/feedback`, "/feedback"]);
  expect(await feedbackOf(store)).toMatchObject([{ rating: "complaint", comment: "Late" }]);
  expect(await latestNotification(store)).toMatchObject({ outcome: "fetched", orderNumber: 100 });
});

it("a feedback event with a number that means nothing here is noted, and does not fail", async () => {
  const store = await aStoreWithOrder();
  await announce(store, "Feedback", 987_654);
  expect(await latestNotification(store)).toMatchObject({ status: "completed", outcome: "noted" });
  expect(await feedbackOf(store)).toEqual([]);
});

it("feedback on orders that this store does not have is left out", async () => {
  const store = await aStoreWithOrder();
  store.bricklink.leaveFeedback(100, 0, "Thanks");
  for (const entry of store.bricklink.feedback) entry.order_id = 555;
  await announce(store, "Feedback", 987_654);
  expect(await allOf(store, "orderFeedback")).toEqual([]);
});

it("the same answer a second time writes nothing, and a changed reply is stored", async () => {
  const store = await aStoreWithOrder();
  const left = store.bricklink.leaveFeedback(100, 1, "So so");
  await announce(store, "Feedback", 100);
  const before = await allOf(store, "orderFeedback");
  await announce(store, "Feedback", 100);
  expect(await allOf(store, "orderFeedback")).toEqual(before);
  left.reply = "Sorry!";
  await announce(store, "Feedback", 100);
  expect(await feedbackOf(store)).toMatchObject([{ comment: "So so", reply: "Sorry!" }]);
});

it("feedback that was taken back at BrickLink is removed when the order's feedback is next fetched", async () => {
  const store = await aStoreWithOrder();
  store.bricklink.leaveFeedback(100, 2, "Late");
  await announce(store, "Feedback", 100);
  store.bricklink.feedback.splice(0);
  await announce(store, "Feedback", 100);
  expect(await feedbackOf(store)).toEqual([]);
});

it("feedback whose order is not stored has the order fetched and is stored with it", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder({ status: "COMPLETED" }));
  store.bricklink.leaveFeedback(100, 0, "Thanks");
  await announce(store, "Feedback", 100);
  expect(await feedbackOf(store)).toMatchObject([{ comment: "Thanks" }]);
});

it("an outage while the list of feedback is read is retried", async () => {
  const store = await aStoreWithOrder();
  const { feedback_id } = store.bricklink.leaveFeedback(100, 0, "Thanks");
  store.bricklink.answersByPath.set("/feedback", html503);
  const announced = announce(store, "Feedback", feedback_id);
  store.bricklink.beforeAnswer = () => {
    if (store.bricklink.calls.length > 4) store.bricklink.answersByPath.delete("/feedback");
  };
  await announced;
  expect(await feedbackOf(store)).toHaveLength(1);
});
