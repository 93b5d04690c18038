/** One simulated store: its model, its callbacks, and saving after every change. */
import { makeLots } from "./catalogue";
import {
  ControlError,
  StoreModel,
  type CallbackMode,
  type Notification,
  type StoreState,
  type WantedLine,
} from "./model";
import { makeBuyer } from "./buyers";
import type { Persistence } from "./persistence";
import { Push } from "../callbacks";
import type { Random } from "../random";

const LINES_MAX = 9;
const PIECES_MAX = 12;

export type Call = { at: number; path: string };

type StoreParts = {
  now: () => number;
  random: Random;
  persistence: Persistence;
  deliveries: () => number[] | undefined;
};

export class Store {
  readonly model: StoreModel;
  readonly push: Push;
  /** API calls received, for tests that count them. */
  readonly calls: Call[] = [];
  readonly nonces = new Set<string>();

  constructor(
    state: StoreState,
    private readonly parts: StoreParts,
  ) {
    this.model = new StoreModel(state, parts.now);
    this.push = new Push(state, parts.now, parts.deliveries);
  }

  get name(): string {
    return this.model.state.name;
  }

  stock(count: number): void {
    for (const lot of makeLots(this.parts.random, count)) this.model.lots.set(lot.inventoryId, lot);
    this.save();
  }

  save(): void {
    const { state, lots, orders } = this.model;
    this.parts.persistence.save({ state, lots: [...lots.values()], orders: [...orders.values()] });
  }

  /** Saves first: what a store is told of must survive whatever happens next. */
  private tell(notification: Notification | null): void {
    this.save();
    if (notification) this.push.notify(notification);
  }

  /** A few lots a buyer might want, never all of one. */
  private wishes(): WantedLine[] {
    const { random } = this.parts;
    const lots = [...this.model.lots.values()].filter((lot) => lot.stockRoom === null && lot.quantity > 1);
    const wanted = new Map<number, number>();
    for (let line = random.between(1, LINES_MAX); line > 0 && lots.length > 0; line -= 1) {
      const lot = random.pick(lots);
      wanted.set(lot.inventoryId, random.between(1, Math.min(PIECES_MAX, lot.quantity - 1)));
    }
    return [...wanted].map(([inventoryId, quantity]) => ({ inventoryId, quantity }));
  }

  /** A buyer orders; without lines, whatever they like. Returns the order's number. */
  placeOrder(lines?: WantedLine[], buyerName?: string): number {
    const { random } = this.parts;
    const wanted = lines ?? this.wishes();
    if (wanted.length === 0) throw new ControlError(`Store ${this.name} has nothing to order.`);
    const buyer = makeBuyer(random);
    const named = buyerName === undefined ? buyer : { ...buyer, username: buyerName };
    const notification = this.model.place(named, wanted, random);
    this.tell(notification);
    return notification.resource_id;
  }

  addBatch(id: number, lines?: WantedLine[]): void {
    this.tell(this.model.addBatch(id, lines ?? this.wishes()));
  }

  removeLine(id: number, inventoryId: number, restock: boolean): void {
    this.tell(this.model.removeLine(id, inventoryId, restock));
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

  pay(id: number): void {
    this.tell(this.model.pay(id));
  }

  setStatus(id: number, status: string, options: { notify?: boolean; restock?: boolean } = {}): void {
    this.tell(this.model.setStatus(id, status, options));
  }

  file(id: number): void {
    this.model.file(id);
    this.save();
  }

  tellOf(event: "Message" | "Feedback", resourceId: number): void {
    this.tell(this.model.tellOf(event, resourceId));
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
