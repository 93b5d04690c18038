/**
 * Counts what one order costs: the functions that run for it, and the documents that each further line makes the database read and
 * write. Convex bills by both. The product runs on the host, in memory, against a simulated BrickLink.
 */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { receiveLot } from "../../convex/inventory/receiving";
import { openStock } from "../../convex/inventory/stock";
import { hashSecretToken, newSecretToken } from "../../convex/lib/secretToken";
import { toSourceLotId } from "../../convex/marketplaces/bricklink/api/lotReference";
import { saveKeys, storedKeysOf } from "../../convex/marketplaces/bricklink/connection/credentials";
import schema from "../../convex/schema";
import { answerApi } from "../../local/bricklink/api/storeApi";
import { createRandom } from "../../local/bricklink/random";
import { makeBuyer } from "../../local/bricklink/store/buyers";
import { StoreModel, type Lot } from "../../local/bricklink/store/model";
import { newStoreState } from "../../local/bricklink/store/storeState";
import { hostTest } from "../../local/host/testing";
import { limits, type Counter } from "../../local/host/transaction/limits";
import type { Figure } from "../figure";

/** Lines of the larger order; the smaller one has one. */
const LINES = 41;

/** Lines of the largest order that a store is likely to see, which must stay far below Convex's limits. */
const LOTS = 1_000;

/** Lots received in one transaction. */
const LOTS_AT_ONCE = 100;

/** The modules of `convex/`, as `import.meta.glob` gives them to tests. */
function convexModules(): Record<string, () => Promise<unknown>> {
  const root = resolve(import.meta.dirname, "../../convex");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    files
      .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith(".d.ts"))
      .map((file) => [`../convex/${file}`, () => import(pathToFileURL(join(root, file)).href)]),
  );
}

const environment = {
  CREDENTIALS_KEY: Buffer.alloc(32).toString("base64"),
  BRICKLINK_API_URL: "https://bricklink.test/api/store/v1",
};

const PIECES = 10;

/** A lot as BrickLink has it. `now`: milliseconds UTC. */
function modelLot(lot: number, now: number): Lot {
  return {
    inventoryId: lot,
    no: `30${lot}`,
    name: `Brick ${lot}`,
    type: "PART",
    categoryId: 5,
    colorId: 5,
    colorName: "Red",
    quantity: PIECES,
    newOrUsed: "N",
    completeness: null,
    unitPrice: 1_000,
    description: "",
    remarks: `A${lot}`,
    isRetain: true,
    stockRoom: null,
    dateCreated: new Date(now).toISOString(),
  };
}

/** The same lot as an import lists it. */
function listedLot(lot: number) {
  return {
    sourceLotId: toSourceLotId(lot),
    itemType: "PART",
    partNumber: `30${lot}`,
    colorId: 5,
    condition: "new" as const,
    location: `A${lot}`,
    itemName: `Brick ${lot}`,
  };
}

/** A connected store with `LOTS` lots of ten pieces each, and the BrickLink that answers for it in place of `fetch`. */
async function openStore() {
  const model = new StoreModel(newStoreState("bench"), Date.now);
  globalThis.fetch = (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const path = url.pathname.slice(url.pathname.indexOf("/v1/") + "/v1".length);
    const { status, body } = answerApi({ model, save: () => undefined }, path, url.searchParams);
    return Promise.resolve(new Response(body, { status }));
  };
  const backend = hostTest(schema, convexModules());
  const token = newSecretToken();
  const webhookTokenHash = await hashSecretToken(token);
  const now = Date.now();
  const businessAccountId = await backend.run((ctx) =>
    ctx.db.insert("businessAccounts", { name: "Bench", createdAt: now }),
  );
  const keys = { consumerKey: "1", consumerSecret: "2", tokenValue: "3", tokenSecret: "4" };
  const storedKeys = await storedKeysOf(keys, businessAccountId);
  await backend.run((ctx) => saveKeys(ctx, businessAccountId, storedKeys, webhookTokenHash));
  for (let first = 1; first <= LOTS; first += LOTS_AT_ONCE) {
    await backend.run(async (ctx) => {
      const stock = openStock(ctx, { businessAccountId, at: now });
      for (let lot = first; lot < first + LOTS_AT_ONCE; lot += 1) {
        model.lots.set(lot, modelLot(lot, now));
        const count = { onHand: PIECES, listedAt: now, lowerAfterMs: 0 };
        const received = { existing: null, listed: listedLot(lot) };
        await receiveLot(ctx, stock, businessAccountId, received, count, now);
      }
      await stock.commit();
    });
  }
  return { backend, model, token };
}

type BenchStore = Awaited<ReturnType<typeof openStore>>;

/** Places an order of that many lines, posts its callback, and counts what ran for it, and what storing it read and wrote. */
async function receiveOrder({ backend, model, token }: BenchStore, lines: number) {
  const random = createRandom(lines);
  const wanted = Array.from({ length: lines }, (_, index) => ({ inventoryId: index + 1, quantity: 1 }));
  const notification = model.place(makeBuyer(random), wanted, random);
  const runs = await backend.recordRuns(async () => {
    const body = JSON.stringify([notification]);
    const answer = await backend.fetch(`/api/bricklink/webhook/${token}`, { method: "POST", body });
    if (answer.status !== 200) throw new Error(`The callback was answered ${answer.status}.`);
    // Each pass runs what the one before scheduled.
    for (let pass = 0; pass < 5; pass += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await backend.finishInProgressScheduledFunctions();
    }
  });
  const stored = runs.find(({ path }) => path.endsWith(":upsertOrder"));
  if (!stored) throw new Error("The order was not stored.");
  return { functions: runs.length, used: stored.used };
}

async function measureOrders(): Promise<Figure[]> {
  const store = await openStore();
  // The first order creates the rows that later ones only change.
  await receiveOrder(store, 1);
  const small = await receiveOrder(store, 1);
  const large = await receiveOrder(store, LINES);
  const largest = await receiveOrder(store, LOTS);
  const perLine = (counter: Counter) => (large.used[counter] - small.used[counter]) / (LINES - 1);
  const shares = (Object.keys(largest.used) as Counter[]).map((counter) => ({
    name: `flow_1000_lots_${counter}`,
    value: (100 * largest.used[counter]) / limits[counter],
    unit: "% of the limit",
  }));
  return [
    { name: "flow_functions_per_order", value: small.functions, unit: "functions" },
    { name: "flow_documents_read_per_line", value: perLine("documentsRead"), unit: "documents" },
    { name: "flow_documents_written_per_line", value: perLine("documentsWritten"), unit: "documents" },
    ...shares,
  ];
}

/** Counts what an order costs, without measuring time. */
export async function* measureCounts(): AsyncGenerator<Figure> {
  const { fetch } = globalThis;
  Object.assign(process.env, environment);
  try {
    yield* await measureOrders();
  } finally {
    globalThis.fetch = fetch;
    for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
  }
}
