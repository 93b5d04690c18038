/** One simulated store: its model, its callbacks, and the saving of every change. */
import { CallbackSender } from "../callbacks";
import type { Random } from "../random";
import { makeBuyer } from "./buyers";
import { makeLots } from "./catalogue";
import { feedbackAbout, nextFeedbackId, withFeedback } from "./feedback";
import { withMessage } from "./messages";
import {
  ControlError,
  StoreModel,
  type CallbackMode,
  type Notification,
  type StoreState,
  type WantedLine,
} from "./model";
import type { Persistence } from "./persistence";
import { mayMove } from "./statusMoves";

/** Bounds of a random order. Chosen: enough for several bins, few enough to read on one screen. */
const LINES_MAX = 9;
const PIECES_PER_LINE_MAX = 12;

/** One API call received. `at`: milliseconds since the epoch, UTC, by the simulated clock. */
export type Call = { at: number; method: string; path: string };

type StoreDependencies = {
  now: () => number;
  random: Random;
  persistence: Persistence;
  callbackDelays: () => number[] | undefined;
};

export class Store {
  readonly model: StoreModel;
  readonly callbacks: CallbackSender;
  /** API calls received, so that tests can count them. */
  readonly calls: Call[] = [];
  /** OAuth nonces already used: each is accepted once. */
  readonly nonces = new Set<string>();

  constructor(
    state: StoreState,
    private readonly dependencies: StoreDependencies,
  ) {
    const { now, callbackDelays } = dependencies;
    this.model = new StoreModel(state, now);
    this.callbacks = new CallbackSender(state, now, callbackDelays);
  }

  get name(): string {
    return this.model.state.name;
  }

  /** Lists `count` random lots of parts, and a few minifigures, sets and gear. */
  addRandomLots(count: number): void {
    for (const lot of makeLots(this.dependencies.random, count)) this.model.lots.set(lot.inventoryId, lot);
    this.save();
  }

  save(): void {
    const { state, lots, orders } = this.model;
    this.dependencies.persistence.save({ state, lots: [...lots.values()], orders: [...orders.values()] });
  }

  /** Saves before the callback is sent, so that a crash in between loses the callback and not the order. */
  private saveAndNotify(notification: Notification | null): void {
    this.save();
    if (notification) this.callbacks.notify(notification);
  }

  /** Random lines from the lots on sale. At least one piece of each lot stays. */
  private randomLines(): WantedLine[] {
    const { random } = this.dependencies;
    const lots = [...this.model.lots.values()].filter((lot) => lot.stockRoom === null && lot.quantity > 1);
    const wanted = new Map<number, number>();
    for (let line = random.between(1, LINES_MAX); line > 0 && lots.length > 0; line -= 1) {
      const lot = random.pick(lots);
      wanted.set(lot.inventoryId, random.between(1, Math.min(PIECES_PER_LINE_MAX, lot.quantity - 1)));
    }
    return [...wanted].map(([inventoryId, quantity]) => ({ inventoryId, quantity }));
  }

  /**
   * Places an order, with random lines when none are given. Returns the order's number. Throws ControlError when a lot
   * has fewer pieces on sale than wanted, or the store has nothing to order.
   */
  placeOrder(lines?: WantedLine[], buyerName?: string): number {
    const { random } = this.dependencies;
    const wanted = lines ?? this.randomLines();
    if (wanted.length === 0) throw new ControlError(`Store ${this.name} has nothing to order.`);
    const buyer = makeBuyer(random);
    const named = buyerName === undefined ? buyer : { ...buyer, username: buyerName };
    const notification = this.model.place(named, wanted, random);
    this.saveAndNotify(notification);
    return notification.resource_id;
  }

  /**
   * Adds a batch to an order, with random lines when none are given. Throws ControlError as StoreModel.addBatch does.
   */
  addBatch(id: number, lines?: WantedLine[]): void {
    this.saveAndNotify(this.model.addBatch(id, lines ?? this.randomLines()));
  }

  removeLine(id: number, inventoryId: number, restock: boolean): void {
    this.saveAndNotify(this.model.removeLine(id, inventoryId, restock));
  }

  restock(inventoryId: number, quantity: number): void {
    this.model.restock(inventoryId, quantity);
    this.save();
  }

  relist(inventoryId: number): number {
    const newId = this.model.relist(inventoryId);
    this.save();
    return newId;
  }

  split(inventoryId: number, quantity: number, remarks: string): number {
    const newId = this.model.split(inventoryId, quantity, remarks);
    this.save();
    return newId;
  }

  pay(id: number): void {
    this.saveAndNotify(this.model.pay(id));
  }

  setStatus(id: number, status: string, options: { notify?: boolean; restock?: boolean } = {}): void {
    this.saveAndNotify(this.model.setStatus(id, status, options));
  }

  file(id: number): void {
    this.model.file(id);
    this.save();
  }

  /** The buyer says that an order has arrived. Throws ControlError when it is not under way. */
  receive(id: number): void {
    const { status } = this.model.order(id);
    if (!mayMove("buyer", status, "RECEIVED"))
      throw new ControlError(`Order ${id} is ${status}: only a shipped order can be received.`);
    this.setStatus(id, "RECEIVED", { notify: true });
  }

  /** The buyer of an order writes to the seller. */
  sendMessage(id: number, message: { subject: string | null; body: string }): void {
    this.model.change(id, (order) => withMessage(order, { ...message, sentAt: this.dependencies.now() }));
    this.saveAndNotify(this.model.notifyAbout("Message", id));
  }

  /**
   * The buyer of an order rates the seller. `completes`: BrickLink then completes the order by itself, as it does with some
   * (BL-Picklist); assumed: without an event of its own. Throws ControlError when the buyer has rated this order before.
   */
  leaveFeedback(id: number, sent: { rating: number; comment: string }, completes: boolean): void {
    const { model } = this;
    if (feedbackAbout(model.order(id), "seller"))
      throw new ControlError(`The buyer of order ${id} has left feedback already.`);
    const feedbackId = nextFeedbackId(model.orders.values());
    const feedback = { ...sent, id: feedbackId, about: "seller" as const, ratedAt: this.dependencies.now() };
    model.change(id, (order) => withFeedback(order, feedback));
    if (completes) model.setStatus(id, "COMPLETED", {});
    this.saveAndNotify(model.notifyAbout("Feedback", id));
  }

  setCallback(url: string, mode: CallbackMode = "list"): void {
    this.model.state.callback = { url, mode };
    this.save();
  }

  setClosed(isClosed: boolean): void {
    this.model.state.isClosed = isClosed;
    this.save();
  }
}
