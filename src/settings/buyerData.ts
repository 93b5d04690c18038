/** Giving out or forgetting what is stored about one buyer, page by page. */
import type { ConvexReactClient } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { api } from "../../convex/_generated/api";
import { downloadText } from "../ui/download";
import { decimalString } from "../ui/money";
import { buyerDataText } from "./buyerDataText";
import type { BusinessId } from "./types";

type Buyer = { businessAccountId: BusinessId; buyerName: string };
type ExportPage = FunctionReturnType<typeof api.orders.buyerData.exportPage>;
type ErasePage = FunctionReturnType<typeof api.orders.buyerData.erase>;

/** Times as people read them and amounts as decimals, since JSON has neither dates nor large integers. */
function asJson(key: string, value: unknown): unknown {
  if (typeof value === "bigint") return decimalString(value);
  return /At$/.test(key) && typeof value === "number" ? new Date(value).toISOString() : value;
}

/**
 * Downloads everything that is stored about a buyer as JSON, unless that is nothing. Returns the number of their orders. Throws
 * ConvexError `buyerMissing`.
 */
export async function exportBuyer(client: ConvexReactClient, buyer: Buyer): Promise<number> {
  const orders: ExportPage["orders"] = [];
  let cursor: string | null = null;
  let isDone = false;
  while (!isDone) {
    const page: ExportPage = await client.action(api.orders.buyerData.exportPage, { ...buyer, cursor });
    orders.push(...page.orders);
    ({ continueCursor: cursor, isDone } = page);
  }
  if (orders.length > 0) {
    const file = { notice: buyerDataText.notice, exportedAt: Date.now(), orders };
    downloadText("buyer-personal-data", "json", "application/json", [JSON.stringify(file, asJson, 2)]);
  }
  return orders.length;
}

/** Forgets a buyer in all their closed orders. `openOrders`: those that keep their data. Throws ConvexError `buyerMissing`. */
export async function eraseBuyer(
  client: ConvexReactClient,
  buyer: Buyer,
): Promise<Pick<ErasePage, "erased" | "openOrders">> {
  let erased = 0;
  const openOrders: number[] = [];
  let cursor: string | null = null;
  let isDone = false;
  while (!isDone) {
    const page: ErasePage = await client.mutation(api.orders.buyerData.erase, { ...buyer, cursor });
    erased += page.erased;
    openOrders.push(...page.openOrders);
    ({ continueCursor: cursor, isDone } = page);
  }
  return { erased, openOrders };
}
