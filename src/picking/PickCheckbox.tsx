import { IconCheck, IconClock, IconMinus } from "@tabler/icons-react";
import classes from "./PickCheckbox.module.css";
import { tickText } from "./pickedText";

/** Finds every pick checkbox of a list. */
export const PICK_CHECKBOX_SELECTOR = "[role='checkbox']";

type PickCheckboxProps = {
  isPicked: boolean;
  /** Whether the server has not confirmed the tick: it looks different from a confirmed one. */
  isPending?: boolean | undefined;
  /** The accessible name: what is marked picked. */
  label: string;
  /** Undefined for viewers: the checkbox is disabled. */
  onChange: ((isPicked: boolean) => void) | undefined;
};

/** Marks a line picked. As large as a touch target, because packers work standing and with gloves. */
export function PickCheckbox({ isPicked, isPending = false, label, onChange }: PickCheckboxProps) {
  return (
    <button
      type="button"
      className={classes.checkbox}
      role="checkbox"
      aria-checked={isPicked}
      aria-label={isPending ? tickText.labelNotSentYet(label) : label}
      data-pending={isPending || undefined}
      disabled={onChange === undefined}
      onClick={() => onChange?.(!isPicked)}
    >
      {isPicked && !isPending && <IconCheck size={26} stroke={3} aria-hidden />}
      {isPending && <IconClock size={24} aria-hidden />}
    </button>
  );
}

/** In the place of the checkbox of a line of which the bin has nothing: there is nothing to say about it by a tick. */
export function NothingToTake() {
  return (
    <span className={classes.nothing} role="img" aria-label={tickText.nothingToTake}>
      <IconMinus size={22} aria-hidden />
    </span>
  );
}
