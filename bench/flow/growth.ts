/** How much longer an order takes in a store that has grown. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeSecrets } from "../../local/secrets";
import { median, type Figure } from "../figure";
import { enlarge } from "./enlarge";
import { start } from "./processes";
import { ConnectedStore, WatchedTable } from "./system";

/** Closed orders of the small store, beside its lots. */
const CLOSED_ORDERS = 100;
const LINES_OF_CLOSED = 2;

/**
 * How many times the lots and closed orders of the small store the larger one has: 200,000 lots and 20,000 orders, so that all
 * parts of the benchmark end within eight minutes.
 */
const TIMES = 200;

const LINES = 50;
/** Orders before those that count, and those that count, in each store. */
const WARM_UP = 3;
const ORDERS = 20;

/** Places and closes orders at BrickLink that were placed before the store was connected, so none of them holds stock. */
async function storeHistory(store: ConnectedStore): Promise<void> {
  for (let order = 0; order < CLOSED_ORDERS; order += 1) {
    const orderNumber = await store.place(LINES_OF_CLOSED);
    await store.setStatus(orderNumber, "COMPLETED");
    await store.post(orderNumber);
  }
  await store.idle();
}

/**
 * An order of 50 lots, from its callback to its row on a subscribed screen, in a store of 200,000 lots and 20,000 orders,
 * over the same in one of 1,000 and 100. Orders of the two stores alternate, and the median of the pairs counts.
 */
export async function* measureGrowth(): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), "bench-growth-"));
  const secrets = await makeSecrets();
  const simulator = await start("simulator", { folder });
  const startHost = (name: string) =>
    start("host", { folder: join(folder, name), bricklink: simulator.url, secrets });
  const hosts = { small: await startHost("small"), large: await startHost("large") };
  try {
    const small = await ConnectedStore.open(hosts.small, simulator, "small");
    const fewer = await ConnectedStore.open(hosts.large, simulator, "large");
    await storeHistory(small);
    await storeHistory(fewer);
    await hosts.large.stop();
    enlarge(join(folder, "large"), TIMES);
    hosts.large = await startHost("large");
    const ofSmall = await WatchedTable.open(small);
    const ofLarge = await WatchedTable.open(await fewer.at(hosts.large));
    const pairs: { small: number; large: number }[] = [];
    for (let order = 0; order < WARM_UP + ORDERS; order += 1) {
      pairs.push({ small: await ofSmall.timeOrder(LINES), large: await ofLarge.timeOrder(LINES) });
    }
    await Promise.all([ofSmall.close(), ofLarge.close()]);
    const counted = pairs.slice(WARM_UP);
    yield { name: "order_50_lots_ms", value: median(counted.map((pair) => pair.small)), unit: "ms" };
    yield {
      name: "growth_ratio",
      value: median(counted.map((pair) => pair.large / pair.small)),
      unit: "ratio",
    };
  } finally {
    await Promise.all([hosts.small.stop(), hosts.large.stop(), simulator.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}
