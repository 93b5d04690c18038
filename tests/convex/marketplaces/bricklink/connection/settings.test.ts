import { expect, it } from "vitest";
import { aMember, api, aStore, html503, useFakeClock } from "../../../../support";

useFakeClock();

const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };

it("connecting stores encrypted keys and the hash of the callback token, and a new callback URL replaces the old", async () => {
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
  expect(await statusOf(token)).toBe(401);
  expect(await statusOf(rotated.callbackUrl.split("/").at(-1) ?? "")).toBe(200);
});

it("a test of the connection says whether BrickLink answered, and the failure's code if it did not", async () => {
  const store = await aStore();
  const testConnection = () => store.action(api.marketplaces.bricklink.connection.settings.testConnection);
  expect(await testConnection()).toEqual({ ok: true });
  store.bricklink.nextAnswers.push(html503);
  expect(await testConnection()).toMatchObject({ ok: false, failure: { code: "unavailable" } });
});
