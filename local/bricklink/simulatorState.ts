/** The simulated BrickLink without its HTTP server: the stores, the clock and the faults. */
import { Faults } from "./faults/faults";
import type { Random } from "./random";
import { simulateActivity } from "./store/activity";
import { ControlError, type Keys, type StoreState } from "./store/model";
import { emptyRecord } from "./store/orderRecord";
import type { Persistence } from "./store/persistence";
import { Store } from "./store/store";
import { newStoreState } from "./store/storeState";

/** Chosen: several hundred lots, as a small store has. */
const DEFAULT_LOTS = 300;

export class SimulatorState {
  readonly faults: Faults;
  /** How far BrickLink's clock is ahead of the real one, in milliseconds. */
  skewMs = 0;
  private readonly byName = new Map<string, Store>();

  constructor(
    private readonly random: Random,
    private readonly realNow: () => number,
    private readonly persistence: Persistence,
  ) {
    this.faults = new Faults(this.now);
    for (const { state, lots, orders } of persistence.load()) {
      const store = this.add(this.newStore(state));
      for (const lot of lots) store.model.lots.set(lot.inventoryId, lot);
      // An order that was saved by an earlier version has no record.
      for (const order of orders) store.model.orders.set(order.id, { ...emptyRecord(), ...order });
    }
  }

  /** The simulated clock, in milliseconds since the epoch, UTC. */
  readonly now = (): number => this.realNow() + this.skewMs;

  private newStore(state: StoreState): Store {
    const { now, random, persistence, faults } = this;
    return new Store(state, { now, random, persistence, callbackDelays: () => faults.callbackDelays() });
  }

  private add(store: Store): Store {
    this.byName.set(store.name, store);
    return store;
  }

  stores(): Store[] {
    return [...this.byName.values()];
  }

  /** Throws ControlError when there is no store of that name. */
  store(name: string): Store {
    const store = this.byName.get(name);
    if (!store) throw new ControlError(`There is no store "${name}".`);
    return store;
  }

  /** Creates a store and returns its API keys. A store of that name that exists already is returned unchanged. */
  createStore(name: string, lots = DEFAULT_LOTS): { name: string } & Keys {
    const existing = this.byName.get(name);
    const store = existing ?? this.add(this.newStore(newStoreState(name)));
    if (!existing) store.addRandomLots(lots);
    return { name, ...store.model.state.keys };
  }

  storeWithKey(consumerKey: string | undefined): Store | undefined {
    return this.stores().find(({ model }) => model.state.keys.consumerKey === consumerKey);
  }

  /** Performs one random event in every store. */
  simulateActivity(): void {
    for (const store of this.stores()) simulateActivity(store, this.random);
  }
}
