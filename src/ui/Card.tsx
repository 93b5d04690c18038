import { Title } from "@mantine/core";
import { useId, type ReactNode } from "react";
import classes from "./Card.module.css";

type CardProps = { title: string; children: ReactNode };

/** A titled section of a page with a border of its own. */
export function Card({ title, children }: CardProps) {
  const titleId = useId();
  return (
    <section className={classes.card} aria-labelledby={titleId}>
      <Title order={2} id={titleId} mb="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}
