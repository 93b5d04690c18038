import { expect, it, vi } from "vitest";
import {
  aMember,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  MINUTE,
  setPicked,
  type Session,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

const { walks } = api.orders.picking;

async function visit(store: Store, stop: string, { orderNumbers = [100], as = store.owner } = {}) {
  const { businessAccountId } = store;
  await as.mutation(walks.visit, { businessAccountId, orderNumbers, stop });
}

async function colleaguesOf(store: Store, person: Session = store.owner) {
  return await person.query(walks.colleagues, { businessAccountId: store.businessAccountId });
}

async function walkOf(store: Store, person: Session = store.owner) {
  return await person.query(walks.mine, { businessAccountId: store.businessAccountId });
}

it("a walk is resumed at the stop where its picker was last, with the lines that are left", async () => {
  const { store, first } = await anOrderToPick();
  await store.receiveOrder(anOrder({ number: 101 }));
  const startedAt = Date.now();
  await visit(store, "A01", { orderNumbers: [101, 100] });
  vi.advanceTimersByTime(MINUTE);
  await setPicked(store, [first]);
  await visit(store, "B02", { orderNumbers: [101, 100] });
  expect(await walkOf(store)).toEqual({
    orderNumbers: [101, 100],
    stop: "B02",
    startedAt,
    activeAt: Date.now(),
    linesLeft: 2,
  });
  await store.receiveStatus(101, "SHIPPED");
  expect(await walkOf(store)).toMatchObject({ linesLeft: 1 });
});

it("a line of which there is nothing to take is not left, so that a walk without others is not offered again", async () => {
  const { store, first, second } = await anOrderToPick();
  await visit(store, "A01");
  await setPicked(store, [first]);
  expect(await walkOf(store)).toMatchObject({ linesLeft: 1 });
  const loss = { lineId: second, quantity: 2, reason: "missing" } as const;
  await store.mutation(api.orders.picking.losses.reportLoss, loss);
  expect(await walkOf(store)).toMatchObject({ linesLeft: 0 });
});

it("a walk of the same orders in another sequence is a new one, and a person has one walk at a time", async () => {
  const store = await aStore();
  await visit(store, "A01", { orderNumbers: [1, 2] });
  vi.advanceTimersByTime(MINUTE);
  await visit(store, "A01", { orderNumbers: [2, 1] });
  expect(await walkOf(store)).toMatchObject({ orderNumbers: [2, 1], startedAt: Date.now() });
  await store.mutation(walks.end);
  await store.mutation(walks.end);
  expect(await walkOf(store)).toBeNull();
});

it("a picker sees at which stops colleagues of the same store are and since when, and not themselves", async () => {
  const store = await aStore();
  const ann = await aMember(store.t, store.businessAccountId, "staff");
  const bob = await aMember(store.t, store.businessAccountId, "staff");
  await visit(store, "C03");
  vi.advanceTimersByTime(1);
  await visit(store, "A01", { as: ann });
  vi.advanceTimersByTime(1);
  await visit(store, "B02", { as: bob });
  const now = Date.now();
  const seen = (await colleaguesOf(store, bob)).map(({ stop, activeAt }) => [stop, activeAt]);
  expect(seen).toEqual([
    ["A01", now - 1],
    ["C03", now - 2],
  ]);
  expect((await colleaguesOf(store))[0]?.person).toMatch(/^person\d+$/);
  expect(await colleaguesOf(await aStore(store.t))).toEqual([]);
});

it("staying at a stop is written once a minute at most", async () => {
  const store = await aStore();
  await visit(store, "A01");
  const arrivedAt = Date.now();
  vi.advanceTimersByTime(MINUTE - 1);
  await visit(store, "A01");
  expect(await walkOf(store)).toMatchObject({ activeAt: arrivedAt });
  vi.advanceTimersByTime(1);
  await visit(store, "A01");
  expect(await walkOf(store)).toMatchObject({ startedAt: arrivedAt, activeAt: Date.now() });
});

it("a walk without orders, with too many, or at a stop with an endless name is refused", async () => {
  const store = await aStore();
  const refusal = { data: { code: "walkInvalid" } };
  await expect(visit(store, "A01", { orderNumbers: [] })).rejects.toMatchObject(refusal);
  const many = Array.from({ length: 201 }, (_, index) => index);
  await expect(visit(store, "A01", { orderNumbers: many })).rejects.toMatchObject(refusal);
  await expect(visit(store, "A".repeat(501))).rejects.toMatchObject(refusal);
});
