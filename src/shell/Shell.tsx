import { useHotkeys } from "@mantine/hooks";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { HealthStrip } from "../health/HealthStrip";
import { Logo } from "../ui/Logo";
import { AccountMenu, type AccountMenuProps } from "./AccountMenu";
import { Navigation } from "./Navigation";
import classes from "./Shell.module.css";

const ChangesBar = lazy(() => import("../changes/ChangesBar"));
const ShortcutsDialog = lazy(() => import("./ShortcutsDialog"));

/** The frame around every screen: header with store, navigation and account menu, and the health strip. */
export function Shell({ children, ...account }: AccountMenuProps & { children: ReactNode }) {
  const { businessAccountId, name } = account.business;
  const [areShortcutsOpen, setAreShortcutsOpen] = useState(false);
  useHotkeys([
    ["?", () => setAreShortcutsOpen(true)],
    ["shift+?", () => setAreShortcutsOpen(true)],
  ]);
  return (
    <div className={classes.shell}>
      <a className={classes.skipLink} href="#screen">
        Skip to the screen
      </a>
      <header className={classes.header}>
        <div className={classes.name}>
          <Logo />
          <span title={name}>{name}</span>
        </div>
        <Navigation business={account.business} />
        <div className={classes.account}>
          <AccountMenu {...account} />
        </div>
      </header>
      <HealthStrip businessAccountId={businessAccountId} />
      <main className={classes.main} id="screen" tabIndex={-1}>
        <Suspense>{children}</Suspense>
      </main>
      <Suspense>
        <ChangesBar businessAccountId={businessAccountId} />
        {areShortcutsOpen && <ShortcutsDialog onClose={() => setAreShortcutsOpen(false)} />}
      </Suspense>
    </div>
  );
}
