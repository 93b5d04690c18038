import { expect, it } from "vitest";
import { knownStatuses, phaseOf, tabOf } from "../../../convex/marketplaces/bricklink/orderStatus";

it("every status but the shipped and cancelled ones keeps stock reserved, and an unknown one is a problem", () => {
  const closed = new Set(["SHIPPED", "RECEIVED", "COMPLETED", "CANCELLED", "PURGED"]);
  for (const status of knownStatuses) expect(phaseOf(status) === "open").toBe(!closed.has(status));
  expect([phaseOf("NEW_STATUS"), tabOf("NEW_STATUS")]).toEqual(["open", "problem"]);
  // The name of a property that every object inherits.
  expect(phaseOf("constructor")).toBe("open");
});
