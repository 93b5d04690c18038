import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Business } from "../account/business";
import classes from "./Navigation.module.css";
import { screens } from "./screens";
import { shellText } from "./shellText";

// Apart from the first script, which has a limit.
const AttentionCount = lazy(() => import("../attention/AttentionCount"));

/** Links to the screens. The link to what needs a person counts it. */
export function Navigation({ business }: { business: Business }) {
  return (
    <nav className={classes.navigation} aria-label={shellText.screens}>
      {screens.map(({ to, label, icon: Icon }) => (
        // No screen has one below it, so a longer path is a page that does not exist.
        <Link key={to} to={to} activeOptions={{ includeSearch: false, exact: true }}>
          <Icon size={20} aria-hidden />
          {label}
          {to === "/needs-you" && (
            <Suspense>
              <AttentionCount business={business} className={classes.count} />
            </Suspense>
          )}
        </Link>
      ))}
    </nav>
  );
}
