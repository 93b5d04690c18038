import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import card from "./Card.module.css";
import classes from "./Entrance.module.css";

type EntranceProps = { role?: "alert"; children: ReactNode };

/** A page without the frame of a store: one card in the middle, with the one thing to do next. */
export function Entrance({ role, children }: EntranceProps) {
  return (
    <main className={classes.entrance}>
      <Stack className={`${card.card} ${classes.card}`} gap="md" {...(role && { role })}>
        {children}
      </Stack>
    </main>
  );
}
