import { IconCheck } from "@tabler/icons-react";

type TickProps = {
  isPicked: boolean;
  /** What is ticked, for those who do not see it. */
  label: string;
  onTick: ((isPicked: boolean) => void) | undefined;
};

/** A big box to hit with a glove on. */
export function Tick({ isPicked, label, onTick }: TickProps) {
  return (
    <button
      type="button"
      className="tick"
      role="checkbox"
      aria-checked={isPicked}
      aria-label={label}
      disabled={onTick === undefined}
      onClick={() => onTick?.(!isPicked)}
    >
      {isPicked && <IconCheck size={26} stroke={3} aria-hidden />}
    </button>
  );
}
