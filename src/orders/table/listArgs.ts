/** What the table asks the server for. */
import type { FunctionArgs } from "convex/server";
import type { api } from "../../../convex/_generated/api";
import type { Business } from "../../account/business";
import { parseAmount } from "../../ui/money";
import type { OrdersView } from "../views/view";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

type ListArgs = Omit<FunctionArgs<typeof api.orders.table.list>, "paginationOpts">;

/** The arguments for a view. `now`, milliseconds UTC, is rounded down to an hour: a live query with another time is another query. */
export function listArgs(
  businessAccountId: Business["businessAccountId"],
  { filters, ...view }: OrdersView,
  now: number,
): ListArgs {
  const { shipping, country, age, total, ...choices } = filters;
  return {
    businessAccountId,
    ...view,
    filters: {
      ...choices,
      shippingMethod: shipping,
      countryCode: country,
      orderedBefore: age === null ? null : Math.floor(now / HOUR_MS) * HOUR_MS - age * DAY_MS,
      totalFrom: total === null ? null : parseAmount(total),
    },
  };
}
