import type { ReactNode } from "react";
import classes from "./Tag.module.css";

type TagProps = {
  /** Only what needs a look is filled with colour. */
  tone: "good" | "warn" | "bad" | "soft";
  children: ReactNode;
};

/** A few words on how something stands, with an icon where they matter. */
export function Tag({ tone, children }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
