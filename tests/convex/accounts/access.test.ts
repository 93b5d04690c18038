import { afterEach, expect, it, vi } from "vitest";
import { getFunctionName, type FunctionReference } from "convex/server";
import {
  allOf,
  aBackend,
  aMember,
  anEvent,
  api,
  aStore,
  callBack,
  internal,
  noFilters,
  settle,
} from "../support/store";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => "allowed",
    (error: unknown) => (error as { data?: { code?: string } }).data?.code ?? String(error),
  );
}

const bricklink = api.marketplaces.bricklink;
const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };

it("lets nobody in who is not signed in, nor a member of another store", async () => {
  const store = await aStore();
  const { businessAccountId, t } = store;
  const stranger = await aMember(t, (await aStore(t)).businessAccountId);
  const page = {
    paginationOpts: { numItems: 1, cursor: null },
    search: "",
    status: null,
    filters: noFilters,
  };
  const view = { tab: "all", sort: "ordered", direction: "desc", ...page } as const;
  const calls = (as: Pick<typeof t, "query" | "mutation" | "action">) => [
    as.query(api.orders.table.list, { businessAccountId, ...view }),
    as.query(api.orders.table.counts, { businessAccountId }),
    as.query(api.orders.picking.list, { businessAccountId, orderNumbers: [] }),
    as.query(api.orders.detail.get, { businessAccountId, orderNumber: 1 }),
    as.query(bricklink.health.strip, { businessAccountId }),
    as.query(bricklink.connection.status, { businessAccountId }),
    as.query(bricklink.inventoryImport.latest, { businessAccountId }),
    as.mutation(bricklink.inventoryImport.start, { businessAccountId }),
    as.mutation(bricklink.connection.setActive, { businessAccountId, isActive: false }),
    as.mutation(bricklink.deliveries.retryFailed, { businessAccountId }),
    as.action(bricklink.connection.connect, { businessAccountId, keys }),
    as.action(bricklink.connection.testConnection, { businessAccountId }),
    as.action(bricklink.connection.rotateCallback, { businessAccountId }),
  ];
  const codes = (as: Pick<typeof t, "query" | "mutation" | "action">) => Promise.all(calls(as).map(codeOf));
  expect(new Set(await codes(t))).toEqual(new Set(["notSignedIn"]));
  expect(new Set(await codes(stranger))).toEqual(new Set(["notAMember"]));
});

it("gives each role what it needs and no more", async () => {
  const { t, businessAccountId } = await aStore();
  const viewer = await aMember(t, businessAccountId, "viewer");
  const staff = await aMember(t, businessAccountId, "staff");
  expect(await codeOf(viewer.query(api.orders.table.counts, { businessAccountId }))).toBe("allowed");
  expect(await codeOf(viewer.mutation(bricklink.deliveries.retryFailed, { businessAccountId }))).toBe(
    "roleTooLow",
  );
  expect(await codeOf(staff.mutation(bricklink.deliveries.retryFailed, { businessAccountId }))).toBe(
    "allowed",
  );
  expect(await codeOf(staff.action(bricklink.connection.rotateCallback, { businessAccountId }))).toBe(
    "roleTooLow",
  );
});

it("shows a buyer's address to those who send parcels, not to viewers", async () => {
  vi.useFakeTimers();
  const store = await aStore();
  const { businessAccountId, t } = store;
  store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
  await callBack(store, anEvent(100));
  await settle(store, vi.runAllTimers);
  const of = async (as: typeof store.owner) =>
    (await as.query(api.orders.detail.get, { businessAccountId, orderNumber: 100 }))?.buyer;
  expect(await of(await aMember(t, businessAccountId, "viewer"))).toBeNull();
  expect(await of(await aMember(t, businessAccountId, "staff"))).toEqual({ email: null, address: null });
});

it("makes a person the owner of the store they create, and of no other", async () => {
  const t = aBackend();
  const person = await aMember(t, undefined);
  expect((await person.query(api.accounts.businesses.mine, {})).businesses).toEqual([]);
  const businessAccountId = await person.mutation(api.accounts.businesses.create, {
    name: "  Angry Bricks ",
  });
  const { businesses } = await person.query(api.accounts.businesses.mine, {});
  expect(businesses).toEqual([{ businessAccountId, name: "Angry Bricks", role: "owner" }]);
  expect(await codeOf(person.mutation(api.accounts.businesses.create, { name: " " }))).toBe("nameInvalid");
});

it("keeps the keys sealed, and the callback token as a hash", async () => {
  vi.useFakeTimers();
  const { t } = await aStore();
  const person = await aMember(t, undefined);
  const businessAccountId = await person.mutation(api.accounts.businesses.create, { name: "Second" });
  const { callbackUrl } = await person.action(bricklink.connection.connect, {
    businessAccountId,
    keys: { ...keys, tokenSecret: " TOP-SECRET-VALUE " },
  });
  const token = callbackUrl?.split("/").at(-1) ?? "";
  expect(token).toMatch(/^[\w-]{43}$/);
  const kept = await t.run((ctx) => ctx.db.query("marketplaceCredentials").take(10));
  expect(JSON.stringify(kept)).not.toContain("TOP-SECRET");
  expect(JSON.stringify(kept)).not.toContain(token);
  expect((await t.fetch(`/api/bricklink/webhook/${token}`, { method: "POST", body: "[]" })).status).toBe(200);

  const again = await person.action(bricklink.connection.connect, { businessAccountId, keys });
  expect(again.callbackUrl).toBeNull();
  const rotated = await person.action(bricklink.connection.rotateCallback, { businessAccountId });
  expect((await t.fetch(`/api/bricklink/webhook/${token}`, { method: "POST", body: "[]" })).status).toBe(401);
  const fresh = rotated.callbackUrl.split("/").at(-1) ?? "";
  expect((await t.fetch(`/api/bricklink/webhook/${fresh}`, { method: "POST", body: "[]" })).status).toBe(200);
});

it("says in words how a test of the connection went", async () => {
  const store = await aStore();
  const { businessAccountId, owner, bricklink: fake } = store;
  expect(await owner.action(bricklink.connection.testConnection, { businessAccountId })).toEqual({
    ok: true,
  });
  fake.faults.push(() => new Response("<html>", { status: 503 }));
  const failed = await owner.action(bricklink.connection.testConnection, { businessAccountId });
  expect(failed).toMatchObject({ ok: false, code: "unavailable" });
});

it("leaves everything between servers internal", () => {
  const { notifications } = internal.marketplaces.bricklink;
  const internals: FunctionReference<"query" | "mutation" | "action", "internal">[] = [
    notifications.getCredentialByToken,
    notifications.upsertNotification,
    notifications.processNotification,
    notifications.processOrderNotification,
    notifications.upsertOrder,
    notifications.pollNotificationsForBusiness,
  ];
  expect(internals.map(getFunctionName)).toContain("marketplaces/bricklink/notifications:upsertOrder");
});

it("finds orders by the beginning of their number or buyer, in this store only", async () => {
  vi.useFakeTimers();
  const store = await aStore();
  const other = await aStore(store.t);
  for (const number of [1234, 1299, 4321]) {
    other.bricklink.place(number, [[{ lotId: 71, quantity: 1 }]]);
    await callBack(store, anEvent(number));
  }
  await callBack(other, anEvent(1234));
  await settle(store, vi.runAllTimers);
  expect(await allOf(store, "bricklinkOrders")).toHaveLength(4);
  const search = async (text: string) => {
    const { page } = await store.owner.query(api.orders.table.list, {
      businessAccountId: store.businessAccountId,
      tab: "shipped",
      status: null,
      sort: "ordered",
      direction: "desc",
      search: text,
      filters: noFilters,
      paginationOpts: { numItems: 10, cursor: null },
    });
    return page.map(({ orderNumber }) => orderNumber);
  };
  expect(await search("12")).toEqual([1299, 1234]);
  expect((await search("ann o")).length).toBe(3);
  expect(await search("brick")).toEqual([]);
});
