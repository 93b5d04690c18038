import { expect, it } from "vitest";
import { aMember, api, aStore, errorCodeOf, noFilters, type Session, useFakeClock } from "../../support";

useFakeClock();

it("a public function refuses a caller who is not signed in, and a member of another store", async () => {
  const { businessAccountId, t } = await aStore();
  const stranger = await aMember(t, (await aStore(t)).businessAccountId);
  const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };
  const page = {
    paginationOpts: { numItems: 1, cursor: null },
    search: "",
    status: null,
    filters: noFilters,
  };
  const view = { stage: "all", sort: "ordered", direction: "desc", ...page } as const;
  type Caller = Pick<Session, "query" | "mutation" | "action">;
  const callsAs = (caller: Caller) => [
    caller.query(api.orders.table.list, { businessAccountId, ...view }),
    caller.query(api.orders.counts.get, { businessAccountId }),
    caller.query(api.orders.picking.pickList.get, { businessAccountId, orderNumbers: [] }),
    caller.query(api.orders.detail.get, { businessAccountId, orderNumber: 1 }),
    caller.query(api.marketplaces.bricklink.limits.health.strip, { businessAccountId }),
    caller.query(api.marketplaces.bricklink.connection.settings.status, { businessAccountId }),
    caller.query(api.marketplaces.bricklink.import.runs.latest, { businessAccountId }),
    caller.mutation(api.marketplaces.bricklink.import.runs.start, { businessAccountId }),
    caller.mutation(api.marketplaces.bricklink.connection.settings.setActive, {
      businessAccountId,
      isActive: false,
    }),
    caller.mutation(api.marketplaces.bricklink.queue.log.retryFailed, { businessAccountId }),
    caller.mutation(api.marketplaces.bricklink.queue.log.fetchOrder, { businessAccountId, orderNumber: 1 }),
    caller.mutation(api.marketplaces.bricklink.sync.reconcile.compareNow, { businessAccountId }),
    caller.action(api.marketplaces.bricklink.connection.settings.connect, { businessAccountId, keys }),
    caller.action(api.marketplaces.bricklink.connection.settings.testConnection, { businessAccountId }),
    caller.action(api.marketplaces.bricklink.connection.settings.rotateCallback, { businessAccountId }),
  ];
  const codesFor = async (caller: Caller) => new Set(await Promise.all(callsAs(caller).map(errorCodeOf)));
  expect(await codesFor(t)).toEqual(new Set(["notSignedIn"]));
  expect(await codesFor(stranger)).toEqual(new Set(["notAMember"]));
});

it("a viewer may read, staff may also retry notifications, and only an owner may change the callback URL", async () => {
  const { t, businessAccountId } = await aStore();
  const viewer = await aMember(t, businessAccountId, "viewer");
  const staff = await aMember(t, businessAccountId, "staff");
  const retryAs = (member: Session) =>
    errorCodeOf(member.mutation(api.marketplaces.bricklink.queue.log.retryFailed, { businessAccountId }));
  expect(await errorCodeOf(viewer.query(api.orders.counts.get, { businessAccountId }))).toBe("allowed");
  expect(await retryAs(viewer)).toBe("roleTooLow");
  expect(await retryAs(staff)).toBe("allowed");
  expect(
    await errorCodeOf(
      staff.action(api.marketplaces.bricklink.connection.settings.rotateCallback, { businessAccountId }),
    ),
  ).toBe("roleTooLow");
});
