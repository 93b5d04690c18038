import { newSecretToken } from "../../../../convex/lib/secretToken";
import { expect, it, vi } from "vitest";
import { anEvent, anOrder, aStore, MINUTE, START, useFakeClock } from "../../../support";

useFakeClock();

const now = START.getTime();

it("a request with a missing, malformed or unknown token is answered 401 in JSON", async () => {
  const { t } = await aStore();
  for (const path of ["", "/", "/short", `/${"A".repeat(43)}`, `?webhookToken=${"B".repeat(43)}`]) {
    const answer = await t.fetch(`/api/bricklink/webhook${path}`, { method: "POST", body: "[]" });
    expect([path, answer.status]).toEqual([path, 401]);
    expect(await answer.json()).toHaveProperty("error");
  }
});

it("a callback may carry its token in the query instead of the path", async () => {
  const { t, token } = await aStore();
  const answer = await t.fetch(`/api/bricklink/webhook?webhookToken=${token}`, {
    method: "POST",
    body: "[]",
  });
  expect(answer.status).toBe(200);
});

it("a request with any method but POST is answered 405 with an Allow header", async () => {
  const store = await aStore();
  for (const method of ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
    const answer = await store.t.fetch(`/api/bricklink/webhook/${store.token}`, { method });
    expect([method, answer.status, answer.headers.get("Allow")]).toEqual([method, 405, "POST"]);
  }
});

it("a callback's body may be one event or a list of events, and each is stored", async () => {
  const store = await aStore();
  expect((await store.postCallback(anEvent(100))).status).toBe(200);
  expect((await store.postCallback([anEvent(101), anEvent(102)])).status).toBe(200);
  const resources = (await store.notifications()).map(({ resourceId }) => resourceId);
  expect(resources).toEqual([100, 101, 102]);
});

it("an empty callback starts a poll, and four more within the spacing share a second poll", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  store.bricklink.unreadNotifications.push(anEvent(100));
  for (let callback = 0; callback < 5; callback += 1) expect((await store.postCallback("")).status).toBe(200);
  await store.runAllScheduled();
  const polls = store.bricklink.calls.filter((path) => path === "/notifications");
  expect(polls).toHaveLength(2);
  expect(await store.orders()).toHaveLength(1);
});

it("a body of 1,024 bytes is answered 413 whatever Content-Length says, and one of 1,023 is accepted", async () => {
  const store = await aStore();
  const bodyOf = (bytes: number) => {
    const body = JSON.stringify([anEvent(100)]);
    return body + " ".repeat(bytes - body.length);
  };
  const tooLarge = await store.postCallback(bodyOf(1_024), { headers: { "Content-Length": "10" } });
  expect(tooLarge.status).toBe(413);
  expect((await store.postCallback(bodyOf(1_023))).status).toBe(200);
});

it.each([
  ["text that is not JSON", "{", "body"],
  ["a number", "5", "body"],
  ["a list of a number", [5], "[0]"],
  ["an unknown event type", [{ ...anEvent(1), event_type: "Wanted" }], "[0].event_type"],
  ["a resource id that is not a whole number", { ...anEvent(1), resource_id: 1.5 }, "resource_id"],
  ["a negative resource id", { ...anEvent(1), resource_id: -1 }, "resource_id"],
  ["a resource id as text", { ...anEvent(1), resource_id: "1" }, "resource_id"],
  [
    "a timestamp that cannot be read",
    [anEvent(1, now), { ...anEvent(2), timestamp: "soon" }],
    "[1].timestamp",
  ],
  ["a timestamp without a zone", { ...anEvent(2), timestamp: "2026-11-20T10:00:00" }, "timestamp"],
])(
  "a callback with %s is answered 400 naming the field, stores nothing and starts a poll",
  async (_, body, field) => {
    const store = await aStore();
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const answer = await store.postCallback(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ field });
    expect(await store.notifications()).toEqual([]);
    await store.runAllScheduled();
    expect(store.bricklink.calls).toEqual(["/notifications"]);
  },
);

it("an event more than an hour old is ignored and counted, and one more than five minutes ahead is refused", async () => {
  const store = await aStore();
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const post = (offsetMs: number) => store.postCallback(anEvent(100, now + offsetMs));
  const old = await post(-60 * MINUTE - 1);
  expect([old.status, await old.json()]).toEqual([200, { accepted: 0, ignored: 1 }]);
  expect((await post(-60 * MINUTE)).status).toBe(200);
  expect((await post(5 * MINUTE)).status).toBe(200);
  expect((await post(5 * MINUTE + 1)).status).toBe(400);
  expect(await store.notifications()).toHaveLength(2);
  const counted = await store.t.run((ctx) => ctx.db.query("callbackActivity").take(20));
  expect(counted.reduce((sum, { ignoredReplays }) => sum + ignoredReplays, 0)).toBe(1);
});

it("two events whose timestamps write the same instant in different zones are one notification", async () => {
  const store = await aStore();
  const event = { event_type: "Order", resource_id: 100 };
  await store.postCallback({ ...event, timestamp: "2026-11-20T10:00:00Z" });
  await store.postCallback({ ...event, timestamp: "2026-11-20T11:00:00.000+01:00" });
  expect(await store.notifications()).toHaveLength(1);
});

it("a callback past the store's limit is answered 429 with Retry-After, and accepted a minute later", async () => {
  process.env.WEBHOOK_REQUESTS_PER_MINUTE = "3";
  try {
    const store = await aStore();
    for (const number of [1, 2, 3]) expect((await store.postCallback(anEvent(number))).status).toBe(200);
    const limited = await store.postCallback(anEvent(9));
    expect([limited.status, limited.headers.get("Retry-After")]).toEqual([429, "60"]);
    expect(await store.notifications()).toHaveLength(3);
    vi.setSystemTime(now + MINUTE);
    expect((await store.postCallback(anEvent(9))).status).toBe(200);
  } finally {
    delete process.env.WEBHOOK_REQUESTS_PER_MINUTE;
  }
});

it("callbacks with unknown tokens are answered 429 past sixty from one address, and known tokens from there 200", async () => {
  const store = await aStore();
  const from = (ip: string) => store.t.withRequestMetadata({ ip });
  const post = async (ip: string, token: string) =>
    (await from(ip).fetch(`/api/bricklink/webhook/${token}`, { method: "POST", body: "[]" })).status;
  const unknown = newSecretToken();
  for (let count = 0; count < 60; count += 1) expect(await post("192.0.2.1", unknown)).toBe(401);
  expect(await post("192.0.2.1", unknown)).toBe(429);
  expect(await post("192.0.2.2", unknown)).toBe(401);
  expect(await post("192.0.2.1", store.token)).toBe(200);
});

it("a callback whose events cannot be stored is answered 503 in JSON with Retry-After, and starts a poll", async () => {
  const store = await aStore();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await store.postCallback(anEvent(100));
  // Two rows with the key of one event, which the database must never hold, make every further write of it fail.
  await store.t.run(async (ctx) => {
    const [row] = await ctx.db.query("bricklinkNotifications").take(1);
    if (!row) throw new Error("The callback was not stored.");
    const { _id, _creationTime, ...fields } = row;
    await ctx.db.insert("bricklinkNotifications", { ...fields, status: "completed" });
  });
  const answer = await store.postCallback(anEvent(100));
  expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "5"]);
  expect(await answer.json()).toHaveProperty("error");
  await store.runAllScheduled();
  expect(store.bricklink.calls).toContain("/notifications");
});

it("a callback is answered before BrickLink is called", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  await store.postCallback(anEvent(100));
  expect(store.bricklink.calls).toEqual([]);
});

it("an event posted to one store's callback URL is stored for that store only", async () => {
  const first = await aStore();
  const second = await aStore(first.t);
  await first.postCallback(anEvent(100));
  const [notification] = await first.notifications();
  expect(notification?.businessAccountId).toBe(first.businessAccountId);
  expect(notification?.businessAccountId).not.toBe(second.businessAccountId);
});
