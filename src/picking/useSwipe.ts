import { useRef, type TouchEvent } from "react";

/** Pixels: less is a tap that slipped. */
const SWIPE_MIN = 70;
/** A swipe is this many times as wide as high; anything else scrolls. */
const WIDTH_TO_HEIGHT = 2;

type SwipeHandlers = {
  onTouchStart: (event: TouchEvent) => void;
  onTouchEnd: (event: TouchEvent) => void;
};

/** Calls `onLeft` or `onRight` after a swipe with one finger. Buttons do the same, for those who cannot swipe. */
export function useSwipe(onLeft: () => void, onRight: (() => void) | undefined): SwipeHandlers {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: ({ touches }) => {
      const touch = touches[0];
      start.current = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: ({ changedTouches }) => {
      const touch = changedTouches[0];
      if (!touch || !start.current) return;
      const x = touch.clientX - start.current.x;
      const y = touch.clientY - start.current.y;
      start.current = null;
      if (Math.abs(x) < SWIPE_MIN || Math.abs(x) < WIDTH_TO_HEIGHT * Math.abs(y)) return;
      if (x < 0) onLeft();
      else onRight?.();
    },
  };
}
