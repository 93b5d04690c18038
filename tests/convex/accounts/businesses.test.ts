import { expect, it } from "vitest";
import { aBackend, aMember, api, errorCodeOf, useFakeClock } from "../../support";

useFakeClock();

it("a person who creates a store becomes its owner, and belongs to no other store", async () => {
  const person = await aMember(aBackend(), undefined);
  expect((await person.query(api.accounts.businesses.mine, {})).businesses).toEqual([]);
  const businessAccountId = await person.mutation(api.accounts.businesses.create, {
    name: "  Angry Bricks ",
  });
  const { businesses } = await person.query(api.accounts.businesses.mine, {});
  expect(businesses).toEqual([{ businessAccountId, name: "Angry Bricks", role: "owner" }]);
  expect(await errorCodeOf(person.mutation(api.accounts.businesses.create, { name: " " }))).toBe(
    "nameInvalid",
  );
});
