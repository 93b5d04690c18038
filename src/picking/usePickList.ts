import { useSearch } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { isOpenTab } from "../orders/tabs";
import { withTotes, type PickListOrder } from "./pickList";
import { inToteOrder, parseOrderNumbers } from "./search";
import type { Picking } from "./usePicking";

export type FoundPickList = {
  isLoading: boolean;
  /** As in the address, each once. */
  orderNumbers: readonly number[];
  /** All that the store has, with those that are closed. */
  orders: readonly PickListOrder[];
  /** Those with something to pick. */
  open: readonly PickListOrder[];
  /** Orders for which the list has no room. */
  leftOut: readonly number[];
  /** Numbers that the store does not have. */
  unknown: readonly number[];
};

/** The orders of the address with their lines and what this person ticked, updated live. */
export function usePickList({ withPending }: Pick<Picking, "withPending">): FoundPickList {
  const search = useSearch({ from: "/pick" });
  const { businessAccountId } = useBusiness();
  const orderNumbers = inToteOrder(parseOrderNumbers(search.orders));
  const found = useQuery(api.orders.picking.pickList.get, { businessAccountId, orderNumbers });
  const orders = withTotes(found?.orders ?? [], orderNumbers).map((order) => ({
    ...order,
    lines: withPending(order.lines),
  }));
  const leftOut = found?.leftOut ?? [];
  const known = new Set([...orders.map(({ orderNumber }) => orderNumber), ...leftOut]);
  return {
    isLoading: found === undefined,
    orderNumbers,
    orders,
    open: orders.filter(({ tab }) => isOpenTab(tab)),
    leftOut,
    unknown: found === undefined ? [] : orderNumbers.filter((number) => !known.has(number)),
  };
}
