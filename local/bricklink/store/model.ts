/**
 * A store as BrickLink stores it, and the operations of buyers and seller on it. Knows nothing of HTTP; every operation
 * returns the notification that it causes. Money is in whole ten-thousandths of the currency unit; all `…At` are
 * milliseconds since the epoch, UTC. "help N" names the page of BrickLink's help that states a rule.
 */
import type { Random } from "../random";
import { emptyRecord, type OrderRecord } from "./orderRecord";
import { offeredMethodNames } from "./shippingMethods";

export type Lot = {
  inventoryId: number;
  no: string;
  name: string;
  type: string;
  categoryId: number;
  colorId: number;
  colorName: string;
  quantity: number;
  newOrUsed: "N" | "U";
  completeness: "C" | "B" | "S" | null;
  unitPrice: number;
  description: string;
  remarks: string;
  isRetain: boolean;
  stockRoom: "A" | "B" | "C" | null;
  dateCreated: string;
};

/** The lot as it was when it was ordered, with the quantity ordered. */
export type OrderLine = Omit<Lot, "isRetain" | "stockRoom" | "dateCreated">;

export type Buyer = {
  username: string;
  fullName: string;
  address1: string;
  city: string;
  postalCode: string;
  countryCode: string;
  /** Absent in orders that were stored before buyers had one. */
  phoneNumber?: string;
  currency: string;
};

export type Order = {
  id: number;
  buyer: Buyer;
  orderedAt: number;
  statusChangedAt: number;
  status: string;
  paymentStatus: string;
  paymentMethod: string;
  paidAt: number | null;
  shippingMethod: string;
  shippingCost: number;
  isInvoiced: boolean;
  isFiled: boolean;
  remarks: string | null;
  batches: OrderLine[][];
} & OrderRecord;

export type Notification = {
  event_type: "Order" | "Message" | "Feedback";
  resource_id: number;
  timestamp: string;
};

export type Keys = { consumerKey: string; consumerSecret: string; tokenValue: string; tokenSecret: string };

export type CallbackMode = "list" | "object" | "empty" | "garbage";

export type StoreState = {
  name: string;
  currency: string;
  keys: Keys;
  callback: { url: string; mode: CallbackMode } | null;
  isClosed: boolean;
  unread: Notification[];
  nextOrderId: number;
};

export type WantedLine = { inventoryId: number; quantity: number };

/** A control request that cannot be carried out; its message is the answer. */
export class ControlError extends Error {}

/** Statuses in which a buyer may add to an order (help 62). */
const OPEN_TO_ADDITIONS = new Set(["PENDING", "UPDATED", "PROCESSING", "READY"]);

export class StoreModel {
  readonly lots = new Map<number, Lot>();
  readonly orders = new Map<number, Order>();

  constructor(
    readonly state: StoreState,
    /** Milliseconds since the epoch, UTC. */
    readonly now: () => number,
  ) {}

  /** Throws ControlError when the store has no such order. */
  order(id: number): Order {
    const order = this.orders.get(id);
    if (!order) throw new ControlError(`Store ${this.state.name} has no order ${id}.`);
    return order;
  }

  /** Replaces an order by what `change` makes of it. Throws ControlError when the store has no such order. */
  change(id: number, change: (order: Order) => Order): void {
    this.orders.set(id, change(this.order(id)));
  }

  /** Subtracts stock, as BrickLink does when an order is submitted (not when it is paid or shipped). */
  private takeStock(lines: readonly WantedLine[]): OrderLine[] {
    for (const { inventoryId, quantity } of lines) {
      const listed = this.lots.get(inventoryId)?.quantity ?? 0;
      if (quantity < 1 || quantity > listed) {
        throw new ControlError(`Lot ${inventoryId} has ${listed} pieces on sale; ${quantity} were ordered.`);
      }
    }
    return lines.map(({ inventoryId, quantity }) => {
      const lot = this.lots.get(inventoryId);
      if (!lot) throw new ControlError(`There is no lot ${inventoryId}.`);
      const { isRetain, stockRoom, dateCreated, ...goods } = lot;
      this.setQuantity({ ...goods, isRetain, stockRoom, dateCreated }, lot.quantity - quantity);
      return { ...goods, quantity };
    });
  }

  /** A lot that is sold out is deleted, or moves to stockroom A when it is marked "retain" (help 270). */
  private setQuantity(lot: Lot, quantity: number): void {
    if (quantity > 0) this.lots.set(lot.inventoryId, { ...lot, quantity });
    else if (lot.isRetain) this.lots.set(lot.inventoryId, { ...lot, quantity: 0, stockRoom: "A" });
    else this.lots.delete(lot.inventoryId);
  }

  private notify(event_type: Notification["event_type"], resource_id: number): Notification {
    const notification = { event_type, resource_id, timestamp: new Date(this.now()).toISOString() };
    this.state.unread.push(notification);
    return notification;
  }

  /** Throws ControlError when a lot has fewer pieces on sale than wanted. */
  place(buyer: Buyer, lines: readonly WantedLine[], random: Random): Notification {
    const batch = this.takeStock(lines);
    const id = this.state.nextOrderId;
    this.state.nextOrderId += 1;
    this.orders.set(id, {
      id,
      buyer,
      orderedAt: this.now(),
      statusChangedAt: this.now(),
      status: "PENDING",
      paymentStatus: "None",
      paymentMethod: random.pick(["PayPal (Onsite)", "IBAN / Bank transfer", "Stripe"]),
      paidAt: null,
      shippingMethod: random.pick(offeredMethodNames),
      shippingCost: random.pick([29_500, 44_900, 69_000]),
      isInvoiced: false,
      isFiled: false,
      remarks: null,
      batches: [batch],
      ...emptyRecord(),
    });
    return this.notify("Order", id);
  }

  /**
   * A buyer adds to an order: a new batch, status UPDATED, unpaid again, drive-thru not sent, and both dates change (help
   * 62, 267). Throws ControlError when the order's status forbids it or a lot has too few pieces.
   */
  addBatch(id: number, lines: readonly WantedLine[]): Notification {
    const order = this.order(id);
    if (!OPEN_TO_ADDITIONS.has(order.status)) {
      throw new ControlError(
        `Order ${id} is ${order.status}: buyers can add only to orders that are neither paid nor packed.`,
      );
    }
    const batch = this.takeStock(lines);
    this.orders.set(id, {
      ...order,
      status: "UPDATED",
      paymentStatus: "None",
      paidAt: null,
      isInvoiced: false,
      isDriveThruSent: false,
      orderedAt: this.now(),
      statusChangedAt: this.now(),
      batches: [...order.batches, batch],
    });
    return this.notify("Order", id);
  }

  /** An approved removal of a line; its pieces are listed again when `restock`. */
  removeLine(id: number, inventoryId: number, restock: boolean): Notification {
    const order = this.order(id);
    const removed = order.batches.flat().filter((line) => line.inventoryId === inventoryId);
    if (removed.length === 0) throw new ControlError(`Order ${id} has no line of lot ${inventoryId}.`);
    if (restock) removed.forEach((line) => this.returnToLot(line));
    const batches = order.batches.map((batch) => batch.filter((line) => line.inventoryId !== inventoryId));
    const moved = { orderedAt: this.now(), statusChangedAt: this.now(), status: "UPDATED" };
    this.orders.set(id, { ...order, ...moved, isDriveThruSent: false, batches });
    return this.notify("Order", id);
  }

  private returnToLot(line: OrderLine): void {
    const lot = this.lots.get(line.inventoryId);
    if (lot)
      this.lots.set(lot.inventoryId, { ...lot, quantity: lot.quantity + line.quantity, stockRoom: null });
    else {
      const dateCreated = new Date(this.now()).toISOString();
      this.lots.set(line.inventoryId, { ...line, isRetain: false, stockRoom: null, dateCreated });
    }
  }

  /** The seller lists more pieces of a lot, which causes no notification. */
  restock(inventoryId: number, quantity: number): void {
    const lot = this.lots.get(inventoryId);
    if (!lot) throw new ControlError(`There is no lot ${inventoryId}.`);
    this.lots.set(inventoryId, { ...lot, quantity: lot.quantity + quantity, stockRoom: null });
  }

  /** The seller deletes a lot and lists it again, which gives it a new id. Returns the new id. */
  relist(inventoryId: number): number {
    const lot = this.lots.get(inventoryId);
    if (!lot) throw new ControlError(`There is no lot ${inventoryId}.`);
    const newId = Math.max(...this.lots.keys()) + 1;
    this.lots.delete(inventoryId);
    this.lots.set(newId, { ...lot, inventoryId: newId, remarks: `${lot.remarks} (moved)` });
    return newId;
  }

  /** Puts a part of a lot into another bin, as a lot of its own. Returns its id. */
  split(inventoryId: number, quantity: number, remarks: string): number {
    const lot = this.lots.get(inventoryId);
    if (!lot || lot.quantity <= quantity) {
      throw new ControlError(`There is no lot ${inventoryId} of more than ${quantity} pieces.`);
    }
    const newId = Math.max(...this.lots.keys()) + 1;
    this.lots.set(inventoryId, { ...lot, quantity: lot.quantity - quantity });
    this.lots.set(newId, { ...lot, inventoryId: newId, quantity, remarks });
    return newId;
  }

  pay(id: number): Notification {
    const order = this.order(id);
    this.orders.set(id, {
      ...order,
      status: "PAID",
      paymentStatus: "Received",
      paidAt: this.now(),
      statusChangedAt: this.now(),
    });
    return this.notify("Order", id);
  }

  /**
   * Any other change of status. `notify` is an option because BrickLink documents notifications for buyers' changes, not
   * for the seller's own; `restock` is one because sellers' reports of what a cancellation does to stock conflict.
   */
  setStatus(
    id: number,
    status: string,
    options: { notify?: boolean; restock?: boolean },
  ): Notification | null {
    const order = this.order(id);
    if (options.restock) order.batches.flat().forEach((line) => this.returnToLot(line));
    const isPurged = status === "PURGED";
    this.orders.set(id, {
      ...order,
      status,
      statusChangedAt: this.now(),
      batches: isPurged ? [] : order.batches,
    });
    return options.notify ? this.notify("Order", id) : null;
  }

  file(id: number): void {
    this.change(id, (order) => ({ ...order, isFiled: true }));
  }

  notifyAbout(event: "Message" | "Feedback", resourceId: number): Notification {
    return this.notify(event, resourceId);
  }

  /** Reading notifications deletes them: a second read returns nothing (BrickLink's API manual, "Get Notifications"). */
  readNotifications(): Notification[] {
    return this.state.unread.splice(0);
  }
}
