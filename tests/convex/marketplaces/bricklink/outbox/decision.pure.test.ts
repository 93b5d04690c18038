import fc from "fast-check";
import { expect, it } from "vitest";
import { isPast, movesFrom } from "../../../../../convex/marketplaces/bricklink/api/statusMoves";
import { decide } from "../../../../../convex/marketplaces/bricklink/outbox/decision";
import { knownStatuses } from "../../../../../convex/marketplaces/bricklink/api/orderStatus";

const anyStatus = fc.constantFrom(...knownStatuses, "SOMETHING_NEW");
const anyTarget = fc.constantFrom("PROCESSING", "READY", "PAID", "PACKED", "SHIPPED", "COMPLETED");

function decideStatus(status: string, target: string, seenStatus = status) {
  const change = { kind: "status", status: target } as Parameters<typeof decide>[0];
  return decide(change, [seenStatus], { status, payment: {}, shipping: {} }).act;
}

it("a status is sent only where the table of moves allows it, and never where the order has it", () => {
  fc.assert(
    fc.property(anyStatus, anyTarget, anyStatus, (status, target, seen) => {
      const act = decideStatus(status, target, seen);
      if (act === "send") expect(movesFrom(status)).toContain(target);
      if (status === target) expect(act).toBe("done");
    }),
  );
});

it("an order that is further than was seen is never set back", () => {
  fc.assert(
    fc.property(anyStatus, anyTarget, anyStatus, (status, target, seen) => {
      fc.pre(status !== seen && isPast(status, target));
      expect(decideStatus(status, target, seen)).not.toBe("send");
    }),
  );
});

it("a shipped order is taken back to packed where that is what was seen", () => {
  expect(decideStatus("SHIPPED", "PACKED")).toBe("send");
});

it("a mail that was sent is done, and one that was not is sent", () => {
  const mail = { kind: "driveThru", isCopyWanted: true } as const;
  const order = { status: "SHIPPED", payment: {}, shipping: {} };
  expect(decide(mail, ["SHIPPED"], order).act).toBe("send");
  expect(decide(mail, ["SHIPPED"], { ...order, isDriveThruSent: true }).act).toBe("done");
});

it("a date of shipping counts as written when BrickLink keeps it to the second", () => {
  const change = { kind: "shipping", shippedAt: 1_760_000_000_123 } as const;
  const order = { status: "SHIPPED", payment: {}, shipping: { shippedAt: 1_760_000_000_000 } };
  expect(decide(change, ["SHIPPED"], order).act).toBe("done");
});
