import type { Health } from "./health";
import classes from "./ToneDot.module.css";

type ToneDotProps = { tone: Health["tone"]; label: string };

/** Well or not, by shape and colour, and in words for those who see neither. */
export function ToneDot({ tone, label }: ToneDotProps) {
  return <span className={classes.dot} data-tone={tone} role="img" aria-label={label} />;
}
