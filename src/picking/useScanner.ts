import { useEffect, useEffectEvent } from "react";

/** A scanner types a character every few milliseconds; nobody keeps that up by hand. */
const GAP_MAX_MS = 60;
const LENGTH_MIN = 2;

/** Whether the key belongs to a field: what a person types there is no scan. */
function isInField({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}

/** Calls `onScan` with what a scanner types that works as a keyboard: fast keys, ended by Enter. */
export function useScanner(onScan: (text: string) => void): void {
  const scan = useEffectEvent(onScan);
  useEffect(() => {
    let typed = "";
    let lastAt = 0;
    const read = (event: KeyboardEvent) => {
      const isFast = event.timeStamp - lastAt < GAP_MAX_MS;
      if (isInField(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter") {
        const text = typed;
        typed = "";
        if (!isFast || text.length < LENGTH_MIN) return;
        // The Enter would press the button that has the focus, which marks the stop picked.
        event.preventDefault();
        event.stopPropagation();
        scan(text);
      } else if (event.key.length === 1) {
        if (isFast && typed !== "") event.preventDefault();
        typed = isFast ? typed + event.key : event.key;
        lastAt = event.timeStamp;
      }
    };
    // While capturing, before any button or shortcut hears of the key.
    document.addEventListener("keydown", read, { capture: true });
    return () => document.removeEventListener("keydown", read, { capture: true });
  }, []);
}
