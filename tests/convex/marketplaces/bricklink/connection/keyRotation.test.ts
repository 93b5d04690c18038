import { expect, it } from "vitest";
import { aMember, api, aStore, internal, type Store, useFakeClock } from "../../../../support";

useFakeClock();

const { settings } = api.marketplaces.bricklink.connection;
const { reencryptAll, replace } = internal.marketplaces.bricklink.connection.keyRotation;

const newKey = btoa("n".repeat(32));
const keys = {
  consumerKey: "CONSUMER-KEY-0001",
  consumerSecret: "CONSUMER-SECRET-02",
  tokenValue: "TOKEN-VALUE-000003",
  tokenSecret: "short",
};

/** Runs `work` as an operator does it: with a new CREDENTIALS_KEY and, until it is done, the one before. */
async function rotating(work: () => Promise<void>): Promise<void> {
  const oldKey = process.env.CREDENTIALS_KEY ?? "";
  process.env.CREDENTIALS_KEY_PREVIOUS = oldKey;
  process.env.CREDENTIALS_KEY = newKey;
  try {
    await work();
  } finally {
    process.env.CREDENTIALS_KEY = oldKey;
    delete process.env.CREDENTIALS_KEY_PREVIOUS;
  }
}

async function credentialOf({ t, businessAccountId }: Store) {
  return await t.run((ctx) =>
    ctx.db
      .query("marketplaceCredentials")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
      .unique(),
  );
}

it("the keys of all stores work before, during and after a change of the credentials key", async () => {
  const store = await aStore();
  const other = await aStore(store.t);
  const testConnection = () => store.action(settings.testConnection);
  await rotating(async () => {
    expect(await testConnection()).toEqual({ ok: true });
    expect(await store.t.action(reencryptAll, {})).toEqual({ stores: 2 });
    expect(await store.t.action(reencryptAll, {})).toEqual({ stores: 0 });
    delete process.env.CREDENTIALS_KEY_PREVIOUS;
    expect(await testConnection()).toEqual({ ok: true });
    expect(await other.action(settings.testConnection)).toEqual({ ok: true });
  });
  await expect(testConnection()).rejects.toThrow("is not set");
});

it("a change of the credentials key keeps keys that an owner enters meanwhile", async () => {
  const store = await aStore();
  const before = await credentialOf(store);
  if (before === null) throw new Error("The store has no credential.");
  await rotating(async () => {
    await store.action(settings.connect, { keys });
    const entered = await credentialOf(store);
    await store.t.mutation(replace, {
      credentialId: before._id,
      replaced: before.encryptedKeys,
      encryptedKeys: before.encryptedKeys,
    });
    expect(await credentialOf(store)).toEqual(entered);
  });
});

it("an owner sees the last four characters of each long key, and others none", async () => {
  const store = await aStore();
  await store.action(settings.connect, { keys });
  expect(await store.query(settings.status)).toMatchObject({
    keyEndings: { consumerKey: "0001", consumerSecret: "T-02", tokenValue: "0003", tokenSecret: "" },
  });
  const staff = await aMember(store.t, store.businessAccountId, "staff");
  const { businessAccountId } = store;
  expect(await staff.query(settings.status, { businessAccountId })).toMatchObject({ keyEndings: null });
});
