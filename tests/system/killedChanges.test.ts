/** `npm start` killed with SIGKILL at each moment of a change that staff decided. */
import { expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import type { Order } from "../../local/bricklink/store/model";
import { signedInStaff, type Staff } from "../soak/clickingStaff";
import { startObservedSystem } from "../support/observedSystem";
import {
  control,
  eventually,
  freshFolder,
  placeOrder,
  removeFolder,
  seenOrder,
  startSystem,
} from "../support/system";
import type { Change } from "../support/writes";

const { requests, writes } = api.marketplaces.bricklink.outbox;

async function ask({ client, businessAccountId }: Staff, orderNumber: number, change: Change): Promise<void> {
  await client.mutation(requests.request, {
    businessAccountId,
    orders: [await seenOrder(client, businessAccountId, orderNumber)],
    changes: [change],
  });
}

async function ordersAt(bricklink: string, numbers: readonly number[]): Promise<Order[]> {
  const { orders } = (await control(bricklink, "GET", "/stores/demo/state")) as unknown as {
    orders: Order[];
  };
  return numbers.flatMap((number) => orders.filter(({ id }) => id === number));
}

const tracking: Change = { kind: "shipping", trackingNumber: "3SKILL" };
const packed: Change = { kind: "status", status: "PACKED" };
const mail: Change = { kind: "driveThru", isCopyWanted: false };

it("a kill after the click, during the request or after its answer keeps each change, and BrickLink has each once", async () => {
  const data = await freshFolder();
  try {
    const first = await startObservedSystem(data, { HELD_CALL: "/drive_thru" });
    const numbers: number[] = [];
    for (let count = 0; count < 3; count += 1) numbers.push(await placeOrder(first, "demo"));
    const [clicked = 0, requested = 0, answered = 0] = numbers;
    const staff = await signedInStaff(first);
    const { businessAccountId } = staff;
    for (const orderNumber of numbers) {
      const isStored = () => staff.client.query(api.orders.detail.get, { businessAccountId, orderNumber });
      await eventually(isStored, (order) => order !== null);
    }
    // The write takes effect, and its answer never comes.
    const fault = { kind: "timeout", method: "PUT", endpoint: `/orders/${requested}/status` };
    await control(first.bricklink, "POST", "/faults", fault);
    await ask(staff, requested, packed);
    await ask(staff, answered, mail);
    await eventually(
      async () => ({ output: first.output(), orders: await ordersAt(first.bricklink, [requested]) }),
      ({ output, orders }) => output.includes("An answer is held") && orders[0]?.status === "PACKED",
    );
    await ask(staff, clicked, tracking);
    expect(await ordersAt(first.bricklink, [clicked])).toMatchObject([{ writes: [] }]);
    await first.stop("SIGKILL");

    const second = await startSystem(data);
    try {
      const { client } = await signedInStaff(second);
      const { writes: open } = await eventually(
        () => client.query(writes.open, { businessAccountId }),
        (answer) => answer.writes.length === 0,
        60_000,
      );
      expect(open).toEqual([]);
      const stored = await Promise.all(
        numbers.map((orderNumber) => client.query(writes.forOrder, { businessAccountId, orderNumber })),
      );
      expect(stored.map((each) => each.writes)).toMatchObject([
        [{ status: "sent", outcome: "written", attempts: 1 }],
        [{ status: "sent", outcome: "alreadySo", attempts: 2 }],
        [{ status: "sent", outcome: "alreadySo", attempts: 2 }],
      ]);
      const orders = await ordersAt(second.bricklink, numbers);
      expect(orders).toMatchObject([
        { shipment: { trackingNumber: "3SKILL" } },
        { status: "PACKED" },
        { isDriveThruSent: true },
      ]);
      expect(orders.map((order) => order.writes.length)).toEqual([1, 1, 1]);
    } finally {
      await second.stop();
    }
  } finally {
    await removeFolder(data);
  }
});
