import type { ReactNode } from "react";
import classes from "./EmptyNote.module.css";

/** In place of rows: why there are none, and what to do about it. */
export function EmptyNote({ children }: { children: ReactNode }) {
  return <div className={classes.note}>{children}</div>;
}
