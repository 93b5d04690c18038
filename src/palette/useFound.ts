import { useDebouncedValue } from "@mantine/hooks";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { variantText } from "../inventory/lot";
import { listArgs } from "../orders/table/listArgs";
import { stageText } from "../orders/statusText";
import { readOrdersSearch, toView } from "../orders/views/view";
import { useNow } from "../ui/time";
import type { Entry } from "./entries";
import { paletteText } from "./paletteText";

/** Long enough to skip most keystrokes of a word, short enough to feel immediate. */
const DEBOUNCE_MS = 150;

/** Of each kind; who wants more searches on the screen itself. */
const LISTED_MAX = 6;

/** Orders read for one search; see convex/orders/table.ts. */
const PAGE_SIZE = 50;

type Found = {
  entries: Entry[];
  /** Whether the server has answered for what is typed now. */
  isComplete: boolean;
};

/** The orders of any stage and the lots that have what was typed. */
export function useFound(businessAccountId: Business["businessAccountId"], typed: string): Found {
  const navigate = useNavigate();
  const isOnOrders = useLocation({ select: ({ pathname }) => pathname === "/" });
  const now = useNow();
  const [search] = useDebouncedValue(typed.trim(), DEBOUNCE_MS);
  const orders = useQuery(
    api.orders.table.list,
    search === ""
      ? "skip"
      : {
          ...listArgs(businessAccountId, toView({ q: search }), now),
          paginationOpts: { numItems: PAGE_SIZE, cursor: null },
        },
  );
  const lots = useQuery(api.inventory.lots.find, search === "" ? "skip" : { businessAccountId, search });
  const orderEntries = (orders?.page ?? [])
    .slice(0, LISTED_MAX)
    .map(({ orderNumber, buyerName, ...order }): Entry => ({
      id: `order ${orderNumber}`,
      group: "orders",
      label: paletteText.order(orderNumber),
      detail: [buyerName, stageText(order).label].filter(Boolean).join(" · "),
      // On the orders screen, the view under the order stays as it is.
      run: () =>
        void navigate({
          to: "/",
          search: (before) => ({ ...(isOnOrders && readOrdersSearch(before)), order: orderNumber }),
        }),
    }));
  const lotEntries = (lots?.lots ?? []).slice(0, LISTED_MAX).map((lot): Entry => ({
    id: `lot ${lot.lotId}`,
    group: "lots",
    label: `${lot.partNumber} ${lot.itemName}`,
    detail: [variantText(lot), lot.location, paletteText.onHand(lot.onHand)].filter(Boolean).join(" · "),
    run: () => void navigate({ to: "/inventory", search: { lot: lot.lotId } }),
  }));
  return {
    entries: typed.trim() === "" ? [] : [...orderEntries, ...lotEntries],
    isComplete: typed.trim() === search && (search === "" || (orders !== undefined && lots !== undefined)),
  };
}
