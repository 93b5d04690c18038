/** What the staff of a scenario's store do: they pick, put back, and decide changes of orders, of which a record is kept. */
import { vi } from "vitest";
import type { Doc, Id } from "../../convex/_generated/dataModel";
import { shippingMethods } from "../../local/bricklink/store/shippingMethods";
import { confirmReturn } from "../support/picking";
import { api, type Store } from "../support/store";
import { seenOrders, writesOf, type Change } from "../support/writes";
import type { Decide, Revisit, WantedChange } from "./scenario";

type WriteId = Id<"bricklinkWrites">;

/** A change that staff decided of one order. `change`: as it is to be sent, with what it takes over from one that it replaced. */
export type Decision = {
  writeId: WriteId;
  orderNumber: number;
  change: Change;
  /** When it was asked for. Milliseconds UTC. */
  askedAt: number;
  /** When it was asked for, or tried once more. */
  decidedAt: number;
  /** As of when the staff saw the order: when the fetch of what was stored began. */
  seenAt: number;
  /** When it was withdrawn, or replaced by a later one. */
  takenBackAt?: number;
};

const { requests, writes } = api.marketplaces.bricklink.outbox;

const paymentStatuses = ["Received", "Sent", "Completed", "None"] as const;
const ratings = ["praise", "neutral", "complaint"] as const;

function chosen<T>(items: readonly T[], choice: number): T | undefined {
  return items[choice % Math.max(1, items.length)];
}

export class StoreStaff {
  readonly decisions: Decision[] = [];
  /** When the store was only read. Milliseconds UTC. */
  readonly readOnlyTimes: { from: number; to: number }[] = [];
  /** How often each was done. */
  readonly done = { asked: 0, alreadySo: 0, withdrawn: 0, tooLate: 0, replaced: 0, retried: 0, dismissed: 0 };

  constructor(
    private readonly store: Store,
    /** Runs what is due. */
    private readonly runDue: () => Promise<void>,
  ) {}

  /** Picks all lines of an order that is stored and open. Returns whether there was one. */
  async pick(orderNumber: number | undefined): Promise<boolean> {
    await this.runDue();
    const stored = (await this.store.orders()).find((order) => order.orderNumber === orderNumber);
    if (stored?.tab !== "toPack") return false;
    const lines = (await this.store.lines()).filter(({ orderId }) => orderId === stored._id);
    await this.store.mutation(api.orders.picking.pickStatus.setPicked, {
      lineIds: lines.map(({ _id }) => _id),
      isPicked: true,
    });
    return true;
  }

  /** Puts everything back that lies in a parcel and is not to be shipped. */
  async confirmReturns(): Promise<void> {
    for (const { _id } of await this.store.returns()) await confirmReturn(this.store, _id);
  }

  async setReadOnly(isReadOnly: boolean): Promise<void> {
    await this.store.mutation(writes.setEnabled, { isEnabled: !isReadOnly });
    const now = Date.now();
    const latest = this.readOnlyTimes.at(-1);
    if (isReadOnly) this.readOnlyTimes.push({ from: now, to: Infinity });
    else if (latest) latest.to = now;
  }

  /** Asks for changes of some orders, and within ten seconds leaves it at that, takes them back or asks for others instead. */
  async decide({ changes, afterwards, seconds }: Decide, orderNumbers: readonly number[]): Promise<void> {
    const decided = await this.request(orderNumbers, changes);
    if (afterwards === "leave") return;
    vi.advanceTimersByTime(seconds * 1_000);
    await this.runDue();
    if (afterwards === "again") {
      const others = changes.map(({ kind, choice }) => ({ kind, choice: choice + 1 }));
      await this.request(orderNumbers, others);
    } else {
      for (const decision of decided) await this.withdraw(decision);
    }
  }

  private async request(
    orderNumbers: readonly number[],
    wanted: readonly WantedChange[],
  ): Promise<readonly Decision[]> {
    const [first] = orderNumbers;
    if (first === undefined) return [];
    const changes: Change[] = [];
    for (const each of wanted) {
      const change = await this.changeFor(first, each);
      if (change) changes.push(change);
    }
    const before = await writesOf(this.store);
    const seenAt = new Map((await this.store.orders()).map((order) => [order.orderNumber, order.snapshotAt]));
    const answers = await this.store.mutation(requests.request, {
      orders: await seenOrders(this.store, orderNumbers),
      changes,
      // A status that sets one order back is chosen from its own list.
      mayGoBack: orderNumbers.length === 1,
    });
    this.done.asked += answers.length;
    return answers.flatMap(({ orderNumber, kind, writeId, reason }) => {
      if (reason === "alreadySo") this.done.alreadySo += 1;
      const change = changes.find((each) => each.kind === kind);
      if (!writeId || !change) return [];
      return [this.record({ writeId, orderNumber, change, seenAt: seenAt.get(orderNumber) ?? 0 }, before)];
    });
  }

  /** A change of the wanted kind. Texts are unlike all before, so that it can be told which of them BrickLink has. */
  private async changeFor(orderNumber: number, { kind, choice }: WantedChange): Promise<Change | undefined> {
    const text = `${this.decisions.length}.${choice}`;
    switch (kind) {
      case "status": {
        const { moves } = await this.store.query(writes.forOrder, { orderNumber });
        const status = chosen(moves, choice);
        return status && { kind, status };
      }
      case "payment":
        return { kind, paymentStatus: chosen(paymentStatuses, choice) ?? "Received" };
      case "shipping":
        return {
          kind,
          ...(choice % 3 !== 1 && { trackingNumber: `3S${text}` }),
          ...(choice % 3 !== 0 && { trackingLink: `https://track.test/${text}` }),
          // Whole seconds: two dates of one second count as the same.
          ...(choice % 2 === 0 && { shippedAt: Math.floor(Date.now() / 1_000) * 1_000 }),
          ...(choice % 5 < 2 && { methodId: chosen(shippingMethods, choice)?.id ?? 0 }),
        };
      case "remarks":
        return { kind, remarks: `Note ${text}` };
      case "filing":
        return { kind, isFiled: choice % 4 !== 0 };
      case "driveThru":
        return { kind, isCopyWanted: choice % 2 === 0 };
      // Of an order that is not received yet, the request is answered by why not.
      case "feedback":
        return { kind, rating: chosen(ratings, choice) ?? "praise", comment: `Words ${text}` };
    }
  }

  /** Records a decision. It replaces those of its kind that wait, and refused ones of which it decides every field anew. */
  private record(
    { writeId, orderNumber, change: requested, seenAt }: Omit<Decision, "askedAt" | "decidedAt">,
    before: readonly Doc<"bricklinkWrites">[],
  ): Decision {
    const decidedAt = Date.now();
    let change = requested;
    const ofKind = (wanted: "waiting" | "refused") =>
      this.decisions.filter(
        (earlier) =>
          earlier.orderNumber === orderNumber &&
          earlier.change.kind === requested.kind &&
          before.some(({ _id, status }) => _id === earlier.writeId && status === wanted),
      );
    for (const earlier of ofKind("waiting")) {
      if (earlier.change.kind === "shipping" && change.kind === "shipping") {
        change = { ...earlier.change, ...change };
      }
      this.replace(earlier, decidedAt);
    }
    for (const earlier of ofKind("refused")) {
      const isDecidedAnew = Object.keys(earlier.change).every((field) => field in change);
      if (change.kind !== "shipping" || isDecidedAnew) this.replace(earlier, decidedAt);
    }
    const decision = { writeId, orderNumber, change, seenAt, askedAt: decidedAt, decidedAt };
    this.decisions.push(decision);
    return decision;
  }

  private replace(earlier: Decision, decidedAt: number): void {
    earlier.takenBackAt = decidedAt;
    this.done.replaced += 1;
  }

  private async withdraw(decision: Decision): Promise<void> {
    const tooLate = await this.store.mutation(requests.withdraw, { writeIds: [decision.writeId] });
    this.done.tooLate += tooLate;
    if (tooLate > 0) return;
    decision.takenBackAt = Date.now();
    this.done.withdrawn += 1;
  }

  /** Takes back a change that waits, or tries again or dismisses one that was refused. */
  async revisit({ choice, what }: Revisit): Promise<void> {
    const wanted = what === "withdraw" ? "waiting" : "refused";
    const found = (await writesOf(this.store)).filter(({ status }) => status === wanted);
    const writeId = chosen(found, choice)?._id;
    const decision = this.decisions.find((each) => each.writeId === writeId);
    if (!writeId || !decision) return;
    if (what === "withdraw") await this.withdraw(decision);
    else if (what === "dismiss") {
      await this.store.mutation(requests.dismiss, { writeId });
      this.done.dismissed += 1;
    } else {
      await this.store.mutation(requests.retry, { writeId });
      decision.decidedAt = Date.now();
      this.done.retried += 1;
    }
  }
}
