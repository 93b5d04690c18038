/** The conflict recorder of the local host, which shows what Convex would have retried; convex-test has none. */
import { expect, it } from "vitest";
import type { ConflictRecorder } from "../../local/host/testing";
import { anEvent, anOrder, aStore, internal, type Store, useFakeClock } from "../support";

useFakeClock();

const { replace } = internal.marketplaces.bricklink.connection.keyRotation;

/** Rehearses a change of a store's connection: its keys as they are, encrypted with another key. */
async function rehearseChange({ t, businessAccountId }: Store, keyId: string) {
  const credential = await t.run((ctx) =>
    ctx.db
      .query("marketplaceCredentials")
      .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
      .unique(),
  );
  if (credential === null) throw new Error("The store is not connected.");
  const { _id: credentialId, encryptedKeys: replaced } = credential;
  const recorder = t as unknown as ConflictRecorder;
  return await recorder.rehearse(replace, { credentialId, replaced, encryptedKeys: { ...replaced, keyId } });
}

it("two changes of one store's connection conflict, and those of two stores do not; neither is kept", async () => {
  const store = await aStore();
  const other = await aStore(store.t);
  const first = await rehearseChange(store, "one");
  const second = await rehearseChange(store, "two");
  const elsewhere = await rehearseChange(other, "three");
  expect(second.conflictsAfter(first)).toContain("marketplaceCredentials.by_id");
  expect(elsewhere.conflictsAfter(first)).toEqual([]);
  const stored = await store.t.run((ctx) => ctx.db.query("marketplaceCredentials").take(2));
  expect(stored.map(({ encryptedKeys }) => encryptedKeys.keyId)).not.toContain("one");
});

it("the mutations that ran are recorded in order, and a stored order conflicts with the claim that it ends", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  const recorder = store.t as unknown as ConflictRecorder;
  const ran = await recorder.recordMutations(async () => {
    await store.postCallback(anEvent(100));
    await store.runDue();
  });
  const claim = ran.find(({ name }) => name.endsWith(":processNotification"));
  const stored = ran.find(({ name }) => name.endsWith(":upsertOrder"));
  if (!claim || !stored) throw new Error("The callback was not processed.");
  expect(ran.indexOf(claim)).toBeLessThan(ran.indexOf(stored));
  expect(stored.conflictsAfter(claim)).toContain("bricklinkNotifications.by_id");
  expect(await recorder.recordMutations(() => Promise.resolve())).toEqual([]);
});
