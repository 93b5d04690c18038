import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { OrderRow } from "./types";

const MARKED_FOR_MS = 5_000;

/** Looked through for one that is still there. */
const ROWS_IN_VIEW = 30;

export type Arrivals = {
  /** Orders that came in while the table was open, still to be marked. */
  arrived: ReadonlySet<string>;
  /** Orders that came in above what is in view. */
  above: number;
  /** Orders that came in while nobody looked at the page. */
  unseen: number;
  /** For the live region: the latest arrival in words. */
  announcement: string;
  seeAbove: () => void;
};

/**
 * Notices orders that arrive while the table is open, and keeps what a person looks at where it is: what comes in
 * above the rows in view, or leaves there, moves the scroll position by as much. An older page that is loaded is no arrival.
 */
export function useArrivals(
  rows: readonly OrderRow[],
  isLoaded: boolean,
  scroller: RefObject<HTMLDivElement | null>,
  rowHeight: number,
  onArrive: (orders: readonly OrderRow[]) => void,
): Arrivals {
  const tell = useEffectEvent(onArrive);
  const newest = useRef<number | null>(null);
  const previous = useRef<readonly OrderRow[]>([]);
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const [above, setAbove] = useState(0);
  const [announcement, setAnnouncement] = useState("");
  const [unseen, setUnseen] = useState(0);
  const visibility = useDocumentVisibility();
  if (visibility === "visible" && unseen > 0) setUnseen(0);

  useLayoutEffect(() => {
    const before = previous.current;
    previous.current = rows;
    const element = scroller.current;
    if (!element || before.length === 0 || element.scrollTop < rowHeight) return;
    const top = Math.floor(element.scrollTop / rowHeight);
    // The first order in view that is still there, for the one at the top may be what has left.
    for (const [offset, { orderId }] of before.slice(top, top + ROWS_IN_VIEW).entries()) {
      const place = rows.findIndex((row) => row.orderId === orderId);
      if (place < 0) continue;
      element.scrollBy({ top: (place - top - offset) * rowHeight, behavior: "instant" });
      return;
    }
  }, [rows, rowHeight, scroller]);

  useEffect(() => {
    if (!isLoaded) return;
    const latest = rows.reduce((time, { firstSeenAt }) => Math.max(time, firstSeenAt), 0);
    const known = newest.current;
    newest.current = Math.max(known ?? 0, latest);
    if (known === null) return;
    const fresh = rows.filter(({ firstSeenAt }) => firstSeenAt > known);
    const [first] = fresh;
    if (!first) return;
    const ids = new Set<string>(fresh.map(({ orderId }) => orderId));
    const firstInView = Math.floor((scroller.current?.scrollTop ?? 0) / rowHeight);
    const hidden = rows.slice(0, firstInView).filter(({ orderId }) => ids.has(orderId)).length;
    tell(fresh);
    setArrived((marked) => new Set([...marked, ...ids]));
    setAbove((count) => count + hidden);
    if (document.visibilityState === "hidden") setUnseen((count) => count + fresh.length);
    setAnnouncement(
      fresh.length === 1
        ? `Order ${first.orderNumber} arrived from ${first.buyerName ?? "an unknown buyer"}.`
        : `${fresh.length} orders arrived.`,
    );
  }, [rows, isLoaded, rowHeight, scroller]);

  useEffect(() => {
    if (arrived.size === 0) return;
    const timer = setTimeout(() => setArrived(new Set()), MARKED_FOR_MS);
    return () => clearTimeout(timer);
  }, [arrived]);

  return { arrived, above, unseen, announcement, seeAbove: () => setAbove(0) };
}
