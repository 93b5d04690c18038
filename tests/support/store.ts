/** A connected store: what flow tests arrange with, act through and observe. */
import type {
  FunctionArgs,
  FunctionReference,
  FunctionReturnType,
  FunctionType,
  FunctionVisibility,
} from "convex/server";
import { expect, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api";
import type { Doc, Id } from "../../convex/_generated/dataModel";
import { findListedLot, receiveLot } from "../../convex/inventory/receiving";
import { openStock } from "../../convex/inventory/stock";
import { hashSecretToken, newSecretToken } from "../../convex/lib/secretToken";
import { findCallActivity } from "../../convex/marketplaces/bricklink/limits/activity";
import { saveKeys, storedKeysOf } from "../../convex/marketplaces/bricklink/connection/credentials";
import { aBackend, type Backend } from "./backend";
import type { BricklinkOrder } from "./bricklinkOrders";
import { anEvent } from "./builders";
import { MINUTE } from "./clock";
import { FakeBricklink, runAllTimersBetweenCalls } from "./fakeBricklink";
import { aMember, type Session } from "./members";

export { api, internal };
export { useFakeClock } from "./clock";

const testKeys = { consumerKey: "7A1B", consumerSecret: "7A1C", tokenValue: "7A1D", tokenSecret: "7A1E" };

type Reference<Kind extends FunctionType> = FunctionReference<Kind, FunctionVisibility>;
type OwnArgs<Called extends Reference<FunctionType>> = Omit<FunctionArgs<Called>, "businessAccountId">;
type RestArgs<Called extends Reference<FunctionType>> =
  Record<string, never> extends OwnArgs<Called> ? [args?: OwnArgs<Called>] : [args: OwnArgs<Called>];

type Table =
  | "bricklinkOrders"
  | "bricklinkOrderItems"
  | "bricklinkNotifications"
  | "bricklinkWrites"
  | "inventoryItems"
  | "inventoryLedger"
  | "orderFeedback"
  | "orderMessages"
  | "returnsToShelf"
  | "unreadMessages";

/** A lot to put on the shelf: lot 71, part 3001 in red, new, in bin A01-01, unless the fields say otherwise. */
export type LotFields = {
  quantity: number;
  lotId?: number;
  partNumber?: string;
  colorId?: number;
  location?: string;
  condition?: "new" | "used";
  itemType?: string;
  itemName?: string;
  colorName?: string;
};

export class Store {
  constructor(
    readonly t: Backend,
    readonly businessAccountId: Id<"businessAccounts">,
    /** The secret in the store's callback URL. */
    readonly token: string,
    readonly bricklink: FakeBricklink,
    readonly owner: Session,
  ) {}

  /** Runs a function as the owner, on this store: `businessAccountId` is filled in. */
  async query<Query extends Reference<"query">>(
    query: Query,
    ...[args]: RestArgs<Query>
  ): Promise<FunctionReturnType<Query>> {
    return await this.callAsOwner("query", query, args);
  }

  /** Runs a function as the owner, on this store: `businessAccountId` is filled in. */
  async mutation<Mutation extends Reference<"mutation">>(
    mutation: Mutation,
    ...[args]: RestArgs<Mutation>
  ): Promise<FunctionReturnType<Mutation>> {
    return await this.callAsOwner("mutation", mutation, args);
  }

  /** Runs a function as the owner, on this store: `businessAccountId` is filled in. */
  async action<Action extends Reference<"action">>(
    action: Action,
    ...[args]: RestArgs<Action>
  ): Promise<FunctionReturnType<Action>> {
    return await this.callAsOwner("action", action, args);
  }

  private async callAsOwner<Called extends Reference<FunctionType>>(
    kind: "query" | "mutation" | "action",
    reference: Called,
    args: OwnArgs<Called> | undefined,
  ): Promise<FunctionReturnType<Called>> {
    // convex-test's signatures depend on the reference in a way that TypeScript cannot follow through a type parameter.
    const call = this.owner[kind] as unknown as (
      reference: Called,
      args: object,
    ) => Promise<FunctionReturnType<Called>>;
    return await call(reference, { businessAccountId: this.businessAccountId, ...args });
  }

  /** Posts to the store's callback URL, as BrickLink does. A body that is no text is sent as JSON. */
  async postCallback(body: unknown, init: RequestInit = {}): Promise<Response> {
    return await this.t.fetch(`/api/bricklink/webhook/${this.token}`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...init,
    });
  }

  /** Reads the notifications that BrickLink holds, as the poll's cron does. */
  async poll(): Promise<void> {
    const { businessAccountId } = this;
    await this.t.action(internal.marketplaces.bricklink.notifications.pollNotificationsForBusiness, {
      businessAccountId,
    });
  }

  /** Compares BrickLink's list of orders with the stored ones, as the reconciliation's cron does. */
  async reconcile(): Promise<void> {
    const { businessAccountId } = this;
    await this.t.action(internal.marketplaces.bricklink.sync.reconcile.reconcileOrders, {
      businessAccountId,
    });
  }

  /** Claims what is due and frees expired leases in every store, as the sweep's cron does. */
  async sweep(): Promise<void> {
    await this.t.mutation(internal.marketplaces.bricklink.queue.sweep.sweep, {});
  }

  /** Runs what is due now and what that schedules for now. Work that is due later, such as a retry, stays scheduled. */
  async runDue(): Promise<void> {
    // Each round runs the jobs that the round before it scheduled; twelve are more than any test here needs.
    for (let round = 0; round < 12; round += 1) {
      vi.advanceTimersByTime(1);
      await this.t.finishInProgressScheduledFunctions();
    }
  }

  /** Lets minutes pass, and runs what is due in each of them, without the crons. */
  async passMinutes(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      vi.advanceTimersByTime(MINUTE);
      await this.runDue();
    }
  }

  /** Runs everything that is scheduled and what that schedules, moving the clock as far as it takes. */
  async runAllScheduled(): Promise<void> {
    await this.t.finishAllScheduledFunctions(runAllTimersBetweenCalls);
  }

  /**
   * Posts a callback for the order a second later, and runs everything that it schedules. The second gives the event a
   * timestamp of its own: events of the same order and time are one event.
   */
  async syncOrder(orderNumber: number): Promise<void> {
    vi.advanceTimersByTime(1_000);
    const { status } = await this.postCallback(anEvent(orderNumber));
    if (status !== 200) throw new Error(`The callback for order ${orderNumber} was answered by ${status}.`);
    await this.runAllScheduled();
  }

  /** Places or replaces an order at BrickLink, and brings it into the store. */
  async receiveOrder(order: BricklinkOrder): Promise<void> {
    this.bricklink.place(order);
    await this.syncOrder(order.number);
  }

  /** Changes an order's status at BrickLink, and brings the change into the store. */
  async receiveStatus(orderNumber: number, status: string): Promise<void> {
    this.bricklink.setStatus(orderNumber, status);
    await this.syncOrder(orderNumber);
  }

  /** Puts a lot on the shelf, as an import does. */
  async addLot(fields: LotFields): Promise<Id<"inventoryItems">> {
    const { lotId = 71, quantity, partNumber = "3001", colorId = 5, location = "A01-01" } = fields;
    const { businessAccountId } = this;
    return await this.t.run(async (ctx) => {
      const stock = openStock(ctx, { businessAccountId, at: Date.now() });
      const sourceLotId = `bricklink:${lotId}`;
      const existing = await findListedLot(ctx, businessAccountId, sourceLotId);
      const listed = {
        sourceLotId,
        itemType: fields.itemType ?? "PART",
        partNumber,
        colorId,
        condition: fields.condition ?? "new",
        location,
        itemName: fields.itemName ?? `Part ${partNumber}`,
        ...(fields.colorName !== undefined && { colorName: fields.colorName }),
      };
      const { lot } = await receiveLot(
        ctx,
        stock,
        businessAccountId,
        { existing, listed },
        { onHand: quantity, listedAt: Date.now(), lowerAfterMs: 0 },
        Date.now(),
      );
      await stock.commit();
      return lot._id;
    });
  }

  /** Pieces of a lot. */
  async stockOf(id: Id<"inventoryItems">): Promise<[onHand: number, reserved: number]> {
    const lot = await this.t.run((ctx) => ctx.db.get("inventoryItems", id));
    if (lot === null) throw new Error("There is no such lot.");
    return [lot.quantityOnHand, lot.quantityReserved];
  }

  readonly orders = () => allOf(this, "bricklinkOrders");
  readonly lines = () => allOf(this, "bricklinkOrderItems");
  readonly notifications = () => allOf(this, "bricklinkNotifications");
  readonly lots = () => allOf(this, "inventoryItems");
  readonly ledger = () => allOf(this, "inventoryLedger");
  readonly returns = () => allOf(this, "returnsToShelf");

  /** The only notification there is. Throws if there is none or another. */
  async onlyNotification(): Promise<Doc<"bricklinkNotifications">> {
    const [notification, ...others] = await this.notifications();
    if (!notification || others.length > 0)
      throw new Error(`Expected one notification, found ${notification ? 1 + others.length : 0}.`);
    return notification;
  }

  /** What the store records of its calls, polls and comparisons. */
  async callActivity(): Promise<Doc<"callActivity"> | null> {
    return await this.t.run((ctx) => findCallActivity(ctx, this.businessAccountId));
  }
}

/**
 * Starts what is scheduled for now, and what that schedules for now, and returns when `calls` calls to BrickLink wait for answers
 * that are held back. `running` ends when the answers are let through.
 */
export async function startScheduled(store: Store, calls: number): Promise<{ running: Promise<void> }> {
  vi.advanceTimersByTime(1);
  const running = store.runDue();
  const isReached = () => expect(store.bricklink.calls.length).toBeGreaterThanOrEqual(calls);
  await vi.waitFor(isReached, { timeout: 5_000 });
  // One call too many would follow within some turns of the event loop.
  for (let turn = 0; turn < 500; turn += 1) await crypto.subtle.digest("SHA-256", new Uint8Array(1));
  return { running };
}

/** Every document of a table, of all the stores on the backend, in the order of creation. At most 1,000. */
export async function allOf<Name extends Table>(store: Store, table: Name): Promise<Doc<Name>[]> {
  return await store.t.run(async (ctx) => (await ctx.db.query(table).take(1_000)) as Doc<Name>[]);
}

/**
 * A store that is connected and has an owner, with a BrickLink of its own. The BrickLink of the store made last answers
 * `fetch`, for every store.
 */
export async function aStore(t: Backend = aBackend()): Promise<Store> {
  const businessAccountId = await t.run((ctx) =>
    ctx.db.insert("businessAccounts", { name: "Angry Bricks", createdAt: Date.now() }),
  );
  const owner = await aMember(t, businessAccountId);
  const token = newSecretToken();
  const webhookTokenHash = await hashSecretToken(token);
  const storedKeys = await storedKeysOf(testKeys, businessAccountId);
  await t.run((ctx) => saveKeys(ctx, businessAccountId, storedKeys, webhookTokenHash));
  return new Store(t, businessAccountId, token, new FakeBricklink(), owner);
}
