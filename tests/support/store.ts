/** A connected store on convex-test, with the lots a test asks for. Tests read as sentences because of what is here. */
import { convexTest, type TestConvex } from "convex-test";
import { afterEach, beforeEach, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api";
import type { Doc, Id } from "../../convex/_generated/dataModel";
import { receiveLot } from "../../convex/inventory/receiving";
import { openStock } from "../../convex/inventory/stock";
import { hashCallbackToken, newCallbackToken } from "../../convex/marketplaces/bricklink/callbackToken";
import { sealKeys } from "../../convex/marketplaces/bricklink/sealing";
import schema from "../../convex/schema";
import { FakeBricklink } from "./fakeBricklink";

const modules = import.meta.glob("../../convex/**/*.*s");

export type Backend = TestConvex<typeof schema>;

export const testKeys = {
  consumerKey: "7A1B",
  consumerSecret: "7A1C",
  tokenValue: "7A1D",
  tokenSecret: "7A1E",
};

/** 32 zero bytes: a key for tests only. */
export const testCredentialsKey = btoa("\0".repeat(32));

process.env.CREDENTIALS_KEY = testCredentialsKey;
process.env.BRICKLINK_API_URL = "https://bricklink.test/api/store/v1";
process.env.CONVEX_SITE_URL = "https://store.test";

/** The second engine, our own, in the project that asks for it: every flow test holds on both. */
const host = process.env.ENGINE === "host" ? await import("../../local/host/testing") : null;

/** A backend with Convex's limits on, so that what would fail in production fails here. */
export function aBackend(): Backend {
  return host ? host.hostTest(schema, modules) : convexTest({ schema, modules, transactionLimits: true });
}

export type Store = {
  t: Backend;
  businessAccountId: Id<"businessAccounts">;
  token: string;
  bricklink: FakeBricklink;
  /** A signed-in owner. */
  owner: ReturnType<Backend["withIdentity"]>;
};

let people = 0;

/** A signed-in person with the given membership. */
export async function aMember(
  t: Backend,
  businessAccountId: Id<"businessAccounts"> | undefined,
  role: Doc<"members">["role"] = "owner",
): Promise<Store["owner"]> {
  people += 1;
  const userId = await t.run(async (ctx) => {
    const id = await ctx.db.insert("users", { email: `person${people}@example.com` });
    if (businessAccountId) {
      await ctx.db.insert("members", { businessAccountId, userId: id, role, joinedAt: Date.now() });
    }
    return id;
  });
  return t.withIdentity({ subject: `${userId}|session` });
}

/** A connected store, and the BrickLink behind it. */
export async function aStore(t: Backend = aBackend()): Promise<Store> {
  const businessAccountId = await t.run((ctx) =>
    ctx.db.insert("businessAccounts", { name: "Angry Bricks", createdAt: Date.now() }),
  );
  const owner = await aMember(t, businessAccountId);
  const token = newCallbackToken();
  const webhookTokenHash = await hashCallbackToken(token);
  const sealedKeys = await sealKeys(testKeys, businessAccountId, testCredentialsKey);
  await t.run((ctx) =>
    ctx.db.insert("marketplaceCredentials", {
      businessAccountId,
      marketplace: "bricklink",
      sealedKeys,
      webhookTokenHash,
      isActive: true,
      connectedAt: Date.now(),
      keysChangedAt: Date.now(),
      tokenChangedAt: Date.now(),
    }),
  );
  return { t, businessAccountId, token, bricklink: new FakeBricklink(), owner };
}

export type LotWish = {
  lotId: number;
  partNumber?: string;
  colorId?: number;
  location?: string;
  condition?: "new" | "used";
  itemType?: string;
  quantity: number;
};

/** Puts a lot on the shelf, as an import would. */
export async function aLot(store: Store, wish: LotWish): Promise<Id<"inventoryItems">> {
  const { lotId, quantity, partNumber = "3001", colorId = 5, location = "A01-01" } = wish;
  return await store.t.run(async (ctx) => {
    const { businessAccountId } = store;
    const stock = openStock(ctx, { businessAccountId, at: Date.now() });
    const lot = await receiveLot(
      ctx,
      stock,
      businessAccountId,
      {
        sourceLotId: `bricklink:${lotId}`,
        itemType: wish.itemType ?? "PART",
        partNumber,
        colorId,
        condition: wish.condition ?? "new",
        location,
        itemName: `Part ${partNumber}`,
      },
      quantity,
      Date.now(),
    );
    await stock.commit();
    return lot._id;
  });
}

export async function lotOf(
  store: Store,
  id: Id<"inventoryItems">,
): Promise<[onHand: number, reserved: number]> {
  const lot = await store.t.run((ctx) => ctx.db.get("inventoryItems", id));
  if (lot === null) throw new Error("no such lot");
  return [lot.quantityOnHand, lot.quantityReserved];
}

/** Posts to the store's callback URL. */
export async function callBack(store: Store, body: unknown, init: RequestInit = {}): Promise<Response> {
  return await store.t.fetch(`/api/bricklink/webhook/${store.token}`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...init,
  });
}

export function anEvent(orderNumber: number, at = Date.now()) {
  return { event_type: "Order", resource_id: orderNumber, timestamp: new Date(at).toISOString() };
}

/** Runs everything scheduled, and what that schedules. Needs fake timers. */
export async function settle(store: Store, advance: () => void): Promise<void> {
  await store.t.finishAllScheduledFunctions(advance);
}

export async function allOf<
  Table extends
    | "bricklinkOrders"
    | "bricklinkOrderItems"
    | "bricklinkNotifications"
    | "inventoryItems"
    | "inventoryLedger",
>(store: Store, table: Table): Promise<Doc<Table>[]> {
  return await store.t.run(async (ctx) => (await ctx.db.query(table).take(1_000)) as Doc<Table>[]);
}

/** Filters of the orders table that let all through. */
export const noFilters = { stock: null, payment: null, picking: null } as const;

export { api, internal };

/** Timers and clock of the test's own, at a time when nothing is old; real again after each test. */
export function useFakeClock(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(new Date("2026-11-20T10:00:00Z"));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
