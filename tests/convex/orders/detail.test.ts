import { expect, it } from "vitest";
import { aMember, anOrder, api, aStore, type Session, useFakeClock } from "../../support";

useFakeClock();

it("an order's detail shows the buyer's address to staff, and not to viewers", async () => {
  const store = await aStore();
  const { businessAccountId, t } = store;
  await store.receiveOrder(anOrder());
  const buyerAsSeenBy = async (member: Session) =>
    (await member.query(api.orders.detail.get, { businessAccountId, orderNumber: 100 }))?.buyer;
  expect(await buyerAsSeenBy(await aMember(t, businessAccountId, "viewer"))).toBeNull();
  expect(await buyerAsSeenBy(await aMember(t, businessAccountId, "staff"))).toMatchObject({
    email: "ann@example.com",
    address: { full: "1 Brick Lane\nTown", phoneNumber: "555-0100" },
  });
});
