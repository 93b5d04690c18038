/** What becomes of the ticks that a device keeps, by what the server answers. */
import { ConvexError } from "convex/values";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { addTick, pendingTicks, type PendingTick } from "../../../src/picking/pendingTicks";
import { keepSendingTicks, type SendTick } from "../../../src/picking/sendTicks";
import { addNotice, dismissNotices, tickNotices } from "../../../src/picking/tickNotices";

type LineId = PendingTick["lineIds"][number];

let stored: Map<string, string>;
let end: () => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
  stored = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});

afterEach(() => {
  end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Keeps a tick of one line, made after 4 pieces of order 12's were taken. */
function tick(line: string, { isPicked = true, memberId = "ann" } = {}): void {
  const lineId = line as LineId;
  const seen = { [lineId]: { quantity: 4, orderNumber: 12, itemName: "Brick 2 x 4" } };
  addTick({ memberId, lineIds: [lineId], isPicked, seen });
}

/** Sends Ann's ticks, and lets the answers that are there arrive. */
async function sendTo(server: SendTick) {
  const send = vi.fn(server);
  end = keepSendingTicks("ann", send);
  await vi.advanceTimersByTimeAsync(0);
  return send;
}

const linesOf = (ticks: readonly PendingTick[]) => ticks.flatMap(({ lineIds }) => lineIds);
const messages = () => tickNotices().map(({ message }) => message);

it("ticks are sent in their order, once each, and those of another person are not", async () => {
  tick("a");
  tick("x", { memberId: "bob" });
  tick("b");
  const send = await sendTo(() => Promise.resolve([]));
  expect(linesOf(send.mock.calls.flat())).toEqual(["a", "b"]);
  expect(linesOf(pendingTicks())).toEqual(["x"]);
  expect(messages()).toEqual([]);
});

it("a tick that fails without a refusal stays on the device and is sent again after 2, 4 and 8 s, at last once a minute", async () => {
  tick("a");
  const send = await sendTo(() => Promise.reject(new Error("Server Error")));
  for (const [seconds, calls] of [
    [1.9, 1],
    [0.1, 2],
    [3.9, 2],
    [0.1, 3],
    [8, 4],
    [16 + 32 + 60, 7],
    [60 * 10, 17],
  ] as const) {
    await vi.advanceTimersByTimeAsync(seconds * 1_000);
    expect(send).toHaveBeenCalledTimes(calls);
  }
  expect(linesOf(pendingTicks())).toEqual(["a"]);
  expect(messages()).toEqual([]);

  send.mockResolvedValue([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(pendingTicks()).toEqual([]);
});

it("a tick that fails holds back later ticks of its lines only", async () => {
  tick("a");
  tick("a", { isPicked: false });
  tick("b");
  let isBusy = true;
  const send = await sendTo(({ lineIds }) =>
    isBusy && lineIds.includes("a" as LineId) ? Promise.reject(new Error("busy")) : Promise.resolve([]),
  );
  expect(linesOf(pendingTicks())).toEqual(["a", "a"]);
  isBusy = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(send.mock.calls.flat().map(({ isPicked }) => isPicked)).toEqual([true, true, true, false]);
  expect(pendingTicks()).toEqual([]);
});

it("a tick that the server refuses is taken off the device and told, one of an ended session is kept", async () => {
  tick("a");
  tick("b");
  await sendTo(({ lineIds }) => {
    const code = lineIds.includes("a" as LineId) ? "roleTooLow" : "notSignedIn";
    return Promise.reject(new ConvexError({ code, message: "Ask an owner." }));
  });
  expect(linesOf(pendingTicks())).toEqual(["b"]);
  expect(messages()).toEqual(["Not stored, and undone: Ask an owner."]);
});

it("lines that could not be picked are told with what to do, once an order, until that is dismissed", async () => {
  for (const line of ["a", "b", "c", "d", "e", "f"]) tick(line);
  tick("g", { isPicked: false });
  addTick({ memberId: "ann", lineIds: ["h" as LineId], isPicked: true });
  const closed = (tab: "cancelled" | "shipped", status: string) =>
    ({ reason: "notOpen", orderNumber: 12, tab, status }) as const;
  const answers = {
    a: closed("cancelled", "CANCELLED"),
    b: closed("cancelled", "CANCELLED"),
    c: closed("shipped", "SHIPPED"),
    d: { reason: "fewerWanted", orderNumber: 12, itemName: "Plate 1 x 2", quantity: 3 },
    e: { reason: "notFound" },
    f: null,
    g: closed("shipped", "SHIPPED"),
    h: { reason: "notFound" },
  } as const;
  await sendTo(({ lineIds }) => {
    const [lineId] = lineIds;
    const answer = answers[(lineId ?? "f") as string as keyof typeof answers];
    return Promise.resolve(answer && lineId ? [{ lineId, ...answer }] : []);
  });
  expect(pendingTicks()).toEqual([]);
  const told = [
    "Order 12 was cancelled: put its pieces back.",
    "Order 12 is closed (Shipped), so this pick was not stored: put back what you took for it.",
    "Order 12 wants fewer Plate 1 x 2 by now: put 3 back.",
    "Order 12 no longer has Brick 2 x 4: put 4 back.",
    "Order 12 is closed (Shipped), so its pick was not undone.",
    "A line that you ticked is no longer in its order: put its pieces back.",
  ];
  expect(messages()).toEqual(told);
  // A tick that is accepted later changes nothing.
  tick("f");
  await sendTo(() => Promise.resolve([]));
  expect(messages()).toEqual(told);
  dismissNotices(tickNotices().map(({ id }) => id));
  expect(messages()).toEqual([]);
});

it("a device keeps the latest 50 notices, and ticks of an older page, which have no quantities", async () => {
  for (let order = 1; order <= 60; order++) addNotice("ann", `Order ${order}`);
  expect(tickNotices()).toHaveLength(50);
  expect(messages().at(-1)).toBe("Order 60");
  const old = { id: "1", memberId: "ann", lineIds: ["a"], isPicked: true, at: 1 };
  const broken = { ...old, id: "2", seen: { a: { quantity: null } } };
  stored.set("picking.pendingTicks", JSON.stringify([old, broken, 7]));
  expect(pendingTicks()).toEqual([old]);
  const send = await sendTo(() => Promise.resolve([]));
  expect(send.mock.calls).toEqual([[old]]);
});
