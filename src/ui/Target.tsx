import { useLayoutEffect, type RefCallback } from "react";

type TargetProps = {
  element: HTMLElement;
  /** Passed by the parent, `Popover.Target` or `Menu.Target`. */
  ref?: RefCallback<HTMLElement>;
};

/** Makes an element that is rendered elsewhere the target of a popover, so that the element need not wait for the popover's code. */
export function Target({ element, ref }: TargetProps) {
  useLayoutEffect(() => {
    const release = ref?.(element);
    return () => {
      if (typeof release === "function") release();
      else ref?.(null);
    };
  }, [element, ref]);
  return null;
}
