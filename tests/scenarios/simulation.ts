/**
 * A store and its BrickLink on a simulated clock: the simulator's own model answers the store's calls, in the weather that
 * the scenario has; buyers, seller, crons and crashes are driven from here.
 */
import { vi } from "vitest";
import { answerApi } from "../../local/bricklink/api/storeApi";
import { StoreModel, type Lot, type Notification, type Order } from "../../local/bricklink/store/model";
import { makeBuyer } from "../../local/bricklink/store/buyers";
import { createRandom, type Random } from "../../local/bricklink/random";
import { newStoreState } from "../../local/bricklink/store/storeState";
import {
  drawCallbackDelays,
  drawFault,
  faultProfiles,
  type FaultKind,
  type FaultProfileName,
} from "../../local/bricklink/faults/faultProfiles";
import { api, aStore, internal, type Store } from "../support/store";
import type { Event, Action, WantedLine } from "./scenario";

const MINUTE = 60_000;

/** What an order may become next, besides what buyers do. A re-opened order is only shipped again; see `reopened`. */
const mayFollow: Record<string, readonly string[]> = {
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

const addable = new Set(["PENDING", "UPDATED", "PROCESSING", "READY"]);

const { notifications, poll, reconcile, sweep } = internal.marketplaces.bricklink;

export class World {
  readonly model: StoreModel;
  readonly listedAtStart = new Map<number, number>();
  calls = 0;
  faults = 0;
  private readonly random: Random;
  private weather: FaultProfileName = "none";
  private skewMinutes = 0;
  private minutes = 0;
  private readonly sent: Notification[] = [];
  private readonly late: { at: number; notification: Notification }[] = [];
  /** Orders that were shipped and came back: what left the shelf is then a matter of what was seen when. */
  private readonly reopened = new Set<number>();

  private constructor(
    readonly store: Store,
    seed: number,
    /** Whether BrickLink may end up listing more than at the start: an import must then end the scenario. */
    private readonly isStockFree: boolean,
  ) {
    this.random = createRandom(seed);
    this.model = new StoreModel(newStoreState("scenario"), () => Date.now() + this.skewMinutes * MINUTE);
    vi.stubGlobal("fetch", (input: string | URL | Request) =>
      this.answer(new URL(input instanceof Request ? input.url : String(input))),
    );
  }

  static async open(lots: readonly number[], seed: number, isStockFree: boolean): Promise<World> {
    const world = new World(await aStore(), seed, isStockFree);
    for (const [index, quantity] of lots.entries()) {
      const lot = world.lot(index, quantity);
      world.model.lots.set(lot.inventoryId, lot);
      world.listedAtStart.set(lot.inventoryId, quantity);
    }
    await world.import();
    return world;
  }

  private lot(index: number, quantity: number): Lot {
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
      isRetain: true,
      stockRoom: null,
      dateCreated: new Date(Date.now()).toISOString(),
    };
  }

  /** What BrickLink answers, or how it fails to. An answer that is lost on its way has happened all the same. */
  private async answer(url: URL): Promise<Response> {
    this.calls += 1;
    const path = url.pathname.slice(url.pathname.indexOf("/v1/") + "/v1".length);
    const fault = drawFault(faultProfiles[this.weather], this.random);
    const { status, body } = answerApi({ model: this.model, save: () => undefined }, path, url.searchParams);
    if (fault === undefined) return new Response(body, { status });
    this.faults += 1;
    return await this.faulty(fault, body);
  }

  private async faulty(fault: FaultKind, body: string): Promise<Response> {
    const refusal = (code: number, message: string) =>
      JSON.stringify({ meta: { description: "", message, code } });
    switch (fault) {
      case "html503":
        return new Response("<html><title>503 Service Temporarily Unavailable</title></html>", {
          status: 503,
        });
      case "error500":
        return new Response(refusal(500, "INTERNAL_SERVER_ERROR"), { status: 500 });
      case "envelope401":
        return new Response(refusal(401, "BAD_OAUTH_REQUEST"));
      case "http429":
        return new Response(refusal(429, "RESOURCE_LIMIT_EXCEED"), {
          status: 429,
          headers: { "Retry-After": "30" },
        });
      case "reset":
        throw new TypeError("fetch failed");
      case "truncated":
        return new Response(body.slice(0, Math.floor(body.length / 2)));
      case "timeout":
        vi.advanceTimersByTime(MINUTE);
        return await new Promise<never>(() => undefined);
      case "slow":
      case "drip":
        vi.advanceTimersByTime(this.random.between(1, 20) * 1_000);
        return new Response(body);
    }
  }

  /** Something happens, the time before it having passed. What cannot happen now does not. */
  async happen(event: Event): Promise<void> {
    await this.pass(event.afterMinutes);
    await this.act(event);
    await this.runDue();
  }

  private async act(event: Action): Promise<void> {
    switch (event.kind) {
      case "order":
        return this.place(event.lines);
      case "add":
        return this.add(this.chosen(event.which), event.lines);
      case "removeLine":
        return this.removeLine(this.chosen(event.which), event.line, event.restock);
      case "pay": {
        const order = this.chosen(event.which);
        if (order && addable.has(order.status)) await this.tell(this.model.pay(order.id));
        return;
      }
      case "status":
        return this.setStatus(this.chosen(event.which), event);
      case "file":
        return this.file(this.chosen(event.which));
      case "restock": {
        const lot = [...this.model.lots.values()][event.lot];
        if (lot) this.model.restock(lot.inventoryId, event.quantity);
        return;
      }
      case "import":
        return this.import();
      case "close":
        this.model.state.isClosed = event.isClosed;
        return;
      case "weather":
        this.weather = event.name;
        return;
      case "skew":
        this.skewMinutes = event.minutes;
        return;
      case "crash":
        return this.crash();
      case "repeatCallback": {
        const notification = this.sent[event.which % Math.max(1, this.sent.length)];
        if (notification) await this.callBack(notification);
        return;
      }
    }
  }

  private chosen(which: number): Order | undefined {
    const orders = [...this.model.orders.values()];
    return orders[which % Math.max(1, orders.length)];
  }

  /** What of the wanted lines is on sale. */
  private onSale(lines: readonly WantedLine[]): { inventoryId: number; quantity: number }[] {
    const wanted = new Map<number, number>();
    const lots = [...this.model.lots.values()].filter(({ quantity }) => quantity > 0);
    for (const { lot, quantity } of lines) {
      const chosen = lots[lot % Math.max(1, lots.length)];
      if (chosen) wanted.set(chosen.inventoryId, Math.min(quantity, chosen.quantity));
    }
    return [...wanted].map(([inventoryId, quantity]) => ({ inventoryId, quantity }));
  }

  private async place(lines: readonly WantedLine[]): Promise<void> {
    const wanted = this.onSale(lines);
    if (wanted.length > 0) await this.tell(this.model.place(makeBuyer(this.random), wanted, this.random));
  }

  private async add(order: Order | undefined, lines: readonly WantedLine[]): Promise<void> {
    const wanted = this.onSale(lines);
    if (!order || wanted.length === 0 || !addable.has(order.status) || this.reopened.has(order.id)) return;
    await this.tell(this.model.addBatch(order.id, wanted));
  }

  private async removeLine(order: Order | undefined, line: number, restock: boolean): Promise<void> {
    if (!order || !addable.has(order.status) || this.reopened.has(order.id)) return;
    const lines = order.batches.flat();
    const chosen = lines[line % lines.length];
    // Removing the last line is cancelling, which is another action.
    if (!chosen || lines.every(({ inventoryId }) => inventoryId === chosen.inventoryId)) return;
    await this.tell(this.model.removeLine(order.id, chosen.inventoryId, restock && this.isStockFree));
  }

  private async setStatus(
    order: Order | undefined,
    { to, isNotified, restock }: { to: string; isNotified: boolean; restock: boolean },
  ): Promise<void> {
    if (!order || order.isFiled || !mayFollow[order.status]?.includes(to)) return;
    if (to === "CANCELLED" && this.reopened.has(order.id)) return;
    if (order.status === "SHIPPED" && to === "PENDING") this.reopened.add(order.id);
    const options = { notify: isNotified, restock: to === "CANCELLED" && restock && this.isStockFree };
    const notification = this.model.setStatus(order.id, to, options);
    if (notification) await this.tell(notification);
  }

  /** A seller files what is over and known to them: an order filed before anyone heard of it is nowhere to be found. */
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
    if (stored?.status === order.status) this.model.file(order.id);
  }

  async import(): Promise<void> {
    const { businessAccountId, owner } = this.store;
    // Refused while one is running.
    await owner
      .mutation(api.marketplaces.bricklink.inventoryImport.start, { businessAccountId })
      .catch(() => undefined);
    await this.pass(1);
  }

  /** Every fetch that was claimed and has not begun is cut off, as by a restart. */
  private async crash(): Promise<void> {
    await this.store.t.run(async (ctx) => {
      const processing = await ctx.db.query("bricklinkNotifications").take(500);
      for (const { jobId, status } of processing) {
        if (status === "processing" && jobId) await ctx.scheduler.cancel(jobId);
      }
    });
  }

  /** BrickLink tells of what happened, as the weather has it. */
  private async tell(notification: Notification): Promise<void> {
    this.sent.push(notification);
    for (const delayMs of drawCallbackDelays(faultProfiles[this.weather], this.random)) {
      if (delayMs === 0) await this.callBack(notification);
      else this.late.push({ at: Date.now() + delayMs, notification });
    }
  }

  private async callBack(notification: Notification): Promise<void> {
    const { t, token } = this.store;
    const body = this.random.chance(0.2) ? "" : JSON.stringify([notification]);
    await t.fetch(`/api/bricklink/webhook/${token}`, { method: "POST", body });
  }

  /** Time passes, minute by minute, with what comes late and with the crons. */
  async pass(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      vi.advanceTimersByTime(MINUTE);
      this.minutes += 1;
      const due = this.late.filter(({ at }) => at <= Date.now());
      for (const arrival of due) {
        this.late.splice(this.late.indexOf(arrival), 1);
        await this.callBack(arrival.notification);
      }
      const { t } = this.store;
      await t.mutation(sweep.sweep, {});
      if (this.minutes % 3 === 0) await t.mutation(poll.pollAllStores, {});
      if (this.minutes % 15 === 0) await t.mutation(reconcile.reconcileAllStores, {});
      await this.runDue();
    }
  }

  /** Runs what is scheduled for now, and what that schedules for now. */
  async runDue(rounds = 5): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      vi.advanceTimersByTime(1);
      await this.store.t.finishInProgressScheduledFunctions();
    }
  }

  /** All is well again, and everything there is to do gets done. */
  async settle(endsWithImport: boolean): Promise<void> {
    this.weather = "none";
    this.skewMinutes = 0;
    await this.store.t.finishAllScheduledFunctions(vi.runAllTimers);
    // Longer than the longest pause, twice; the comparisons find what nobody told of.
    for (let quarter = 0; quarter < 2; quarter += 1) {
      vi.advanceTimersByTime(16 * MINUTE);
      const { t, businessAccountId } = this.store;
      await t.mutation(sweep.sweep, {});
      await t.action(notifications.pollNotificationsForBusiness, { businessAccountId });
      await t.action(reconcile.reconcileOrders, { businessAccountId });
      await t.finishAllScheduledFunctions(vi.runAllTimers);
    }
    if (!endsWithImport) return;
    vi.advanceTimersByTime(16 * MINUTE);
    await this.import();
    await this.store.t.finishAllScheduledFunctions(vi.runAllTimers);
  }
}
