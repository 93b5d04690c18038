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
import { StoreModel } from "../../local/bricklink/store/model";
import { newStoreState } from "../../local/bricklink/store/storeState";
import { hostTest } from "../../local/host/testing";
import type { Figure } from "../figure";

/** Lines of the larger order; the smaller one has one. */
const LINES = 41;

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

/** A connected store with `LINES` lots of ten pieces each, and the BrickLink that answers for it in place of `fetch`. */
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
  await backend.run(async (ctx) => {
    await saveKeys(ctx, businessAccountId, storedKeys, webhookTokenHash);
    const stock = openStock(ctx, { businessAccountId, at: now });
    for (let lot = 1; lot <= LINES; lot += 1) {
      const partNumber = `30${lot}`;
      const location = `A${lot}`;
      model.lots.set(lot, {
        inventoryId: lot,
        no: partNumber,
        name: `Brick ${lot}`,
        type: "PART",
        categoryId: 5,
        colorId: 5,
        colorName: "Red",
        quantity: 10,
        newOrUsed: "N",
        completeness: null,
        unitPrice: 1_000,
        description: "",
        remarks: location,
        isRetain: true,
        stockRoom: null,
        dateCreated: new Date(now).toISOString(),
      });
      const listed = {
        sourceLotId: toSourceLotId(lot),
        itemType: "PART",
        partNumber,
        colorId: 5,
        condition: "new" as const,
        location,
        itemName: `Brick ${lot}`,
      };
      const count = { onHand: 10, listedAt: now, lowerAfterMs: 0 };
      await receiveLot(ctx, stock, businessAccountId, { existing: null, listed }, count, now);
    }
    await stock.commit();
  });
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
  return { functions: runs.length, read: stored.documentsRead, written: stored.documentsWritten };
}

async function measureOrders(): Promise<Figure[]> {
  const store = await openStore();
  // The first order creates the rows that later ones only change.
  await receiveOrder(store, 1);
  const small = await receiveOrder(store, 1);
  const large = await receiveOrder(store, LINES);
  const perLine = (counter: "read" | "written") => (large[counter] - small[counter]) / (LINES - 1);
  return [
    { name: "flow_functions_per_order", value: small.functions, unit: "functions" },
    { name: "flow_documents_read_per_line", value: perLine("read"), unit: "documents" },
    { name: "flow_documents_written_per_line", value: perLine("written"), unit: "documents" },
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
