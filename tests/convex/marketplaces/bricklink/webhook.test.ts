import { expect, it, vi } from "vitest";
import { allOf, anEvent, aStore, callBack, settle, useFakeClock } from "../support/store";

const NOW = new Date("2026-11-20T10:00:00Z");
const MINUTE = 60_000;

useFakeClock();

it("answers 401 to a missing, a malformed and an unknown token, as JSON", async () => {
  const { t } = await aStore();
  for (const path of ["", "/", "/short", `/${"A".repeat(43)}`, `?webhookToken=${"B".repeat(43)}`]) {
    const answer = await t.fetch(`/api/bricklink/webhook${path}`, { method: "POST", body: "[]" });
    expect([path, answer.status]).toEqual([path, 401]);
    expect(await answer.json()).toHaveProperty("error");
  }
});

it("takes the token from the query as well", async () => {
  const { t, token } = await aStore();
  const answer = await t.fetch(`/api/bricklink/webhook?webhookToken=${token}`, {
    method: "POST",
    body: "[]",
  });
  expect(answer.status).toBe(200);
});

it("answers 405 with Allow to every other method", async () => {
  const store = await aStore();
  for (const method of ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
    const answer = await store.t.fetch(`/api/bricklink/webhook/${store.token}`, { method });
    expect([method, answer.status, answer.headers.get("Allow")]).toEqual([method, 405, "POST"]);
  }
});

it("stores an object, and each entry of a list", async () => {
  const store = await aStore();
  expect((await callBack(store, anEvent(100))).status).toBe(200);
  expect((await callBack(store, [anEvent(101), anEvent(102)])).status).toBe(200);
  const resources = (await allOf(store, "bricklinkNotifications")).map(({ resourceId }) => resourceId);
  expect(resources).toEqual([100, 101, 102]);
});

it("takes an empty body as a hint to poll, and several close together as one", async () => {
  const store = await aStore();
  store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
  store.bricklink.unread.push(anEvent(100));
  for (let poke = 0; poke < 5; poke += 1) expect((await callBack(store, "")).status).toBe(200);
  await settle(store, vi.runAllTimers);
  const polls = store.bricklink.calls.filter((path) => path === "/notifications");
  // The first polls at once; the four after it share one poll at the end of the spacing.
  expect(polls).toHaveLength(2);
  expect(await allOf(store, "bricklinkOrders")).toHaveLength(1);
});

it("refuses 1,024 bytes whatever Content-Length says, and takes 1,023", async () => {
  const store = await aStore();
  const padded = (bytes: number) => {
    const body = JSON.stringify([anEvent(100)]);
    return body + " ".repeat(bytes - body.length);
  };
  const tooLarge = await callBack(store, padded(1_024), { headers: { "Content-Length": "10" } });
  expect(tooLarge.status).toBe(413);
  expect((await callBack(store, padded(1_023))).status).toBe(200);
});

it.each([
  ["text that is no JSON", "{", "body"],
  ["a number", "5", "body"],
  ["an unknown event type", [{ ...anEvent(1), event_type: "Wanted" }], "[0].event_type"],
  ["a resource id that is no whole number", { ...anEvent(1), resource_id: 1.5 }, "resource_id"],
  ["a negative resource id", { ...anEvent(1), resource_id: -1 }, "resource_id"],
  ["a resource id as text", { ...anEvent(1), resource_id: "1" }, "resource_id"],
  [
    "a timestamp that is none",
    [anEvent(1, NOW.getTime()), { ...anEvent(2), timestamp: "soon" }],
    "[1].timestamp",
  ],
  ["a timestamp without a zone", { ...anEvent(2), timestamp: "2026-11-20T10:00:00" }, "timestamp"],
])("answers 400 naming the field for %s, stores nothing and polls instead", async (_, body, field) => {
  const store = await aStore();
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const answer = await callBack(store, body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ field });
  expect(await allOf(store, "bricklinkNotifications")).toEqual([]);
  await settle(store, vi.runAllTimers);
  expect(store.bricklink.calls).toEqual(["/notifications"]);
});

it("ignores and counts an event over an hour old, and refuses one over five minutes ahead", async () => {
  const store = await aStore();
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const at = (offset: number) => anEvent(100, NOW.getTime() + offset);
  const old = await callBack(store, at(-60 * MINUTE - 1));
  expect([old.status, await old.json()]).toEqual([200, { accepted: 0, ignored: 1 }]);
  expect((await callBack(store, at(-60 * MINUTE))).status).toBe(200);
  expect((await callBack(store, at(5 * MINUTE))).status).toBe(200);
  expect((await callBack(store, at(5 * MINUTE + 1))).status).toBe(400);
  expect(await allOf(store, "bricklinkNotifications")).toHaveLength(2);
  const activity = await store.t.run((ctx) => ctx.db.query("storeActivity").first());
  expect(activity?.ignoredReplays).toBe(1);
});

it("knows one instant written two ways as one event", async () => {
  const store = await aStore();
  const event = { event_type: "Order", resource_id: 100 };
  await callBack(store, { ...event, timestamp: "2026-11-20T10:00:00Z" });
  await callBack(store, { ...event, timestamp: "2026-11-20T11:00:00.000+01:00" });
  expect(await allOf(store, "bricklinkNotifications")).toHaveLength(1);
});

it("answers 429 with Retry-After past the store's limit, and takes calls again a minute later", async () => {
  process.env.WEBHOOK_REQUESTS_PER_MINUTE = "3";
  try {
    const store = await aStore();
    for (let call = 0; call < 3; call += 1)
      expect((await callBack(store, anEvent(call + 1))).status).toBe(200);
    const limited = await callBack(store, anEvent(9));
    expect([limited.status, limited.headers.get("Retry-After")]).toEqual([429, "60"]);
    expect(await allOf(store, "bricklinkNotifications")).toHaveLength(3);
    vi.setSystemTime(NOW.getTime() + MINUTE);
    expect((await callBack(store, anEvent(9))).status).toBe(200);
  } finally {
    delete process.env.WEBHOOK_REQUESTS_PER_MINUTE;
  }
});

it("asks BrickLink nothing before it answers", async () => {
  const store = await aStore();
  store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
  await callBack(store, anEvent(100));
  expect(store.bricklink.calls).toEqual([]);
});

it("never shows one store's event to another", async () => {
  const first = await aStore();
  const second = await aStore(first.t);
  await callBack(first, anEvent(100));
  const [notification] = await allOf(first, "bricklinkNotifications");
  expect(notification?.businessAccountId).toBe(first.businessAccountId);
  expect(notification?.businessAccountId).not.toBe(second.businessAccountId);
});
