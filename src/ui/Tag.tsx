import type { ReactNode } from "react";
import classes from "./Tag.module.css";

type TagProps = {
  /** `warn` and `bad` have a coloured background; `good` and `soft` have none, so that exceptions stand out. */
  tone: "good" | "warn" | "bad" | "soft";
  children: ReactNode;
};

/** A state in a few words, optionally with an icon. */
export function Tag({ tone, children }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
