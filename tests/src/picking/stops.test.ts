import { expect, it } from "vitest";
import { toPickList, withTotes, type PickListOrder } from "../../../src/picking/pickList";
import { withPendingTicks } from "../../../src/picking/pendingLines";
import type { SeenLine } from "../../../src/picking/pendingTicks";
import { neighbourOf, nextToDo, quantitiesByTote, toStops, toteStateOf } from "../../../src/picking/stops";

type Line = PickListOrder["lines"][number];

/** A line of two red bricks in A01, reserved and not picked, unless `changes` say otherwise. */
function aLine(changes: Partial<Line> = {}): Line {
  const line: Partial<Line> = {
    lineId: `line ${changes.location ?? "A01"}` as Line["lineId"],
    itemType: "PART",
    partNumber: "3001",
    itemName: "Brick 2 x 4",
    colorId: 5,
    condition: "new",
    completeness: null,
    quantity: 2,
    location: "A01",
    matchedBy: "sourceLot",
    reservedQuantity: 2,
    shortQuantity: 0,
    pickStatus: "unpicked",
    pickedQuantity: 0,
    picked: null,
    losses: { missing: 0, damaged: 0 },
    otherBins: [],
    ...changes,
  };
  return line as Line;
}

function anOrder(orderNumber: number, lines: Line[], tote: number | null = null): PickListOrder {
  return { orderNumber, buyerName: null, status: "PAID", tab: "toPack", isPaid: true, lines, tote };
}

const picked = { pickStatus: "picked", pickedQuantity: 2 } as const;

it("totes are numbered by the address, in which an order that is closed or missing keeps its number", () => {
  const found = [anOrder(12, []), anOrder(10, [])];
  expect(withTotes(found, [10, 11, 12]).map(({ tote }) => tote)).toEqual([3, 1]);
  expect(withTotes([anOrder(10, [])], [10]).map(({ tote }) => tote)).toEqual([null]);
});

it("a stop says how many of its goods go into which tote, the batches of an order together", () => {
  const stops = toStops(
    toPickList([
      anOrder(11, [aLine({ quantity: 1 })], 2),
      anOrder(10, [aLine({ quantity: 3 }), aLine({ batch: 1 })], 1),
    ]),
  );
  expect(stops).toHaveLength(1);
  expect(stops.flatMap(quantitiesByTote)).toEqual([
    { orderNumber: 10, tote: 1, quantity: 5 },
    { orderNumber: 11, tote: 2, quantity: 1 },
  ]);
});

it("a stop with a tote that has its pieces and one that does not asks for those of the latter, a picked one shows all", () => {
  const stopOf = (second: Partial<Line>) =>
    toStops(toPickList([anOrder(10, [aLine(picked)], 1), anOrder(11, [aLine(second)], 2)]))[0];
  const half = stopOf({ quantity: 9, pickStatus: "changed", pickedQuantity: 4 });
  expect(half?.toTake).toBe(5);
  expect(half && quantitiesByTote(half).map(({ quantity }) => quantity)).toEqual([0, 5]);
  expect(stopOf(picked)?.toTake).toBe(4);
});

it("the next stop is the first with something to do, past the end one that was skipped, and none when all are done", () => {
  const places = ["A01", "A02", "A10"];
  const walk = (done: string[]) =>
    toStops(
      toPickList([
        anOrder(
          10,
          places.map((location) => aLine({ location, ...(done.includes(location) && picked) })),
        ),
      ]),
    );
  const from = (done: string[], at: string) => {
    const stops = walk(done);
    return nextToDo(stops, stops.find(({ location }) => location === at) ?? null)?.location;
  };
  expect(from([], "A01")).toBe("A02");
  expect(from([], "A02")).toBe("A10");
  expect(from(["A02"], "A01")).toBe("A10");
  expect(from(["A02"], "A10")).toBe("A01");
  expect(from(["A01", "A02"], "A10")).toBeUndefined();
  const stops = walk([]);
  expect(neighbourOf(stops, null, -1)?.location).toBe("A10");
  expect(neighbourOf(stops, stops[0] ?? null, -1)).toBeNull();
});

it("a line of which there is nothing to take is not to do, and makes its tote short", () => {
  const none = aLine({ location: "B01", reservedQuantity: 0, shortQuantity: 2 });
  const [stop] = toStops(toPickList([anOrder(10, [none])]));
  expect(stop).toMatchObject({ isToDo: false, isPicked: false, shortQuantity: 2 });
  expect(toteStateOf(anOrder(10, [aLine(), none])).state).toBe("toPick");
  expect(toteStateOf(anOrder(10, [aLine(picked), none])).state).toBe("short");
  expect(toteStateOf(anOrder(10, [aLine(picked)])).state).toBe("complete");
});

it("a tote counts what is left in stops as its walk does, so two batches of the same goods are one", () => {
  const order = anOrder(10, [aLine(), aLine({ batch: 1 }), aLine({ location: "B01" })]);
  expect(toteStateOf(order).stopsLeft).toBe(2);
});

it("ticks that are not sent show in their order, and no tote with one counts as complete", () => {
  const line = aLine();
  const tick = { id: "1", memberId: "m", lineIds: [line.lineId], isPicked: true, at: 5 };
  const [ticked] = withPendingTicks([line], [tick]);
  expect(ticked).toMatchObject({ isPending: true, ...picked, picked: { isYou: true, at: 5 } });
  expect(toteStateOf(anOrder(10, ticked ? [ticked] : [])).state).toBe("pending");
  const [undone] = withPendingTicks([line], [tick, { ...tick, id: "2", isPicked: false }]);
  expect(undone).toMatchObject({ isPending: true, pickStatus: "unpicked", pickedQuantity: 0, picked: null });
  expect(withPendingTicks([line], [{ ...tick, lineIds: [] }])[0]).toBe(line);
});

it("a tick that is not sent counts the pieces that were seen when it was made, and the rest of its stop is to do", () => {
  const seen = (quantity: number): Record<string, SeenLine> => ({
    [aLine().lineId]: { quantity, orderNumber: 10, itemName: "Brick 2 x 4" },
  });
  const stopAfter = (line: Line, quantity: number) => {
    const tick = {
      id: "1",
      memberId: "m",
      lineIds: [line.lineId],
      isPicked: true,
      at: 5,
      seen: seen(quantity),
    };
    const [stop] = toStops(toPickList([anOrder(10, withPendingTicks([line], [tick]))]));
    return stop;
  };
  const more = aLine({ quantity: 9, reservedQuantity: 9 });
  expect(stopAfter(more, 4)).toMatchObject({
    isToDo: true,
    isPicked: false,
    isPending: true,
    toTake: 5,
    lines: [{ pickStatus: "changed", pickedQuantity: 4 }],
  });
  expect(stopAfter(more, 9)).toMatchObject({ isToDo: false, isPicked: true });
  expect(stopAfter(aLine({ quantity: 1 }), 4)?.lines).toMatchObject([{ ...picked, pickedQuantity: 1 }]);
  // A colleague has picked all of it meanwhile.
  expect(stopAfter({ ...more, ...picked, pickedQuantity: 9 }, 4)?.lines).toMatchObject([
    { pickedQuantity: 9 },
  ]);
});
