/** All text about violations, the contradictions that the audit of the stock finds. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { formatDateTime } from "../ui/time";

type Audit = NonNullable<FunctionReturnType<typeof api.orders.allocation.audit.latest>>;
type Violation = Audit["violations"][number]["violation"];

/** Quantities are pieces of one lot. */
export function violationText(violation: Violation): string {
  switch (violation.rule) {
    case "outOfRange":
      return `${violation.reserved} are reserved of ${violation.onHand} on hand.`;
    case "heldDiffers":
      return `${violation.actual} are reserved; order lines hold ${violation.expected}.`;
    case "onHandDiffers":
      return `${violation.actual} are on hand; the ledger comes to ${violation.expected}.`;
    case "reservedDiffers":
      return `${violation.actual} are reserved; the ledger comes to ${violation.expected}.`;
    case "gap":
      return `The ledger entry of ${formatDateTime(violation.at)} does not start where the entry before it ended.`;
  }
}
