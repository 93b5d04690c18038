import { expect, it, vi } from "vitest";
import { aMember, api, aStore, DAY, html503, useFakeClock } from "../../../../support";

useFakeClock();

const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };

it("connecting stores encrypted keys and the hash of the callback token, and a new callback URL is accepted", async () => {
  const { t } = await aStore();
  const person = await aMember(t, undefined);
  const businessAccountId = await person.mutation(api.accounts.businesses.create, { name: "Second" });
  const connect = (tokenSecret: string) =>
    person.action(api.marketplaces.bricklink.connection.settings.connect, {
      businessAccountId,
      keys: { ...keys, tokenSecret },
    });
  const statusOf = async (token: string) =>
    (await t.fetch(`/api/bricklink/webhook/${token}`, { method: "POST", body: "[]" })).status;

  const { callbackUrl } = await connect(" TOP-SECRET-VALUE ");
  const token = callbackUrl?.split("/").at(-1) ?? "";
  expect(token).toMatch(/^[\w-]{43}$/);
  const stored = await t.run((ctx) => ctx.db.query("marketplaceCredentials").take(10));
  expect(JSON.stringify(stored)).not.toContain("TOP-SECRET");
  expect(JSON.stringify(stored)).not.toContain(token);
  expect(await statusOf(token)).toBe(200);

  expect((await connect(keys.tokenSecret)).callbackUrl).toBeNull();
  const rotated = await person.action(api.marketplaces.bricklink.connection.settings.rotateCallback, {
    businessAccountId,
  });
  expect(await statusOf(rotated.callbackUrl.split("/").at(-1) ?? "")).toBe(200);
});

it("the callback URL before a new one works for a day, and no longer when an owner stops it", async () => {
  const store = await aStore();
  const { settings } = api.marketplaces.bricklink.connection;
  const statusOf = async (token: string) =>
    (await store.t.fetch(`/api/bricklink/webhook/${token}`, { method: "POST", body: "[]" })).status;
  const rotate = async () =>
    (await store.action(settings.rotateCallback)).callbackUrl.split("/").at(-1) ?? "";
  const second = await rotate();
  expect([await statusOf(store.token), await statusOf(second)]).toEqual([200, 200]);
  expect(await store.query(settings.status)).toMatchObject({ previousTokenUntil: Date.now() + DAY });
  vi.setSystemTime(Date.now() + DAY);
  expect([await statusOf(store.token), await statusOf(second)]).toEqual([401, 200]);
  const third = await rotate();
  await store.mutation(settings.revokePreviousCallback);
  expect([await statusOf(second), await statusOf(third)]).toEqual([401, 200]);
  expect(await store.query(settings.status)).toMatchObject({ previousTokenUntil: null });
});

it("a test of the connection says whether BrickLink answered, and the failure's code if it did not", async () => {
  const store = await aStore();
  const testConnection = () => store.action(api.marketplaces.bricklink.connection.settings.testConnection);
  expect(await testConnection()).toEqual({ ok: true });
  store.bricklink.nextAnswers.push(html503);
  expect(await testConnection()).toMatchObject({ ok: false, failure: { code: "unavailable" } });
});
