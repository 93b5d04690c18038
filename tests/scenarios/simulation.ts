/**
 * Simulates a store and its BrickLink on a fake clock. Actions of buyers, of the seller at BrickLink's own pages and of the store's
 * staff, cron runs and crashes are driven from here.
 */
import { vi } from "vitest";
import { StoreModel, type Lot, type Notification, type Order } from "../../local/bricklink/store/model";
import { makeBuyer } from "../../local/bricklink/store/buyers";
import { createRandom, type Random } from "../../local/bricklink/random";
import { newStoreState } from "../../local/bricklink/store/storeState";
import { drawCallbackDelays, faultProfiles } from "../../local/bricklink/faults/faultProfiles";
import { api, aStore, internal, type Store } from "../support/store";
import { OrderHistory } from "./orderHistory";
import type { Action, LotAtStart, Scenario, TimedAction, WantedLine } from "./scenario";
import { SimulatedApi } from "./simulatedApi";
import { StoreStaff } from "./staff";

const MINUTE = 60_000;

/** Status changes by the seller. A re-opened order can only be shipped again; see `OrderHistory.reopened`. */
const nextStatuses: Record<string, readonly string[]> = {
  PENDING: ["PROCESSING", "READY", "PACKED", "SHIPPED", "CANCELLED", "NPB", "OCR"],
  UPDATED: ["PROCESSING", "READY", "PACKED", "SHIPPED", "CANCELLED", "NPB", "OCR"],
  PROCESSING: ["READY", "PACKED", "SHIPPED", "CANCELLED", "NPB", "OCR"],
  READY: ["PACKED", "SHIPPED", "CANCELLED", "NPB", "OCR"],
  PAID: ["PACKED", "SHIPPED", "CANCELLED", "OCR"],
  PACKED: ["SHIPPED", "CANCELLED", "OCR"],
  SHIPPED: ["RECEIVED", "COMPLETED", "PENDING"],
  RECEIVED: ["COMPLETED"],
  NPB: ["PENDING", "CANCELLED"],
  OCR: ["PENDING", "CANCELLED"],
};

/** Statuses in which a buyer can add to, pay for or remove lines from an order. */
const openToBuyer = new Set(["PENDING", "UPDATED", "PROCESSING", "READY"]);

/** BrickLink does not list filed orders, so that what happened to one could not be found where its callback was lost. */
function isOpenToBuyer({ status, isFiled }: Order): boolean {
  return openToBuyer.has(status) && !isFiled;
}

const { notifications, queue, sync } = internal.marketplaces.bricklink;

function newLot(index: number, { quantity, isRetained }: LotAtStart): Lot {
  return {
    inventoryId: 500 + index,
    no: `30${10 + index}`,
    name: `Brick ${index}`,
    type: "PART",
    categoryId: 5,
    colorId: 5,
    colorName: "Red",
    quantity,
    newOrUsed: "N",
    completeness: null,
    unitPrice: 1_000,
    description: "",
    remarks: `A${10 + index}`,
    isRetain: isRetained,
    stockRoom: null,
    dateCreated: new Date(Date.now()).toISOString(),
  };
}

export class StoreSimulation {
  readonly model: StoreModel;
  readonly listedAtStart = new Map<number, number>();
  readonly history: OrderHistory;
  readonly api: SimulatedApi;
  readonly staff: StoreStaff;
  private readonly random: Random;
  /** Whether no callback is sent, whatever the fault profile says. */
  areCallbacksLost = false;
  private clockSkewMinutes = 0;
  private minutesPassed = 0;
  private readonly sent: Notification[] = [];
  /** Callbacks that are sent later. `at`: milliseconds since the epoch, UTC. */
  private readonly delayed: { at: number; notification: Notification }[] = [];

  private constructor(
    readonly store: Store,
    seed: number,
    /** Whether lots may gain stock, so that only an import at the end makes the stock determinate. */
    private readonly allowsRestock: boolean,
  ) {
    this.random = createRandom(seed);
    this.model = new StoreModel(newStoreState("scenario"), () => Date.now() + this.clockSkewMinutes * MINUTE);
    this.history = new OrderHistory(this.model);
    this.api = new SimulatedApi(this.model, store, this.history, this.random);
    this.staff = new StoreStaff(store, () => this.runDue());
  }

  static async open(
    { lots, startsWithImport, seed }: Pick<Scenario, "lots" | "startsWithImport" | "seed">,
    allowsRestock: boolean,
  ): Promise<StoreSimulation> {
    const simulation = new StoreSimulation(await aStore(), seed, allowsRestock);
    for (const [index, atStart] of lots.entries()) {
      const lot = newLot(index, atStart);
      simulation.model.lots.set(lot.inventoryId, lot);
      simulation.listedAtStart.set(lot.inventoryId, atStart.quantity);
    }
    await simulation.staff.setReadOnly(false);
    if (startsWithImport) {
      await simulation.import();
      // Its second list follows, so that no import is left to come unless an action starts one.
      await simulation.advance(13);
    }
    return simulation;
  }

  /** Advances the clock and performs an action, which has no effect when the current state does not allow it. */
  async apply(action: TimedAction): Promise<void> {
    await this.advance(action.afterMinutes);
    await this.perform(action);
    await this.runDue();
  }

  private async perform(action: Action): Promise<void> {
    switch (action.kind) {
      case "order":
        return this.place(action.lines);
      case "add":
        return this.add(this.orderAt(action.orderIndex), action.lines);
      case "removeLine":
        return this.removeLine(this.orderAt(action.orderIndex), action.lineIndex, action.restock);
      case "pay": {
        const order = this.orderAt(action.orderIndex);
        if (order && isOpenToBuyer(order)) await this.changeByOthers(order, () => this.model.pay(order.id));
        return;
      }
      case "status":
        return this.setStatus(this.orderAt(action.orderIndex), action);
      case "file":
        return this.file(this.orderAt(action.orderIndex));
      case "restock": {
        const lot = [...this.model.lots.values()][action.lotIndex];
        if (lot) this.model.restock(lot.inventoryId, action.quantity);
        return;
      }
      case "import":
        return this.import();
      case "close":
        this.model.state.isClosed = action.isClosed;
        return;
      case "faultProfile":
        this.api.faultProfile = action.name;
        return;
      case "clockSkew":
        this.clockSkewMinutes = action.minutes;
        return;
      case "crash":
        return this.crash();
      case "pick":
        return this.pick(this.orderAt(action.orderIndex), action.isThenCancelled);
      case "confirmReturns":
        return this.staff.confirmReturns();
      case "refuseKeys":
        this.api.areKeysRefused = true;
        return;
      case "changeKeys":
        return this.changeKeys();
      case "makeUnreadable": {
        const order = this.orderAt(action.orderIndex);
        if (order) this.api.makeUnreadable(order.id);
        return;
      }
      case "repeatCallback": {
        const notification = this.sent[action.callbackIndex % Math.max(1, this.sent.length)];
        if (notification) await this.postCallback(notification);
        return;
      }
      case "decide": {
        this.api.fates.push(...action.fates);
        const orders = action.orderIndexes.map((index) => this.orderAt(index)?.id);
        return this.staff.decide(
          action,
          [...new Set(orders)].filter((id) => id !== undefined),
        );
      }
      case "revisit":
        return this.staff.revisit(action);
      case "complete": {
        const order = this.orderAt(action.orderIndex);
        if (order) this.history.move(order.id, "COMPLETED");
        return;
      }
      case "readOnly":
        await this.staff.setReadOnly(true);
        await this.advance(action.minutes);
        return this.staff.setReadOnly(false);
    }
  }

  /** Changes an order as buyers or BrickLink do, and announces it. */
  private async changeByOthers({ id }: Order, change: () => Notification | null): Promise<void> {
    const notification = change();
    this.history.recordOthers(id);
    if (notification) await this.sendCallbacks(notification);
  }

  private orderAt(index: number): Order | undefined {
    const orders = [...this.model.orders.values()];
    return orders[index % Math.max(1, orders.length)];
  }

  /** The wanted lines, limited to what is on sale. */
  private limitToStock(lines: readonly WantedLine[]): { inventoryId: number; quantity: number }[] {
    const wanted = new Map<number, number>();
    const lots = [...this.model.lots.values()].filter(({ quantity }) => quantity > 0);
    for (const { lotIndex, quantity } of lines) {
      const chosen = lots[lotIndex % Math.max(1, lots.length)];
      if (chosen) wanted.set(chosen.inventoryId, Math.min(quantity, chosen.quantity));
    }
    return [...wanted].map(([inventoryId, quantity]) => ({ inventoryId, quantity }));
  }

  private async place(lines: readonly WantedLine[]): Promise<void> {
    const wanted = this.limitToStock(lines);
    if (wanted.length === 0) return;
    const notification = this.model.place(makeBuyer(this.random), wanted, this.random);
    this.history.recordState(notification.resource_id);
    await this.sendCallbacks(notification);
  }

  private async add(order: Order | undefined, lines: readonly WantedLine[]): Promise<void> {
    const wanted = this.limitToStock(lines);
    if (!order || wanted.length === 0 || !isOpenToBuyer(order) || this.history.reopened.has(order.id)) return;
    await this.changeByOthers(order, () => this.model.addBatch(order.id, wanted));
  }

  private async removeLine(order: Order | undefined, lineIndex: number, restock: boolean): Promise<void> {
    if (!order || !isOpenToBuyer(order) || this.history.reopened.has(order.id)) return;
    const lines = order.batches.flat();
    const chosen = lines[lineIndex % lines.length];
    // Removing the last line would cancel the order, which is a different action.
    if (!chosen || lines.every(({ inventoryId }) => inventoryId === chosen.inventoryId)) return;
    await this.changeByOthers(order, () =>
      this.model.removeLine(order.id, chosen.inventoryId, restock && this.allowsRestock),
    );
  }

  private async setStatus(
    order: Order | undefined,
    { to, isNotified, restock }: { to: string; isNotified: boolean; restock: boolean },
  ): Promise<void> {
    if (!order || order.isFiled || !nextStatuses[order.status]?.includes(to)) return;
    if (to === "CANCELLED" && this.history.reopened.has(order.id)) return;
    if (order.status === "SHIPPED" && to === "PENDING") this.history.reopened.add(order.id);
    const options = { notify: isNotified, restock: to === "CANCELLED" && restock && this.allowsRestock };
    await this.changeByOthers(order, () => this.model.setStatus(order.id, to, options));
  }

  /**
   * Files an order that is closed and stored with its final status. BrickLink does not list filed orders, so an order
   * that was filed before it was stored could never be found.
   */
  private async file(order: Order | undefined): Promise<void> {
    if (!order || !["COMPLETED", "CANCELLED"].includes(order.status)) return;
    const { businessAccountId } = this.store;
    const stored = await this.store.t.run((ctx) =>
      ctx.db
        .query("bricklinkOrders")
        .withIndex("by_number", (q) =>
          q.eq("businessAccountId", businessAccountId).eq("orderNumber", order.id),
        )
        .unique(),
    );
    if (stored?.status !== order.status) return;
    await this.changeByOthers(order, () => {
      this.model.file(order.id);
      this.history.filedByOthers.add(order.id);
      return null;
    });
  }

  async import(): Promise<void> {
    const { businessAccountId, owner } = this.store;
    // Refused while another import is running.
    await owner
      .mutation(api.marketplaces.bricklink.import.runs.start, { businessAccountId })
      .catch(() => undefined);
    await this.advance(1);
  }

  /** Claims what is due, and cancels every fetch and every change that has not started, as a crash does. */
  private async crash(): Promise<void> {
    const { t, businessAccountId } = this.store;
    // Changes are due ten seconds after the click. No timer fires meanwhile.
    vi.setSystemTime(Date.now() + 10_000);
    await t.mutation(queue.sweep.claimStoreWork, { businessAccountId });
    await t.run(async (ctx) => {
      const processing = await ctx.db.query("bricklinkNotifications").take(500);
      const sending = await ctx.db.query("bricklinkWrites").take(500);
      for (const { jobId, status } of [...processing, ...sending]) {
        if ((status === "processing" || status === "sending") && jobId) await ctx.scheduler.cancel(jobId);
      }
    });
  }

  /** Has an order picked. It may be cancelled before it is shipped. */
  private async pick(order: Order | undefined, isThenCancelled: boolean): Promise<void> {
    const isPicked = await this.staff.pick(order?.id);
    if (!isPicked || !isThenCancelled || !order) return;
    const picked = this.model.order(order.id);
    await this.setStatus(picked, { to: "CANCELLED", isNotified: true, restock: true });
  }

  /** Enters keys that BrickLink accepts. */
  private async changeKeys(): Promise<void> {
    this.api.areKeysRefused = false;
    const keys = { consumerKey: "8A", consumerSecret: "8B", tokenValue: "8C", tokenSecret: "8D" };
    await this.store.action(api.marketplaces.bricklink.connection.settings.connect, { keys });
  }

  /** Sends a notification's callbacks as the fault profile draws them. */
  private async sendCallbacks(notification: Notification): Promise<void> {
    this.sent.push(notification);
    if (this.areCallbacksLost) return;
    for (const delayMs of drawCallbackDelays(faultProfiles[this.api.faultProfile], this.random)) {
      if (delayMs === 0) await this.postCallback(notification);
      else this.delayed.push({ at: Date.now() + delayMs, notification });
    }
  }

  private async postCallback(notification: Notification): Promise<void> {
    const { t, token } = this.store;
    const body = this.random.chance(0.2) ? "" : JSON.stringify([notification]);
    await t.fetch(`/api/bricklink/webhook/${token}`, { method: "POST", body });
  }

  /** Advances the clock minute by minute, sending delayed callbacks and running the crons. */
  async advance(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      vi.advanceTimersByTime(MINUTE);
      this.minutesPassed += 1;
      const due = this.delayed.filter(({ at }) => at <= Date.now());
      for (const callback of due) {
        this.delayed.splice(this.delayed.indexOf(callback), 1);
        await this.postCallback(callback.notification);
      }
      const { t } = this.store;
      await t.mutation(queue.sweep.sweep, {});
      if (this.minutesPassed % 3 === 0) await t.mutation(sync.poll.pollAllStores, {});
      if (this.minutesPassed % 15 === 0) await t.mutation(sync.reconcile.reconcileAllStores, {});
      await this.runDue();
    }
  }

  /** Runs functions that are due, and those that they schedule for now. */
  async runDue(rounds = 5): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      vi.advanceTimersByTime(1);
      await this.store.t.finishInProgressScheduledFunctions();
    }
  }

  /** Ends all faults and runs until no work is left, with an import at the end when `endsWithImport`. */
  async runToCompletion(endsWithImport: boolean): Promise<void> {
    this.api.endFaults();
    this.clockSkewMinutes = 0;
    if (this.api.areKeysRefused) await this.changeKeys();
    await this.store.mutation(api.marketplaces.bricklink.queue.log.retryFailed);
    await this.store.t.finishAllScheduledFunctions(vi.runAllTimers);
    // Two reconciles, each after more than its interval of 15 minutes, find orders whose callbacks were lost.
    for (let round = 0; round < 2; round += 1) {
      vi.advanceTimersByTime(16 * MINUTE);
      const { t, businessAccountId } = this.store;
      await t.mutation(queue.sweep.sweep, {});
      await t.action(notifications.pollNotificationsForBusiness, { businessAccountId });
      await t.action(sync.reconcile.reconcileOrders, { businessAccountId });
      await t.finishAllScheduledFunctions(vi.runAllTimers);
    }
    await this.staff.confirmReturns();
    if (!endsWithImport) return;
    vi.advanceTimersByTime(16 * MINUTE);
    await this.import();
    await this.store.t.finishAllScheduledFunctions(vi.runAllTimers);
  }
}
