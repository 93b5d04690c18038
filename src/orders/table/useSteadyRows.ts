import { useEffect, useRef, useState, type HTMLAttributes } from "react";
import { useIsSettled } from "../../ui/useIsSettled";
import type { OrderRow } from "../types";
import { countHeld, haveRowsMoved, holdRows } from "./steadyRows";

/** A pointer that has rested over the rows for as long may lie there for hours, and keeps nothing back. */
const AIM_MS = 4_000;

export type SteadyRows = {
  rows: readonly OrderRow[];
  /** Orders that are kept back. */
  heldCount: number;
  /** Whether no row has moved just now. */
  isSettled: boolean;
  /** Shows the orders that are kept back. */
  release: () => void;
  /** For the element around the rows. */
  handlers: Pick<HTMLAttributes<HTMLElement>, "onPointerDown" | "onPointerMove" | "onPointerLeave">;
};

/**
 * Keeps the rows where they are while somebody aims at one of them. A finger is not noticed before it touches the screen, so the rows also
 * count as unsettled for a moment after they have moved.
 */
export function useSteadyRows(live: readonly OrderRow[]): SteadyRows {
  const [isAiming, setIsAiming] = useState(false);
  const [shown, setShown] = useState({ live, isAiming, rows: live, heldCount: 0, moves: 0 });
  if (shown.live !== live || shown.isAiming !== isAiming) {
    const rows = isAiming ? holdRows(shown.rows, live) : live;
    const moves = shown.moves + (haveRowsMoved(shown.rows, rows) ? 1 : 0);
    setShown({ live, isAiming, rows, heldCount: isAiming ? countHeld(rows, live) : 0, moves });
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const aim = () => {
    setIsAiming(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIsAiming(false), AIM_MS);
  };
  const release = () => setIsAiming(false);
  return {
    rows: shown.rows,
    heldCount: shown.heldCount,
    isSettled: useIsSettled(String(shown.moves)),
    release,
    handlers: {
      onPointerDown: aim,
      onPointerMove: aim,
      // A finger leaves the screen just before its press counts.
      onPointerLeave: ({ pointerType }) => pointerType === "mouse" && release(),
    },
  };
}
