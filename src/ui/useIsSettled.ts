import { useEffect, useState } from "react";

/** Longer than the second tap of a double tap takes, shorter than anybody takes to read what is new. */
const SETTLE_MS = 400;

/**
 * Whether what a button stands for, named by `key`, has been there long enough for a press to mean it. The second tap of a double tap
 * would otherwise do the next thing as well.
 */
export function useIsSettled(key: string): boolean {
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return settled === key;
}
