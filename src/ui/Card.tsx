import { Title } from "@mantine/core";
import { useId, type ReactNode } from "react";
import classes from "./Card.module.css";

type CardProps = { title: string; children: ReactNode };

/** One subject of a page, under its title. */
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
