/** The kinds of subject in the audit log, in words. */
import type { SubjectKind } from "./entry";

export const kindLabels: Record<SubjectKind, string> = {
  order: "Orders and picking",
  lot: "Counts of lots",
  notification: "Retried events",
  run: "Imports and checks",
  buyer: "Buyers' personal data",
  member: "Roles, passwords and removals",
  invitation: "Invitations",
  credential: "Keys and callback URL",
  setting: "Pause and poll",
  store: "The store itself",
};
