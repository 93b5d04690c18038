import { expect, it } from "vitest";
import { aMember, api, aStore, auditLogOf, errorCodeOf, type Store, useFakeClock } from "../../support";

useFakeClock();

const { get, save } = api.accounts.parcelSettings;

const nothing = { thanks: "", returnAddress: "", countryCode: null };
const settings = {
  thanks: "Thank you, and happy building!",
  returnAddress: "Angry Bricks\n1 Plate Lane\nStudley",
  countryCode: "GB",
};

const refusalOf = (store: Store, changes: Partial<typeof settings>) =>
  errorCodeOf(store.mutation(save, { ...nothing, ...changes }));

it("what an owner saves for slips and labels is trimmed, read by every member, and by no other store", async () => {
  const store = await aStore();
  const { businessAccountId, t } = store;
  expect(await store.query(get)).toEqual(nothing);
  const { returnAddress } = settings;
  await store.mutation(save, {
    ...settings,
    thanks: " Thank you,\nand happy building! ",
    returnAddress: `\n ${returnAddress.replace("\n", "  \r\n\n")} \n`,
  });
  const viewer = await aMember(t, businessAccountId, "viewer");
  expect(await viewer.query(get, { businessAccountId })).toEqual(settings);
  expect(await (await aStore(t)).query(get)).toEqual(nothing);
});

it("a text that does not fit on paper and a country that is no code are refused, each by its own code", async () => {
  const store = await aStore();
  expect(await refusalOf(store, { thanks: "t".repeat(200) })).toBe("allowed");
  expect(await refusalOf(store, { thanks: "t".repeat(201) })).toBe("thanksTooLong");
  expect(await refusalOf(store, { returnAddress: "a\n".repeat(6) })).toBe("allowed");
  expect(await refusalOf(store, { returnAddress: "a\n".repeat(7) })).toBe("returnAddressTooLong");
  expect(await refusalOf(store, { returnAddress: "a".repeat(301) })).toBe("returnAddressTooLong");
  expect(await refusalOf(store, { countryCode: "gb" })).toBe("countryInvalid");
});

it("saving what is saved already leaves no second entry in the audit log", async () => {
  const store = await aStore();
  await store.mutation(save, nothing);
  expect(await auditLogOf(store)).toEqual([]);
  await store.mutation(save, settings);
  await store.mutation(save, { ...settings, thanks: ` ${settings.thanks}` });
  expect(await auditLogOf(store)).toHaveLength(1);
});
