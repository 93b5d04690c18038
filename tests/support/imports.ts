/** Imports of BrickLink's inventory, as the owner starts and watches them. */
import { vi } from "vitest";
import { MINUTE } from "./clock";
import { api, type Store } from "./store";

export async function startImport(store: Store): Promise<void> {
  await store.mutation(api.marketplaces.bricklink.import.runs.start);
}

export async function latestImport(store: Store) {
  return await store.query(api.marketplaces.bricklink.import.runs.latest);
}

/** Imports BrickLink's inventory a minute later, to the end. */
export async function importLots(store: Store) {
  vi.advanceTimersByTime(MINUTE);
  await startImport(store);
  await store.runAllScheduled();
  return await latestImport(store);
}
