import { expect, it } from "vitest";
import { failureCodeValidator } from "../../../convex/marketplaces/bricklink/api/failure";
import { fetchText } from "../../../src/health/fetchText";
import { pauseText, problemText } from "../../../src/health/problemText";
import { violationText } from "../../../src/health/violationText";
import { importText } from "../../../src/inventory/importText";

it("every failure code of the server has a sentence of its own", () => {
  const unknown = problemText({ code: "a code that does not exist" });
  const sentences = failureCodeValidator.members.map(({ value }) => problemText({ code: value }));
  expect(new Set(sentences).size).toBe(sentences.length);
  expect(sentences).not.toContain(unknown);
});

it("what BrickLink itself said follows the sentence in brackets", () => {
  expect(problemText({ code: "notFound", detail: "RESOURCE_NOT_FOUND" })).toBe(
    "BrickLink does not have it. (RESOURCE_NOT_FOUND)",
  );
});

it("an order that staff asked for is said to be on its way, here, or why it is not", () => {
  const fetch = { resourceId: 100, nextAttemptAt: null, failure: null };
  expect(fetchText({ ...fetch, status: "processing" })).toBe("Order 100 is being fetched.");
  expect(fetchText({ ...fetch, status: "completed" })).toBe("Order 100 is here and up to date.");
  const failed = { ...fetch, status: "failed" as const, failure: { code: "notFound" } };
  expect(fetchText(failed)).toBe("Order 100 could not be fetched. BrickLink does not have it.");
  expect(fetchText({ ...failed, nextAttemptAt: 1 })).toContain("tried again by itself");
});

it("a paused store is told why it waits and that no order is lost", () => {
  expect(pauseText({ reason: "circuitOpen", failures: 6 })).toContain("6 times in a row");
  expect(pauseText({ reason: "circuitOpen", failures: 6 })).toContain("No order is lost");
  expect(pauseText({ reason: "circuitOpen", failures: 1 })).toContain("has failed once, so");
  expect(pauseText({ reason: "outOfCalls" })).toContain("calls to BrickLink are used up");
});

it.each([
  [{ rule: "heldDiffers", actual: 2, expected: 0 }, "held by order lines: 0"],
  [{ rule: "onHandDiffers", actual: 9, expected: 3 }, "by the ledger: 3"],
  [{ rule: "outOfRange", reserved: 4, onHand: 3 }, "Reserved: 4, on hand: 3"],
  [{ rule: "gap", at: 0 }, "does not start where"],
] as const)("the violation %o is worded", (violation, text) => {
  expect(violationText(violation)).toContain(text);
});

it("an import says how many lots it wrote and left out, and why an empty list is not imported", () => {
  expect(importText({ step: "imported", count: 30 })).toBe("30 lots imported.");
  expect(importText({ step: "imported", count: 30, leftOut: 2 })).toContain("could not be read: 2 lots.");
  expect(importText({ step: "imported", count: 30, uncounted: 1 })).toContain(
    "too many open orders need the same goods: 1 lot.",
  );
  expect(importText({ step: "imported", count: 30, recounted: 2 })).toContain(
    "2 lots had been counted by a person",
  );
  expect(
    importText({
      step: "imported",
      count: 30,
      unreadableOrders: [101],
      unreadableOrderCount: 2,
      uncertain: 3,
    }),
  ).toContain("2 orders could not be read (101, 1 other), so what they hold is not counted.");
  expect(importText({ step: "imported", count: 30, deferred: 2 })).toContain("fewer pieces of 2 lots");
  expect(importText({ step: "imported", count: 30, lowered: 1 })).toContain("were taken off: 1 lot.");
  expect(importText({ step: "closedStore" })).toContain("closed store");
  expect(importText({ step: "readingOrders", count: 1 })).toContain("Reading 1 order first");
  expect(
    importText({ step: "unreadableOrders", unreadableOrders: [101], unreadableOrderCount: 1 }),
  ).toContain("See Events for the reason");
  expect(importText({ step: "failure", failure: { code: "timeout" } })).toContain("did not answer");
});
