import type { ReactNode } from "react";
import classes from "./Notice.module.css";

/** What a person should know or do before going on. */
export function Notice({ children }: { children: ReactNode }) {
  return <div className={classes.notice}>{children}</div>;
}
