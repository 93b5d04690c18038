import { expect, it } from "vitest";
import { aBackend, aMember, anInvitation, api, aStore, errorCodeOf, useFakeClock } from "../../support";

useFakeClock();

it("a person who creates a store becomes its owner, and belongs to no other store", async () => {
  const person = await aMember(aBackend(), undefined);
  expect((await person.query(api.accounts.businesses.mine, {})).businesses).toEqual([]);
  const businessAccountId = await person.mutation(api.accounts.businesses.create, {
    name: "  Angry Bricks ",
  });
  const { businesses } = await person.query(api.accounts.businesses.mine, {});
  expect(businesses).toMatchObject([
    { businessAccountId, name: "Angry Bricks", role: "owner", waitingLimitHours: 48 },
  ]);
  expect(await errorCodeOf(person.mutation(api.accounts.businesses.create, { name: " " }))).toBe(
    "nameInvalid",
  );
});

it("a person belongs to at most fifty stores, by creating or by joining", async () => {
  const store = await aStore();
  const person = await aMember(store.t, undefined);
  const create = () => errorCodeOf(person.mutation(api.accounts.businesses.create, { name: "Another" }));
  for (let count = 0; count < 50; count += 1) expect(await create()).toBe("allowed");
  expect(await create()).toBe("tooMany");
  const { token } = await anInvitation(store);
  expect(await errorCodeOf(person.action(api.accounts.invitations.accept, { token }))).toBe("tooMany");
  expect((await person.query(api.accounts.businesses.mine, {})).businesses).toHaveLength(50);
});
