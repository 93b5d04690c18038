import { useEffect, useRef, type RefObject } from "react";
import { TICK } from "./Tick";

/** Puts the focus on the first line that is left to pick, when the list comes: Space ticks it, arrows go on. */
export function useFirstTick(): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const ticks = list.current?.querySelectorAll<HTMLElement>(`${TICK}:not(:disabled)`) ?? [];
    const first = [...ticks].find((tick) => tick.getAttribute("aria-checked") === "false");
    first?.focus({ preventScroll: true });
  }, []);
  return list;
}
