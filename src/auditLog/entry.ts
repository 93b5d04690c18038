import type { FunctionArgs, FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** An entry of the audit log as the list shows it. */
export type Entry = FunctionReturnType<typeof api.accounts.auditLog.list>["page"][number];
export type Deed = Entry["deed"];
export type SubjectKind = Deed["subject"]["kind"];

/** Which entries the server lists. */
export type EntryFilter = Pick<FunctionArgs<typeof api.accounts.auditLog.list>, "filter" | "from" | "until">;

/** The order and the lot that a deed is about; null for each that it is not about. */
export function placesOf({ subject }: Deed) {
  return {
    orderNumber: "orderNumber" in subject ? (subject.orderNumber ?? null) : null,
    lotId: "lotId" in subject ? (subject.lotId ?? null) : null,
    item: "item" in subject ? subject.item : null,
  };
}
