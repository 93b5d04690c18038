import { expect, it } from "vitest";
import { killing } from "../soak/killing";

it("three kills under load lose no acknowledged order and reserve no piece twice", async () => {
  const result = await killing({ kills: 3, seed: 11, faultProfile: "webhookChaos", settleWithinMs: 60_000 });
  expect(result).toMatchObject({ kills: 3, lost: 0, doubled: 0 });
  expect(result.checks).toBeGreaterThan(20);
});
