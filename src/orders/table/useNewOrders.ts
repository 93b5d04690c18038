import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { OrderRow } from "../types";
import { tableText } from "./tableText";

/** How long a new order stays marked; as long as the animation in OrdersTable.module.css. */
const HIGHLIGHT_MS = 5_000;

/** Rows searched for one that is still in the table, to keep the scroll position by; about as many as are in view. */
const ROWS_IN_VIEW = 30;

export type NewOrders = {
  /** The ids of orders that arrived while the table was open and are still marked. */
  highlightedIds: ReadonlySet<string>;
  /** Orders that arrived above the rows in view. */
  aboveCount: number;
  /** Orders that arrived while the page was hidden. */
  unseenCount: number;
  /** The latest arrival as a sentence, for the live region. */
  announcement: string;
  /** Resets `aboveCount`, once the person has scrolled to the top. */
  clearAbove: () => void;
};

/**
 * Detects orders that arrive while the table is open, and keeps the rows in view where they are: when rows are added or
 * removed above them, the scroll position moves by as much. Older orders that are loaded by scrolling do not count as new.
 */
export function useNewOrders(
  rows: readonly OrderRow[],
  isLoaded: boolean,
  scroller: RefObject<HTMLDivElement | null>,
  rowHeight: number,
  onArrive: (orders: readonly OrderRow[]) => void,
): NewOrders {
  const notifyArrival = useEffectEvent(onArrive);
  /** The latest `firstSeenAt` so far, in milliseconds UTC. Null before the first page. */
  const latestSeenAt = useRef<number | null>(null);
  const previousRows = useRef<readonly OrderRow[]>([]);
  const [highlightedIds, setHighlightedIds] = useState<ReadonlySet<string>>(new Set());
  const [aboveCount, setAboveCount] = useState(0);
  const [announcement, setAnnouncement] = useState("");
  const [unseenCount, setUnseenCount] = useState(0);
  const visibility = useDocumentVisibility();
  if (visibility === "visible" && unseenCount > 0) setUnseenCount(0);

  useLayoutEffect(() => {
    const before = previousRows.current;
    previousRows.current = rows;
    const element = scroller.current;
    if (!element || before.length === 0 || element.scrollTop < rowHeight) return;
    const top = Math.floor(element.scrollTop / rowHeight);
    // The first row in view that is still in the table, because the topmost one may be the one that was removed.
    for (const [offset, { orderId }] of before.slice(top, top + ROWS_IN_VIEW).entries()) {
      const index = rows.findIndex((row) => row.orderId === orderId);
      if (index < 0) continue;
      element.scrollBy({ top: (index - top - offset) * rowHeight, behavior: "instant" });
      return;
    }
  }, [rows, rowHeight, scroller]);

  useEffect(() => {
    if (!isLoaded) return;
    const latest = rows.reduce((time, { firstSeenAt }) => Math.max(time, firstSeenAt), 0);
    const before = latestSeenAt.current;
    latestSeenAt.current = Math.max(before ?? 0, latest);
    if (before === null) return;
    const newOrders = rows.filter(({ firstSeenAt }) => firstSeenAt > before);
    const [first] = newOrders;
    if (!first) return;
    const newIds = new Set<string>(newOrders.map(({ orderId }) => orderId));
    const firstInView = Math.floor((scroller.current?.scrollTop ?? 0) / rowHeight);
    const newAbove = rows.slice(0, firstInView).filter(({ orderId }) => newIds.has(orderId)).length;
    notifyArrival(newOrders);
    setHighlightedIds((ids) => new Set([...ids, ...newIds]));
    setAboveCount((count) => count + newAbove);
    if (document.visibilityState === "hidden") setUnseenCount((count) => count + newOrders.length);
    setAnnouncement(
      newOrders.length === 1
        ? tableText.arrived(first.orderNumber, first.buyerName)
        : tableText.manyArrived(newOrders.length),
    );
  }, [rows, isLoaded, rowHeight, scroller]);

  useEffect(() => {
    if (highlightedIds.size === 0) return;
    const timer = setTimeout(() => setHighlightedIds(new Set()), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [highlightedIds]);

  return {
    highlightedIds,
    aboveCount,
    unseenCount,
    announcement,
    clearAbove: () => setAboveCount(0),
  };
}
