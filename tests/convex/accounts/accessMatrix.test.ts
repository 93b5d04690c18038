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

/** A validator as JSON, as far as arguments use it. */
type Validator =
  | { type: "null" | "number" | "bigint" | "boolean" | "string" | "bytes" | "any" | "record" }
  | { type: "literal"; value: unknown }
  | { type: "id"; tableName: string }
  | { type: "array"; value: Validator }
  | { type: "union"; value: Validator[] }
  | { type: "object"; value: Record<string, { fieldType: Validator; optional: boolean }> };

type PublicFunction = { path: string; kind: "query" | "mutation" | "action"; args: Validator };

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

const modules = import.meta.glob<Record<string, unknown>>(
  ["../../../convex/**/*.ts", "!**/_generated/**", "!**/convex.config.ts"],
  { eager: true },
);

function publicFunctions(): PublicFunction[] {
  return Object.entries(modules).flatMap(([file, exported]) =>
    Object.entries(exported).flatMap(([name, value]) => {
      const registered = value as Record<string, unknown> & { exportArgs?: () => string };
      if (typeof value !== "function" || registered.isPublic !== true || !registered.exportArgs) return [];
      const module = file.replace(/^.*\/convex\//, "").replace(/\.ts$/, "");
      const kind =
        registered.isQuery === true ? "query" : registered.isMutation === true ? "mutation" : "action";
      const args = JSON.parse(registered.exportArgs()) as Validator;
      return [{ path: `${module.replaceAll("/", ".")}.${name}`, kind, args }];
    }),
  );
}

const ofStores = publicFunctions().filter(({ path }) => !withoutStore.includes(path));

/** Functions that take the id of a row besides their store's. */
const aboutRows = ofStores.filter(({ args }) =>
  /"tableName":"(?!businessAccounts")/.test(JSON.stringify(args)),
);

/** Functions with their paths in front, for the names of tests. */
function named(functions: readonly PublicFunction[]) {
  return functions.map((called) => [called.path, called] as const);
}

type Ids = Record<string, string>;

/** A value that the validator accepts. Optional fields are left out, and null is chosen where it may be. */
function valueFor(validator: Validator, ids: Ids): unknown {
  switch (validator.type) {
    case "null":
      return null;
    case "number":
      return 1;
    case "bigint":
      return 1n;
    case "boolean":
      return true;
    case "string":
      return "x";
    case "bytes":
      return new ArrayBuffer(1);
    case "any":
    case "record":
      return {};
    case "literal":
      return validator.value;
    case "id": {
      const id = ids[validator.tableName];
      if (id === undefined) throw new Error(`The test has no id of ${validator.tableName}.`);
      return id;
    }
    case "array":
      return [valueFor(validator.value, ids)];
    case "union": {
      const nothing = validator.value.find(({ type }) => type === "null");
      const [first] = validator.value;
      if (!first) throw new Error("The union is empty.");
      return valueFor(nothing ?? first, ids);
    }
    case "object":
      return Object.fromEntries(
        Object.entries(validator.value)
          .filter(([, { optional }]) => !optional)
          .map(([name, { fieldType }]) => [name, valueFor(fieldType, ids)]),
      );
  }
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
    return {
      members: member?._id,
      inventoryLedger: entry?._id,
      bricklinkNotifications: notification?._id,
      invitations: invitation,
      returnsToShelf: returned,
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

async function call(caller: Session | Store["t"], { path, kind, args }: PublicFunction, ids: Ids) {
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
