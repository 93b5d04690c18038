import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";
import { POLL_INTERVAL_MINUTES } from "./marketplaces/bricklink/connection/pollInterval";
import { RECONCILE_INTERVAL_MINUTES } from "./marketplaces/bricklink/sync/reconcile";
import { SHIPPING_METHODS_INTERVAL_MINUTES } from "./marketplaces/bricklink/sync/shippingMethods";

const crons = cronJobs();

crons.interval("start due work", { minutes: 1 }, internal.marketplaces.bricklink.queue.sweep.sweep, {});
crons.interval(
  "poll stores",
  { minutes: POLL_INTERVAL_MINUTES },
  internal.marketplaces.bricklink.sync.poll.pollAllStores,
  {},
);
crons.interval(
  "compare order lists",
  { minutes: RECONCILE_INTERVAL_MINUTES },
  internal.marketplaces.bricklink.sync.reconcile.reconcileAllStores,
  {},
);
crons.interval(
  "fetch shipping methods",
  { minutes: SHIPPING_METHODS_INTERVAL_MINUTES },
  internal.marketplaces.bricklink.sync.shippingMethods.fetchOfAllStores,
  {},
);
crons.interval("fill orders stored before", { hours: 24 }, internal.orders.storedBefore.fill, {});
crons.interval("fill lots stored before", { hours: 24 }, internal.inventory.storedBefore.fill, {});
crons.daily(
  "check inventories",
  { hourUTC: 3, minuteUTC: 20 },
  internal.orders.allocation.audit.auditAllStores,
  {},
);
crons.daily(
  "remove old notifications",
  { hourUTC: 3, minuteUTC: 50 },
  internal.marketplaces.bricklink.queue.retention.removeOldNotifications,
  {},
);
crons.daily(
  "remove old writes",
  { hourUTC: 4, minuteUTC: 20 },
  internal.marketplaces.bricklink.queue.retention.removeOldWrites,
  {},
);
crons.daily(
  "remove old personal data",
  { hourUTC: 4, minuteUTC: 10 },
  internal.orders.personalData.removeOld,
  {},
);

export default crons;
