import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import card from "./Card.module.css";
import classes from "./StandalonePage.module.css";

type StandalonePageProps = { role?: "alert"; children: ReactNode };

/** A page outside the shell, such as sign-in: one card in the middle, without header and navigation. */
export function StandalonePage({ role, children }: StandalonePageProps) {
  return (
    <main className={classes.page}>
      <Stack className={`${card.card} ${classes.card}`} gap="md" {...(role && { role })}>
        {children}
      </Stack>
    </main>
  );
}
