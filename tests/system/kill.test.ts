/** `npm start` killed with SIGKILL at random moments under load. */
import { expect, it } from "vitest";
import { systemCrash } from "../soak/systemCrash";

it("three kills under load lose no acknowledged order and no change, and reserve no piece twice", async () => {
  const result = await systemCrash({
    kills: 3,
    seed: 11,
    faultProfile: "webhookChaos",
    completeWithinMs: 60_000,
  });
  expect(result).toMatchObject({ kills: 3, lost: 0, duplicated: 0 });
  expect(result.checks).toBeGreaterThan(20);
  expect(result.clicks).toBeGreaterThan(3);
});
