import { useHotkeys } from "@mantine/hooks";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { HealthStrip } from "../health/HealthStrip";
import { Brand } from "../ui/Brand";
import { AccountMenu, type AccountMenuProps } from "./AccountMenu";
import { Navigation } from "./Navigation";
import classes from "./Shell.module.css";

const Shortcuts = lazy(() => import("./Shortcuts"));

/** The frame of every screen: store, navigation, account, health. */
export function Shell({ children, ...account }: AccountMenuProps & { children: ReactNode }) {
  const { businessAccountId, name } = account.business;
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  useHotkeys([
    ["?", () => setIsHelpOpen(true)],
    ["shift+?", () => setIsHelpOpen(true)],
  ]);
  return (
    <div className={classes.shell}>
      <a className={classes.skipLink} href="#screen">
        Skip to the screen
      </a>
      <header className={classes.header}>
        <div className={classes.name}>
          <Brand />
          <span title={name}>{name}</span>
        </div>
        <Navigation businessAccountId={businessAccountId} />
        <div className={classes.account}>
          <AccountMenu {...account} />
        </div>
      </header>
      <HealthStrip businessAccountId={businessAccountId} />
      <main className={classes.main} id="screen" tabIndex={-1}>
        <Suspense>{children}</Suspense>
      </main>
      <Suspense>{isHelpOpen && <Shortcuts onClose={() => setIsHelpOpen(false)} />}</Suspense>
    </div>
  );
}
