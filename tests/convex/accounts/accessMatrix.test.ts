/**
 * Every public function, called by every kind of person. The functions are found in the code and their arguments made from their
 * validators, so that a new function is tested the day it is written.
 */
import type { FunctionReference } from "convex/server";
import { expect, it } from "vitest";
import { isPermitted, permissions, type Permission } from "../../../convex/accounts/permissions";
import type { Role } from "../../../convex/accounts/schema";
import type { Id } from "../../../convex/_generated/dataModel";
import {
  publicFunctions,
  valueFor,
  type Ids,
  type RegisteredFunction,
} from "../../support/registeredFunctions";
import {
  aLine,
  aMember,
  anOrder,
  api,
  aStore,
  errorCodeOf,
  internal,
  type Session,
  type Store,
  useFakeClock,
} from "../../support";

useFakeClock();

/** Functions about a person and no store. Those of auth are @convex-dev/auth's, which checks its callers itself. */
const withoutStore = [
  "accounts.businesses.create",
  "accounts.businesses.mine",
  "accounts.invitations.accept",
  "accounts.invitations.describe",
  "accounts.passwordReset.requestByEmail",
  "accounts.passwordReset.setPassword",
  "accounts.passwordSignIn.changePassword",
  "accounts.passwordSignIn.options",
  "accounts.passwordSignIn.signOutEverywhere",
  "auth.isAuthenticated",
  "auth.signIn",
  "auth.signOut",
];

const ofStores = publicFunctions().filter(({ path }) => !withoutStore.includes(path));

/** Functions that take the id of a row besides their store's. */
const aboutRows = ofStores.filter(({ args }) =>
  /"tableName":"(?!businessAccounts")/.test(JSON.stringify(args)),
);

/** Functions with their paths in front, for the names of tests. */
function named(functions: readonly RegisteredFunction[]) {
  return functions.map((called) => [called.path, called] as const);
}

/** A store with a row of every table that arguments name, and its owner's colleague. */
async function aStoreWithRows(t?: Store["t"]): Promise<{ store: Store; ids: Ids }> {
  const store = await aStore(t);
  const lot = await store.addLot({ quantity: 5 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 2 })] }));
  await aMember(store.t, store.businessAccountId, "staff");
  await store.t.mutation(internal.marketplaces.bricklink.notifications.upsertNotification, {
    businessAccountId: store.businessAccountId,
    source: "webhook",
    events: [{ eventType: "Order", resourceId: 404, occurredAt: Date.now() }],
  });
  const { businessAccountId } = store;
  const [line] = await store.lines();
  const [order] = await store.orders();
  if (!line || !order) throw new Error("The order was not stored.");
  const rows = await store.t.run(async (ctx) => {
    const ofStore = <Row extends { businessAccountId: string }>(found: Row[]) =>
      found.filter((row) => row.businessAccountId === businessAccountId);
    const member = ofStore(await ctx.db.query("members").take(50)).at(-1);
    const entry = ofStore(await ctx.db.query("inventoryLedger").take(50)).at(0);
    const notification = ofStore(await ctx.db.query("bricklinkNotifications").take(50)).at(-1);
    const invitation = await ctx.db.insert("invitations", {
      businessAccountId,
      role: "viewer",
      label: "Bob",
      tokenHash: `hash of ${businessAccountId}`,
      invitedBy: member?.userId ?? (await ctx.db.insert("users", {})),
      createdAt: Date.now(),
      expiresAt: Date.now() + 1,
    });
    const write = await ctx.db.insert("bricklinkWrites", {
      businessAccountId,
      orderNumber: order.orderNumber,
      change: { kind: "status", status: "PACKED" },
      seenStatus: "PAID",
      requestedBy: member?.userId ?? (await ctx.db.insert("users", {})),
      requestedAt: Date.now(),
      status: "refused",
      dueAt: Date.now(),
      attempts: 1,
      isDismissed: false,
    });
    const returned = await ctx.db.insert("returnsToShelf", {
      businessAccountId,
      orderId: order._id,
      orderNumber: order.orderNumber,
      partNumber: "3001",
      colorId: 5,
      itemName: "Brick",
      location: "A01",
      quantity: 1,
      markedAt: Date.now(),
    });
    const message = await ctx.db.insert("orderMessages", {
      businessAccountId,
      orderId: order._id,
      sentAt: Date.now(),
      body: "Where is it?",
      isUnread: true,
    });
    return {
      members: member?._id,
      inventoryLedger: entry?._id,
      bricklinkNotifications: notification?._id,
      bricklinkWrites: write,
      invitations: invitation,
      returnsToShelf: returned,
      orderMessages: message,
    };
  });
  const ids = {
    ...rows,
    businessAccounts: businessAccountId,
    inventoryItems: lot,
    bricklinkOrderItems: line._id,
  };
  return { store, ids: ids as Ids };
}

async function call(caller: Session | Store["t"], { path, kind, args }: RegisteredFunction, ids: Ids) {
  const reference = path
    .split(".")
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], api) as FunctionReference<
    "query" | "mutation" | "action"
  >;
  const run = caller[kind] as (reference: unknown, args: unknown) => Promise<unknown>;
  return await errorCodeOf(run.call(caller, reference, valueFor(args, ids)));
}

it("every public function of a store is in the table of permissions, and the table has no other", () => {
  const found = ofStores.map(({ path }) => path).sort();
  const declared = Object.keys(permissions).filter((path) => path !== "orders.detail.buyer");
  expect(found).toEqual(declared.sort());
});

it.each(named(ofStores))("%s refuses whom the table does not permit, and nobody else", async (_, called) => {
  const { store, ids } = await aStoreWithRows();
  const { t, businessAccountId } = store;
  const other = await aStoreWithRows(t);
  expect(await call(t, called, ids)).toBe("notSignedIn");
  expect(await call(await aMember(t, undefined), called, ids)).toBe("notAMember");
  expect(await call(other.store.owner, called, ids)).toBe("notAMember");
  for (const role of ["viewer", "staff", "owner"] satisfies Role[]) {
    const code = await call(await aMember(t, businessAccountId, role), called, ids);
    if (isPermitted(role, called.path as Permission)) {
      expect(["notSignedIn", "notAMember", "roleTooLow"]).not.toContain(code);
      expect(String(code)).not.toMatch(/Error/);
    } else {
      expect(code).toBe("roleTooLow");
    }
  }
});

it.each(named(aboutRows))(
  "%s answers for a row of another store as for one that does not exist",
  async (_, called) => {
    const { store, ids } = await aStoreWithRows();
    const foreign = await aStoreWithRows(store.t);
    const mine = { ...foreign.ids, businessAccounts: store.businessAccountId };
    const removed = await aStoreWithRows(store.t);
    const gone = { ...removed.ids, businessAccounts: store.businessAccountId };
    await store.t.run(async (ctx) => {
      for (const [table, id] of Object.entries(removed.ids)) {
        // The types do not know that a table's name and an id from that table belong together.
        if (table !== "businessAccounts") await ctx.db.delete(table as "members", id as Id<"members">);
      }
    });
    expect(ids).not.toEqual(gone);
    expect(await call(store.owner, called, mine)).toEqual(await call(store.owner, called, gone));
  },
);
