import type { ReactNode } from "react";
import classes from "./Notice.module.css";

/** A highlighted message: something the user should know or do before continuing. */
export function Notice({ children }: { children: ReactNode }) {
  return <div className={classes.notice}>{children}</div>;
}
