/**
 * Staff who click while the system is killed under them, and what must have become of their clicks: each change that was confirmed
 * reaches BrickLink once, the last one of its kind is what BrickLink has, and one that was taken back in time never arrives.
 */
import type { ConvexHttpClient } from "convex/browser";
import { setTimeout as wait } from "node:timers/promises";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import type { Random } from "../../local/bricklink/random";
import type { Order } from "../../local/bricklink/store/model";
import { seenOrder, signedInClient, type Running } from "../support/system";
import type { Change } from "../support/writes";

export type Staff = { client: ConvexHttpClient; businessAccountId: Id<"businessAccounts"> };

/** A change that was asked for, in the order of the clicks. */
export type Click = {
  orderNumber: number;
  change: Change;
  /** Null when the system was killed before it answered: the change may be stored or not. */
  writeId: Id<"bricklinkWrites"> | null;
  isWithdrawn: boolean;
};

/** Chosen: several clicks in each life of the system. */
const PAUSE_MS_MAX = 150;

const { requests, writes } = api.marketplaces.bricklink.outbox;

/** The owner of the demo store. */
export async function signedInStaff({ convex, demo }: Running): Promise<Staff> {
  const client = await signedInClient(convex, demo);
  const { businesses } = await client.query(api.accounts.businesses.mine, {});
  const [business] = businesses;
  if (!business) throw new Error("The demo has no store.");
  return { client, businessAccountId: business.businessAccountId };
}

/** A change whose text is unlike all others, or a status that the order can be given. */
async function randomChange(
  { client, businessAccountId }: Staff,
  orderNumber: number,
  random: Random,
  number: number,
): Promise<Change | undefined> {
  const kind = random.pick(["status", "shipping", "shipping", "driveThru"] as const);
  if (kind === "shipping") return { kind, trackingNumber: `3S${number}E` };
  if (kind === "driveThru") return { kind, isCopyWanted: false };
  const { moves } = await client.query(writes.forOrder, { businessAccountId, orderNumber });
  return moves.length > 0 ? { kind, status: random.pick(moves) } : undefined;
}

async function click(staff: Staff, orderNumber: number, random: Random, clicks: Click[]): Promise<void> {
  const { client, businessAccountId } = staff;
  const change = await randomChange(staff, orderNumber, random, clicks.length);
  if (change === undefined) return;
  const asked: Click = { orderNumber, change, writeId: null, isWithdrawn: false };
  clicks.push(asked);
  const [answer] = await client.mutation(requests.request, {
    businessAccountId,
    orders: [await seenOrder(client, businessAccountId, orderNumber)],
    changes: [change],
    mayGoBack: true,
  });
  if (!answer?.writeId) {
    clicks.splice(clicks.indexOf(asked), 1);
    return;
  }
  asked.writeId = answer.writeId;
  if (!random.chance(0.2)) return;
  const tooLate = await client.mutation(requests.withdraw, { businessAccountId, writeIds: [answer.writeId] });
  asked.isWithdrawn = tooLate === 0;
}

/** Clicks until `isOver`. Calls that a kill interrupts are ignored. `orders`: those that nobody else changes any more. */
export async function clickUntil(
  isOver: () => boolean,
  staff: Staff,
  random: Random,
  orders: ReadonlySet<number>,
  clicks: Click[],
): Promise<void> {
  while (!isOver()) {
    await wait(random.between(1, PAUSE_MS_MAX));
    // Few orders, so that changes of one meet, and the first ones, which are stored by now.
    const first = [...orders].slice(0, 12);
    if (first.length === 0) continue;
    try {
      await click(staff, random.pick(first), random, clicks);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
}

function valueOf(change: Change, order: Order): { wanted: string; present: string | null } | null {
  if (change.kind === "status") return { wanted: change.status, present: order.status };
  if (change.kind !== "shipping") return null;
  return { wanted: change.trackingNumber ?? "", present: order.shipment.trackingNumber };
}

/** Clicks on one order that are lost at BrickLink, and mails and numbers that it should not have got. */
export async function checkClicks(
  { client, businessAccountId }: Staff,
  order: Order,
  clicks: readonly Click[],
): Promise<{ lost: string[]; wrong: string[] }> {
  const own = clicks.filter(({ orderNumber }) => orderNumber === order.id);
  const stored = await client.query(writes.forOrder, { businessAccountId, orderNumber: order.id });
  const writeOf = ({ writeId }: Click) => stored.writes.find((write) => write.writeId === writeId);
  const lost: string[] = [];
  const wrong: string[] = [];
  for (const kind of ["status", "shipping"] as const) {
    const ofKind = own.filter(({ change }) => change.kind === kind);
    const last = ofKind.findLast((asked) => writeOf(asked)?.status === "sent");
    const values = last && valueOf(last.change, order);
    if (!last || !values || values.present === values.wanted) continue;
    // One whose answer a kill took may have been stored, and is the later word then.
    const later = ofKind.slice(ofKind.indexOf(last) + 1).filter(({ writeId }) => writeId === null);
    if (later.some(({ change }) => valueOf(change, order)?.wanted === values.present)) continue;
    lost.push(`order ${order.id}: ${kind} is ${values.present}, and ${values.wanted} was decided last`);
  }
  for (const asked of own) {
    const { change, isWithdrawn } = asked;
    const number = change.kind === "shipping" ? (change.trackingNumber ?? "") : null;
    const isUntried = isWithdrawn && writeOf(asked)?.attempts === 0;
    if (isUntried && number !== null && order.writes.some(({ body }) => body.includes(number))) {
      wrong.push(`order ${order.id}: ${number} was taken back and sent`);
    }
  }
  const isMailSent = own.some(
    (asked) => asked.change.kind === "driveThru" && writeOf(asked)?.status === "sent",
  );
  if (isMailSent && order.driveThruMails.length === 0) lost.push(`order ${order.id}: its mail`);
  if (order.driveThruMails.length > 1) wrong.push(`order ${order.id}: ${order.driveThruMails.length} mails`);
  return { lost, wrong };
}
