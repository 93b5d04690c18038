import fc from "fast-check";
import { expect, it } from "vitest";
import { mayMove } from "../../../../../local/bricklink/store/statusMoves";
import { isPast, movesFrom } from "../../../../../convex/marketplaces/bricklink/api/statusMoves";
import { decide } from "../../../../../convex/marketplaces/bricklink/outbox/decision";
import { knownStatuses } from "../../../../../convex/marketplaces/bricklink/api/orderStatus";

const anyStatus = fc.constantFrom(...knownStatuses, "SOMETHING_NEW");
const anyTarget = fc.constantFrom("PROCESSING", "READY", "PAID", "PACKED", "SHIPPED", "COMPLETED");

const anOrder = { status: "SHIPPED", orderedAt: 1, payment: {}, shipping: {} };
const seen = { statuses: ["SHIPPED"], orderedAt: 1 };

function decideStatus(status: string, target: string, seenStatus = status) {
  const change = { kind: "status", status: target } as Parameters<typeof decide>[0];
  return decide(change, { statuses: [seenStatus], orderedAt: 1 }, { ...anOrder, status }).act;
}

it("a status is sent only where the table of moves allows it, and never where the order has it", () => {
  fc.assert(
    fc.property(anyStatus, anyTarget, anyStatus, (status, target, seenStatus) => {
      const act = decideStatus(status, target, seenStatus);
      if (act === "send") expect(movesFrom(status)).toContain(target);
      if (status === target) expect(act).toBe("done");
    }),
  );
});

it("an order that is further than was seen is never set back", () => {
  fc.assert(
    fc.property(anyStatus, anyTarget, anyStatus, (status, target, seenStatus) => {
      fc.pre(status !== seenStatus && isPast(status, target));
      expect(decideStatus(status, target, seenStatus)).not.toBe("send");
    }),
  );
});

it("a shipped order is taken back to packed where that is what was seen", () => {
  expect(decideStatus("SHIPPED", "PACKED")).toBe("send");
});

it("no status is set on an order to which the buyer added since it was seen", () => {
  fc.assert(
    fc.property(anyStatus, anyTarget, (status, target) => {
      const change = { kind: "status", status: target } as Parameters<typeof decide>[0];
      const grown = { ...anOrder, status, orderedAt: 2 };
      expect(decide(change, { statuses: [status], orderedAt: 1 }, grown).act).not.toBe("send");
    }),
  );
});

it("every move that is offered is one that the simulated BrickLink accepts", () => {
  for (const status of knownStatuses) {
    for (const target of movesFrom(status))
      expect([status, target, mayMove("seller", status, target)]).toEqual([status, target, true]);
  }
});

it("a mail that was sent is done, and one that was not is sent", () => {
  const mail = { kind: "driveThru", isCopyWanted: true } as const;
  expect(decide(mail, seen, anOrder).act).toBe("send");
  expect(decide(mail, seen, { ...anOrder, isDriveThruSent: true }).act).toBe("done");
});

it("a date of shipping counts as written when BrickLink keeps it to the second", () => {
  const change = { kind: "shipping", shippedAt: 1_760_000_000_123 } as const;
  const order = { ...anOrder, shipping: { shippedAt: 1_760_000_000_000 } };
  expect(decide(change, seen, order).act).toBe("done");
});
