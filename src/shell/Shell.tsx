import "./shell.css";
import { Suspense, type ReactNode } from "react";
import { HealthStrip } from "../health/HealthStrip";
import { Brand } from "../ui/Brand";
import { AccountMenu, type AccountMenuProps } from "./AccountMenu";
import { Navigation } from "./Navigation";

/** The frame of every screen: store, navigation, account, health. */
export function Shell({ children, ...account }: AccountMenuProps & { children: ReactNode }) {
  const { businessAccountId, name } = account.business;
  return (
    <div className="shell">
      <a className="skip-link" href="#screen">
        Skip to the screen
      </a>
      <header className="shell-header">
        <div className="shell-name">
          <Brand />
          <span title={name}>{name}</span>
        </div>
        <Navigation businessAccountId={businessAccountId} />
        <div style={{ marginLeft: "auto" }}>
          <AccountMenu {...account} />
        </div>
      </header>
      <HealthStrip businessAccountId={businessAccountId} />
      <main className="shell-main" id="screen" tabIndex={-1}>
        <Suspense>{children}</Suspense>
      </main>
    </div>
  );
}
