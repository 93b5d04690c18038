import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

/** Shown in place of an empty list: why it is empty, and what to do about it. */
export function EmptyState({ children }: { children: ReactNode }) {
  return <div className={classes.emptyState}>{children}</div>;
}
