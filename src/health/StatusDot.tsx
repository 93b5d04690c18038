import classes from "./StatusDot.module.css";
import type { HealthSummary } from "./summaryText";

type StatusDotProps = { tone: HealthSummary["tone"]; label: string };

/** A tone as a dot that differs in shape as well as colour, with a label for screen readers. */
export function StatusDot({ tone, label }: StatusDotProps) {
  return <span className={classes.dot} data-tone={tone} role="img" aria-label={label} />;
}
