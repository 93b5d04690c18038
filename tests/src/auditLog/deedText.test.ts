import { expect, it } from "vitest";
import { deedText } from "../../../src/auditLog/deedText";
import type { Deed } from "../../../src/auditLog/entry";

const item = { partNumber: "3001", itemName: "Brick 2 x 4", colorName: "Red", location: "A01" };
const line = { kind: "order", orderNumber: 100, item } as const;
const lot = {
  kind: "lot",
  lotId: "lot" as Extract<Deed, { action: "lotAdjusted" }>["subject"]["lotId"],
  item,
} as const;
const member = {
  kind: "member",
  userId: "ann" as Extract<Deed, { action: "roleChanged" }>["subject"]["userId"],
} as const;

it.each<[string, Deed, string]>([
  [
    "a picked line",
    { action: "linePicked", subject: line, before: 0, after: 4 },
    "Picked 4 × Red Brick 2 x 4 (3001)",
  ],
  [
    "a line picked again after it changed",
    { action: "linePicked", subject: line, before: 4, after: 5 },
    "Picked 5 × Red Brick 2 x 4 (3001), 4 before",
  ],
  [
    "a report of lost pieces that was taken back",
    { action: "lossUndone", subject: line, reason: "missing", quantity: 1 },
    "Took back the report of 1 missing of Red Brick 2 x 4 (3001)",
  ],
  [
    "a count that changed on hand",
    { action: "lotAdjusted", subject: lot, reason: "damaged", before: 10, after: 8 },
    "Changed on hand from 10 to 8, damaged: Red Brick 2 x 4 (3001)",
  ],
  [
    "a count that found the same number",
    { action: "lotAdjusted", subject: lot, reason: "counted", before: 8, after: 8 },
    "Confirmed 8 on hand, counted: Red Brick 2 x 4 (3001)",
  ],
  [
    "a changed role",
    { action: "roleChanged", subject: member, before: "viewer", after: "staff" },
    "Changed the role of ann from Viewer to Staff",
  ],
  [
    "a status that was asked for",
    {
      action: "orderChangeRequested",
      subject: { kind: "order", orderNumber: 1 },
      change: "status",
      after: "PACKED",
    },
    "Asked BrickLink to change: the status to “Packed”",
  ],
  [
    "a changed poll interval",
    { action: "pollIntervalChanged", subject: { kind: "setting" }, before: 3, after: 60 },
    "Had BrickLink asked every hour instead of every 3 minutes",
  ],
])("%s is worded", (_, deed, sentence) => {
  expect(deedText({ deed, member: deed.subject.kind === "member" ? "ann" : null })).toBe(sentence);
});
