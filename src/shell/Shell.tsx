import { lazy, Suspense, useState, type ReactNode } from "react";
import { HealthStrip } from "../health/HealthStrip";
import { useCommand } from "../keyboard/registry";
import { useKeyboard } from "../keyboard/useKeyboard";
import { hasStoredTicks } from "../picking/storedTicks";
import { Logo } from "../ui/Logo";
import { AccountMenu, type AccountMenuProps } from "./AccountMenu";
import { Navigation } from "./Navigation";
import { PaletteButton } from "./PaletteButton";
import classes from "./Shell.module.css";
import { shellText } from "./shellText";

const ChangesBar = lazy(() => import("../changes/ChangesBar"));
const TickSender = lazy(() => import("../picking/TickSender"));
const ShortcutsDialog = lazy(() => import("./ShortcutsDialog"));

/** The frame around every screen: header with store, navigation and account menu, and the health strip. */
export function Shell({ children, ...account }: AccountMenuProps & { children: ReactNode }) {
  const { businessAccountId, name } = account.business;
  const [areShortcutsOpen, setAreShortcutsOpen] = useState(false);
  const [hasPendingTicks] = useState(hasStoredTicks);
  useKeyboard();
  useCommand("showShortcuts", () => setAreShortcutsOpen(true));
  return (
    <div className={classes.shell}>
      <a className={classes.skipLink} href="#screen">
        {shellText.skip}
      </a>
      <header className={classes.header}>
        <div className={classes.name}>
          <Logo />
          <span title={name}>{name}</span>
        </div>
        <Navigation business={account.business} />
        <div className={classes.account}>
          <PaletteButton account={account} />
          <AccountMenu {...account} />
        </div>
      </header>
      <HealthStrip email={account.email} businessAccountId={businessAccountId} />
      <main className={classes.main} id="screen" tabIndex={-1}>
        <Suspense>{children}</Suspense>
      </main>
      <Suspense>{hasPendingTicks && <TickSender />}</Suspense>
      <Suspense>
        <ChangesBar businessAccountId={businessAccountId} />
        {areShortcutsOpen && <ShortcutsDialog onClose={() => setAreShortcutsOpen(false)} />}
      </Suspense>
    </div>
  );
}
