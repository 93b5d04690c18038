import { expect, it } from "vitest";
import {
  markingText,
  parcelConcerns,
  pendingText,
  requestedText,
  secondsUntil,
  writeStateText,
} from "../../../src/changes/changeText";
import { nextMove } from "../../../src/changes/nextMove";
import {
  decidedShipping,
  isLinkOrEmpty,
  shippingChange,
  shippingValues,
} from "../../../src/changes/shipping";
import type { Requested, Write } from "../../../src/changes/types";

const NOW = Date.UTC(2026, 10, 20, 10);

function aWrite(fields: Partial<Write> = {}): Write {
  return {
    writeId: "w" as Write["writeId"],
    orderNumber: 100,
    change: { kind: "status", status: "PACKED" },
    status: "waiting",
    outcome: null,
    problem: null,
    attempts: 0,
    requestedAt: NOW,
    requestedBy: "ann",
    isYours: true,
    dueAt: NOW + 10_000,
    closedAt: null,
    isWithdrawable: true,
    isDismissed: false,
    ...fields,
  };
}

it("a change that can be taken back says in how many seconds it is sent", () => {
  const change = { kind: "filing", isFiled: true } as const;
  expect(writeStateText(aWrite({ change }), NOW + 3_100)).toBe("is sent in 7 s");
  expect(markingText(aWrite({ change }), NOW + 3_100)).toBeNull();
  expect(markingText(aWrite(), NOW + 3_100)).toBe("Marking as packed in 7 s");
  expect(secondsUntil(NOW, NOW + 5_000)).toBe(1);
});

it("a change whose answer was lost is not called sent, and says when the order is looked up", () => {
  const write = aWrite({ attempts: 1, problem: { code: "timeout" }, dueAt: NOW + 120_000 });
  expect(writeStateText(write, NOW)).toBe(
    "is not confirmed yet. BrickLink did not answer in time. The order is looked up in 2 min; what it has already is not sent again.",
  );
});

it.each([
  ["readOnly", undefined, "only read"],
  ["expired", undefined, "within a day"],
  ["moveNotAllowed", "CANCELLED", "“Cancelled”"],
  ["orderClosed", "PURGED", "“Purged”"],
  ["rejected", "NOT_IN_UPDATABLE_STATUS", "NOT_IN_UPDATABLE_STATUS"],
  ["somethingNew", undefined, "Look at the order on BrickLink"],
])("a refusal with the code %s says what happened", (code, detail, expected) => {
  const problem = { code, ...(detail !== undefined && { detail }) };
  expect(writeStateText(aWrite({ status: "refused", problem }), NOW)).toContain(expected);
});

it("several changes about to be sent are told as one", () => {
  expect(pendingText([aWrite()])).toBe("To be sent: Packed for order 100");
  expect(pendingText([aWrite(), aWrite({ orderNumber: 101 })])).toBe("To be sent: Packed for 2 orders");
  expect(pendingText([aWrite(), aWrite({ change: { kind: "filing", isFiled: true } })])).toBe(
    "To be sent: 2 changes",
  );
});

it("the result of a selection counts what is sent and names why the others are left out", () => {
  const requested = (reason?: Requested["reason"]): Requested => ({
    orderNumber: 1,
    kind: "status",
    writeId: reason ? null : ("w" as Write["writeId"]),
    ...(reason && { reason }),
  });
  expect(requestedText("“Packed”", [requested(), requested(), requested("alreadySo")])).toBe(
    "“Packed” is sent for 2 orders. 1 left out: already so.",
  );
  expect(requestedText("“Packed”", [requested("notFound")])).toBe(
    "Nothing to send. 1 left out: not in this store.",
  );
});

const unpicked = {
  quantity: 2,
  shortQuantity: 0,
  matchedBy: "exact",
  pickStatus: "unpicked",
  pickedQuantity: 0,
} as const;
const picked = { ...unpicked, pickStatus: "picked", pickedQuantity: 2 } as const;
const nothingThere = { ...unpicked, shortQuantity: 2 } as const;

it.each([
  ["PAID", [unpicked, picked], ["PACKED", "SHIPPED"], "pick"],
  ["PAID", [picked, picked], ["PACKED", "SHIPPED"], "PACKED"],
  ["PACKED", [picked], ["SHIPPED"], "SHIPPED"],
  ["PAID", [picked], [], null],
  ["PAID", [picked, nothingThere], ["PACKED", "SHIPPED"], "PACKED"],
  ["PAID", [nothingThere], ["PACKED", "SHIPPED"], "pick"],
] as const)("the next step of a %s order with lines %j and moves %j is %s", (status, lines, moves, next) => {
  expect(nextMove({ status, tab: "toPack", lines }, { moves: [...moves], writes: [] })).toBe(next);
});

it("an order whose status is on its way to BrickLink has no next step", () => {
  const changes = { moves: ["PACKED" as const], writes: [aWrite()] };
  expect(nextMove({ status: "PAID", tab: "toPack", lines: [picked] }, changes)).toBeNull();
});

it("an unpaid, short or unfinished parcel has concerns, a finished one none", () => {
  const order = { isPaid: true, shortQuantity: 0, unmatchedLines: 0, pickedLines: 2, lineCount: 2 };
  expect(parcelConcerns(order)).toEqual([]);
  expect(parcelConcerns({ ...order, isPaid: false, shortQuantity: 1, pickedLines: 1 })).toHaveLength(3);
});

const shipped = {
  trackingNumber: "3S1",
  trackingLink: null,
  shippedAt: NOW,
  shippingMethod: "Letter",
  shippingMethodId: 1,
};

it("details of shipping that are left as they were make no change", () => {
  expect(shippingChange(shippingValues(shipped, NOW), shipped)).toBeNull();
});

it("only the details of shipping that were changed are sent", () => {
  const values = { ...shippingValues(shipped, NOW), trackingLink: " https://track.test/3S1 " };
  expect(shippingChange(values, shipped)).toEqual({
    kind: "shipping",
    trackingLink: "https://track.test/3S1",
  });
});

it.each([
  [null, null],
  [1, null],
  [2, { kind: "shipping", methodId: 2 }],
])("the shipping method %j, chosen where the order has 1, makes the change %j", (methodId, expected) => {
  expect(shippingChange({ ...shippingValues(shipped, NOW), methodId }, shipped)).toEqual(expected);
});

it("a tracking number that is corrected before it was sent shows the link that waits with it, which can be cleared", () => {
  const change = { kind: "shipping", trackingNumber: "AAA", trackingLink: "https://track.test/AAA" } as const;
  const order = { ...shipped, trackingNumber: null };
  const decided = decidedShipping(order, [aWrite({ change })], NOW);
  expect(shippingValues(decided, NOW)).toMatchObject({ trackingLink: change.trackingLink });
  const corrected = { ...shippingValues(decided, NOW), trackingNumber: "BBB", trackingLink: "" };
  expect(shippingChange(corrected, decided)).toEqual({
    kind: "shipping",
    trackingNumber: "BBB",
    trackingLink: "",
  });
  const sent = aWrite({ change, status: "sent", closedAt: NOW });
  expect(decidedShipping(order, [sent], NOW + 1_000)).toMatchObject({ trackingNumber: "AAA" });
  expect(decidedShipping(order, [sent], NOW + 60_000)).toEqual(order);
});

it("a tracking link is a whole web address or nothing", () => {
  expect(["", "https://a.test/1"].every(isLinkOrEmpty)).toBe(true);
  expect(["javascript:alert(1)", "track.test/1", "https:// x", "https://"].some(isLinkOrEmpty)).toBe(false);
});
