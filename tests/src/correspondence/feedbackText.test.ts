import { expect, it } from "vitest";
import { feedbackText, praiseLabel } from "../../../src/correspondence/feedbackText";
import { unreadText } from "../../../src/correspondence/unreadText";

it.each([
  [{ direction: "received", rating: "praise", comment: "Quick!" }, "The buyer left praise: “Quick!”"],
  [{ direction: "received", rating: "complaint", comment: " " }, "The buyer left a complaint"],
  [{ direction: "given", rating: "neutral", comment: "So so" }, "Your store left neutral feedback: “So so”"],
] as const)("feedback is worded by who left it, its rating and what it says: %j", (feedback, sentence) => {
  expect(feedbackText({ ...feedback, feedbackId: 1 })).toBe(sentence);
});

it("counts are worded in the singular and the plural", () => {
  expect([unreadText(1), unreadText(2)]).toEqual(["1 unread message", "2 unread messages"]);
  expect([praiseLabel(1), praiseLabel(2)]).toEqual(["Praise the buyer", "Praise 2 buyers"]);
});
