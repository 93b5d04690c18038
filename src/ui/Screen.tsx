import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Screen.module.css";

type ListScreenProps = {
  title: string;
  /** Whether the navigation shows which screen it is, so that a phone needs no title. */
  isInNavigation?: boolean;
  /** Search, filters and sorting. */
  controls: ReactNode;
  /** Buttons that act on the whole list, at the end of the bar. */
  actions: ReactNode;
  /** Messages between the bar and the list. */
  notices?: ReactNode;
  children: ReactNode;
};

/** A screen with one list: the bar above it stays in view while the list scrolls. */
export function ListScreen(props: ListScreenProps) {
  const { title, isInNavigation = true, controls, actions, notices, children } = props;
  return (
    <div className={classes.list}>
      <div>
        <div className={classes.bar} data-in-navigation={isInNavigation || undefined}>
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

/** A screen with a column of cards, which scrolls as a whole. */
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
