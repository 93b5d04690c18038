/** What happened to a scenario's orders at BrickLink, and by whom: what their final state alone does not tell. */
import type { Order, StoreModel } from "../../local/bricklink/store/model";

/** A write of the store that BrickLink carried out. `at`: milliseconds of the real clock, not of BrickLink's. */
export type CarriedOut = { at: number; orderNumber: number; method: string; path: string; body: string };

/** How an order is at BrickLink since `at`, milliseconds of the real clock; `orderedAt` by BrickLink's. */
export type OrderState = Pick<Order, "status" | "orderedAt"> & { at: number };

/** Statuses in which BrickLink does not change an order by itself, and buyers cannot cancel it. */
const SETTLED = new Set(["COMPLETED", "CANCELLED", "NPB", "OCR"]);

const SHIPPED = new Set(["SHIPPED", "RECEIVED", "COMPLETED"]);

export class OrderHistory {
  /** The store's writes, in their order. */
  readonly writes: CarriedOut[] = [];
  /** Writes of the store that BrickLink read and did not carry out. */
  readonly refusedWrites: CarriedOut[] = [];
  /** Mails that were sent although the order showed that one was. */
  readonly repeatedMails: CarriedOut[] = [];
  /** By order: when somebody else than the store's staff last changed it. */
  readonly changedByOthersAt = new Map<number, number>();
  /** Orders that somebody filed at BrickLink's own pages. It announces that by no notification, and its lists show no filed order. */
  readonly filedByOthers = new Set<number>();
  /** By order: when its status was last set, and whether the store did it. */
  readonly statusSet = new Map<number, { at: number; isByStore: boolean }>();
  /** Orders that were re-opened after shipping. How much stock they took depends on which status was polled when. */
  readonly reopened = new Set<number>();

  private readonly states = new Map<number, OrderState[]>();

  constructor(private readonly model: StoreModel) {}

  /** How an order has been at BrickLink, from its placing on. */
  statesOf(orderNumber: number): readonly OrderState[] {
    return this.states.get(orderNumber) ?? [];
  }

  /** Records how an order is from now on. */
  recordState(orderNumber: number): void {
    const { status, orderedAt } = this.model.order(orderNumber);
    this.states.set(orderNumber, [...this.statesOf(orderNumber), { at: Date.now(), status, orderedAt }]);
  }

  /** Records that buyers, BrickLink or the seller at BrickLink's own pages changed an order. */
  recordOthers(orderNumber: number): void {
    const at = Date.now();
    this.changedByOthersAt.set(orderNumber, at);
    this.statusSet.set(orderNumber, { at, isByStore: false });
    this.recordState(orderNumber);
  }

  recordWrite(
    before: Order,
    after: Order,
    { method, path, body }: Omit<CarriedOut, "at" | "orderNumber">,
  ): void {
    const carriedOut = { at: Date.now(), orderNumber: after.id, method, path, body };
    this.writes.push(carriedOut);
    if (path.endsWith("/drive_thru") && before.isDriveThruSent) this.repeatedMails.push(carriedOut);
    if (path.endsWith("/status")) this.statusSet.set(after.id, { at: carriedOut.at, isByStore: true });
    this.recordState(after.id);
    if (SHIPPED.has(before.status) && !SHIPPED.has(after.status)) this.reopened.add(after.id);
  }

  /** BrickLink completes an order by itself, or its buyer cancels it, which is announced by no notification here. */
  move(orderNumber: number, to: "COMPLETED" | "CANCELLED"): void {
    const { status, isFiled } = this.model.order(orderNumber);
    if (isFiled || SETTLED.has(status)) return;
    if (to === "CANCELLED" && (SHIPPED.has(status) || this.reopened.has(orderNumber))) return;
    this.model.setStatus(orderNumber, to, {});
    this.recordOthers(orderNumber);
  }
}
