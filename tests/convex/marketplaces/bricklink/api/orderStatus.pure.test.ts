import { expect, it } from "vitest";
import { knownStatuses, tabOf } from "../../../../../convex/marketplaces/bricklink/api/orderStatus";
import { phaseOf } from "../../../../../convex/orders/tabs";

it("every status but the shipped and cancelled ones keeps stock reserved, and an unknown one is a problem", () => {
  const closed = new Set(["SHIPPED", "RECEIVED", "COMPLETED", "CANCELLED", "PURGED"]);
  for (const status of knownStatuses) expect(phaseOf(tabOf(status)) === "open").toBe(!closed.has(status));
  expect([phaseOf(tabOf("NEW_STATUS")), tabOf("NEW_STATUS")]).toEqual(["open", "problem"]);
  // The name of a property that every object inherits.
  expect(phaseOf(tabOf("constructor"))).toBe("open");
});
