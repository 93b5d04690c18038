import { useEffect, useRef, type RefObject } from "react";
import { focusAppeared } from "../keyboard/focus";
import { PICK_CHECKBOX_SELECTOR } from "./PickCheckbox";

/**
 * Focuses the checkbox of the first line that is not picked yet when the list appears, so that Space marks it picked
 * and the arrow keys move on. Returns the ref for the list.
 */
export function useFocusFirstCheckbox(): RefObject<HTMLUListElement | null> {
  const listRef = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const checkboxes =
      listRef.current?.querySelectorAll<HTMLElement>(`${PICK_CHECKBOX_SELECTOR}:not(:disabled)`) ?? [];
    const first = [...checkboxes].find((checkbox) => checkbox.getAttribute("aria-checked") === "false");
    focusAppeared(first);
  }, []);
  return listRef;
}
