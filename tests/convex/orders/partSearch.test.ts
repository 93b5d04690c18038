import { expect, it } from "vitest";
import { aLine, anOrder, api, aStore, numbersFrom, type Store, useFakeClock } from "../../support";

useFakeClock();

async function search(store: Store, text: string): Promise<[orderNumber: number, partNumber: string][]> {
  const { lines } = await store.query(api.orders.partSearch.list, { search: text });
  // The engines rank what a search finds differently.
  return lines
    .map(({ orderNumber, partNumber }): [number, string] => [orderNumber, partNumber])
    .sort(([a], [b]) => a - b);
}

it("a part search finds lines of the store's own open orders by part number, colour, bin and any word of the name", async () => {
  const other = await aStore();
  const store = await aStore(other.t);
  const tiles = aLine({ quantity: 4, partNumber: "3069bpb001", name: "Tile 1 x 2 with Groove" });
  const bricks = aLine({ lotId: 72, quantity: 2, partNumber: "3001", name: "Brick 2 x 4" });
  await store.receiveOrder(anOrder({ number: 100, lines: [tiles, bricks] }));
  await store.receiveOrder(anOrder({ number: 101, lines: [{ ...bricks, quantity: 1 }] }));

  expect(await search(store, "3069BPB")).toEqual([[100, "3069bpb001"]]);
  expect(await search(store, " brick 2 ")).toEqual([
    [100, "3001"],
    [101, "3001"],
  ]);
  expect(await search(store, "30")).toHaveLength(3);
  expect(await search(store, "3")).toEqual([]);
  expect(await search(store, "groove 1x2")).toEqual([[100, "3069bpb001"]]);
  expect(await search(store, "groove brick")).toEqual([]);
  expect(await search(other, "3001")).toEqual([]);

  await store.receiveStatus(100, "SHIPPED");
  expect(await search(store, "30")).toEqual([[101, "3001"]]);
});

it("a part search that finds more than 30 lines returns 30 and says that there are more", async () => {
  const store = await aStore();
  const lines = numbersFrom(100, 31).map((lotId) => aLine({ lotId }));
  await store.receiveOrder(anOrder({ lines }));
  const found = await store.query(api.orders.partSearch.list, { search: "3001" });
  expect([found.lines.length, found.isMore]).toEqual([30, true]);
});
