import { IconCheck } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import classes from "./PickCheckbox.module.css";

/** Finds every pick checkbox of a list. */
export const PICK_CHECKBOX_SELECTOR = "[role='checkbox']";

type PickCheckboxProps = {
  isPicked: boolean;
  /** The accessible name: what is marked picked. */
  label: string;
  /** Undefined for viewers: the checkbox is disabled. */
  onChange: ((isPicked: boolean) => void) | undefined;
};

/** The up and down arrow keys move the focus between the checkboxes of the same list. */
function moveFocusByArrow(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const listElement = event.currentTarget.closest("ul");
  const checkboxes = [...(listElement?.querySelectorAll<HTMLElement>(PICK_CHECKBOX_SELECTOR) ?? [])];
  const index = checkboxes.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1);
  checkboxes[index]?.focus();
}

/** Marks a line picked. As large as a touch target, because packers work standing and with gloves. */
export function PickCheckbox({ isPicked, label, onChange }: PickCheckboxProps) {
  return (
    <button
      type="button"
      className={classes.checkbox}
      role="checkbox"
      aria-checked={isPicked}
      aria-label={label}
      disabled={onChange === undefined}
      onClick={() => onChange?.(!isPicked)}
      onKeyDown={moveFocusByArrow}
    >
      {isPicked && <IconCheck size={26} stroke={3} aria-hidden />}
    </button>
  );
}
