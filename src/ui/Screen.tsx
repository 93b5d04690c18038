import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Screen.module.css";

type ListScreenProps = {
  title: string;
  /** What narrows the list down. */
  controls: ReactNode;
  /** What can be done with all of it, at the end of the bar. */
  actions: ReactNode;
  /** What is to be said above the list. */
  notices?: ReactNode;
  /** The list. */
  children: ReactNode;
};

/** A bar over a list that scrolls by itself. */
export function ListScreen({ title, controls, actions, notices, children }: ListScreenProps) {
  return (
    <div className={classes.list}>
      <div>
        <div className={classes.bar}>
          <Title order={1}>{title}</Title>
          {controls}
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
        {notices}
      </div>
      {children}
    </div>
  );
}

type PageScreenProps = { title: string; isWide?: boolean; children: ReactNode };

/** A column of cards that scrolls as a whole. */
export function PageScreen({ title, isWide = false, children }: PageScreenProps) {
  return (
    <div className={classes.page}>
      <div className={classes.column} data-wide={isWide || undefined}>
        <Title order={1}>{title}</Title>
        {children}
      </div>
    </div>
  );
}
