/**
 * BrickLink's store API in a scenario: the simulator's model answers the store's calls, with the faults of the scenario. Calls of
 * `fetch` reach it while it is the latest one.
 */
import { vi } from "vitest";
import { answerApi } from "../../local/bricklink/api/storeApi";
import { answerWrite } from "../../local/bricklink/api/writes";
import {
  drawFault,
  faultProfiles,
  isWriteFault,
  preventsWrite,
  type FaultKind,
  type FaultProfileName,
  type WriteFaultKind,
} from "../../local/bricklink/faults/faultProfiles";
import type { Random } from "../../local/bricklink/random";
import type { StoreModel } from "../../local/bricklink/store/model";
import type { Store } from "../support/store";
import { faultyResponse } from "./faultyResponse";
import type { OrderHistory } from "./orderHistory";

/**
 * What becomes of a write besides random faults. crashBefore, crashAfter: its run ends before or after BrickLink carried it out, and
 * records nothing. completed, cancelled: the order is, between the read and the write.
 */
export const writeFates = [
  "answerLost",
  "writeLost",
  "html200",
  "crashBefore",
  "crashAfter",
  "completed",
  "cancelled",
] as const;
export type WriteFate = (typeof writeFates)[number];

type Call = { method: string; path: string; query: URLSearchParams; body: string };

/** The order that a write changes: feedback names it in its body. */
function orderNumberOf({ path, body }: Call): number {
  return path === "/feedback"
    ? (JSON.parse(body) as { order_id: number }).order_id
    : Number(path.split("/")[2]);
}

export class SimulatedApi {
  /** Calls made so far, and how many of them failed. */
  calls = 0;
  faults = 0;
  faultProfile: FaultProfileName = "none";
  /** Whether every fetch of an order fails, while other calls succeed. */
  areOrdersDown = false;
  areKeysRefused = false;
  /** By order: since when BrickLink's answer about it cannot be read. */
  private readonly unreadableSince = new Map<number, number>();
  private faultsEndedAt = Infinity;
  /** What becomes of the next writes, first in first out. */
  readonly fates: WriteFate[] = [];
  /** How many writes met each fate. */
  readonly met = new Map<WriteFate, number>();

  constructor(
    private readonly model: StoreModel,
    private readonly store: Store,
    private readonly history: OrderHistory,
    private readonly random: Random,
  ) {
    vi.stubGlobal("fetch", (input: string | URL | Request, init: RequestInit = {}) => {
      const { pathname, searchParams: query } = new URL(input instanceof Request ? input.url : input);
      const path = pathname.slice(pathname.indexOf("/v1/") + "/v1".length);
      const body = typeof init.body === "string" ? init.body : "";
      return this.answer({ method: init.method ?? "GET", path, query, body });
    });
  }

  /** From now on every call succeeds, except that refused keys stay refused. */
  endFaults(): void {
    this.faultProfile = "none";
    this.areOrdersDown = false;
    this.faultsEndedAt = Date.now();
    this.fates.splice(0);
  }

  /** From now on BrickLink's answer about an order cannot be read. */
  makeUnreadable(orderNumber: number): void {
    if (!this.unreadableSince.has(orderNumber)) this.unreadableSince.set(orderNumber, Date.now());
  }

  /** Whether BrickLink's answer about an order could not be read at some time of these, milliseconds UTC. */
  wasUnreadable(orderNumber: number, { from, to }: { from: number; to: number }): boolean {
    return (this.unreadableSince.get(orderNumber) ?? Infinity) <= to && from <= this.faultsEndedAt;
  }

  private isUnreadable(path: string): boolean {
    const now = Date.now();
    const orderNumber = Number(/^\/orders\/(\d+)$/.exec(path)?.[1]);
    return this.wasUnreadable(orderNumber, { from: now, to: now });
  }

  /** BrickLink's answer, or a fault. A read has its effect even when its answer is lost. */
  private async answer(call: Call): Promise<Response> {
    this.calls += 1;
    // A call takes time: snapshots of one millisecond would be taken for one.
    vi.setSystemTime(Date.now() + 1);
    const { method, path, query } = call;
    if (this.areKeysRefused) return await this.fail("envelope401", "");
    if (method !== "GET") return await this.answerWrite(call);
    if (this.isUnreadable(path)) {
      this.faults += 1;
      return Response.json({
        meta: { description: "OK", message: "OK", code: 200 },
        data: { order_id: "?" },
      });
    }
    const fault = this.areOrdersDown && path.startsWith("/orders/") ? "html503" : this.drawFault();
    const { status, body } = answerApi({ model: this.model, save: () => undefined }, path, query);
    return fault === undefined ? new Response(body, { status }) : await this.fail(fault, body);
  }

  private drawFault(): FaultKind | undefined {
    return drawFault(faultProfiles[this.faultProfile], this.random);
  }

  private async fail(fault: FaultKind | WriteFaultKind, body: string): Promise<Response> {
    this.faults += 1;
    return await faultyResponse(isWriteFault(fault) ? "reset" : fault, body, this.random);
  }

  private async answerWrite(call: Call): Promise<Response> {
    const fate = this.fates.shift();
    if (fate) this.met.set(fate, (this.met.get(fate) ?? 0) + 1);
    const orderNumber = orderNumberOf(call);
    if (fate === "crashBefore" || fate === "crashAfter") {
      await this.crashRun(orderNumber);
      return fate === "crashBefore" ? await this.fail("writeLost", "") : this.carryOut(orderNumber, call);
    }
    if (fate === "completed" || fate === "cancelled") {
      this.history.move(orderNumber, fate === "completed" ? "COMPLETED" : "CANCELLED");
      return this.carryOut(orderNumber, call);
    }
    const fault = fate ?? this.drawFault();
    if (fault !== undefined && preventsWrite(fault)) return await this.fail(fault, "");
    const response = this.carryOut(orderNumber, call);
    return fault === undefined ? response : await this.fail(fault, await response.text());
  }

  private carryOut(orderNumber: number, call: Call): Response {
    const before = this.model.order(orderNumber);
    const { status, body } = answerWrite({ model: this.model, save: () => undefined }, call);
    const after = this.model.order(orderNumber);
    if (after.writes.length > before.writes.length) this.history.recordWrite(before, after, call);
    else this.history.refusedWrites.push({ at: Date.now(), orderNumber, ...call });
    return new Response(body, { status });
  }

  /** Takes the lease from the run that changes an order, which leaves what a crash leaves: nothing that it does later counts. */
  private async crashRun(orderNumber: number): Promise<void> {
    const { t, businessAccountId } = this.store;
    await t.run(async (ctx) => {
      const sending = await ctx.db
        .query("bricklinkWrites")
        .withIndex("by_order", (q) =>
          q.eq("businessAccountId", businessAccountId).eq("orderNumber", orderNumber).eq("status", "sending"),
        )
        .unique();
      if (sending) await ctx.db.patch("bricklinkWrites", sending._id, { leaseExpiresAt: Date.now() - 1 });
    });
  }
}
