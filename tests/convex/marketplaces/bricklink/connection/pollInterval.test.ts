import { expect, it } from "vitest";
import { isPollDue } from "../../../../../convex/marketplaces/bricklink/connection/pollInterval";
import { api, aStore, errorCodeOf, MINUTE, useFakeClock } from "../../../../support";

useFakeClock();

it("a cron run polls a store when the store's poll interval has passed since its last poll", () => {
  const now = 1_000_000_000;
  const minutesAgo = (minutes: number) => now - minutes * MINUTE;
  expect(isPollDue(3, minutesAgo(1), now)).toBe(true);
  expect(isPollDue(15, undefined, now)).toBe(true);
  expect(isPollDue(15, minutesAgo(11.9), now)).toBe(false);
  expect(isPollDue(15, minutesAgo(14.9), now)).toBe(true);
});

it("a poll interval that is offered is stored, and any other is refused", async () => {
  const store = await aStore();
  const set = (minutes: number) =>
    errorCodeOf(store.mutation(api.marketplaces.bricklink.connection.settings.setPollInterval, { minutes }));
  expect(await set(1)).toBe("intervalInvalid");
  expect(await set(15)).toBe("allowed");
  expect(await store.query(api.marketplaces.bricklink.connection.settings.status)).toMatchObject({
    pollIntervalMinutes: 15,
  });
});
