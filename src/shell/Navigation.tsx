import {
  IconBell,
  IconBox,
  IconClipboardList,
  IconHeartbeat,
  IconSettings,
  IconTimelineEvent,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Business } from "../account/business";
import classes from "./Navigation.module.css";

// Apart from the first script, which has a limit.
const AttentionCount = lazy(() => import("../attention/AttentionCount"));

const screens = [
  { to: "/", label: "Orders", icon: IconClipboardList },
  { to: "/needs-you", label: "Needs you", icon: IconBell },
  { to: "/events", label: "Events", icon: IconTimelineEvent },
  { to: "/inventory", label: "Inventory", icon: IconBox },
  { to: "/health", label: "Health", icon: IconHeartbeat },
  { to: "/settings", label: "Settings", icon: IconSettings },
] as const;

/** Links to the screens. The link to what needs a person counts it. */
export function Navigation({ business }: { business: Business }) {
  return (
    <nav className={classes.navigation} aria-label="Screens">
      {screens.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} activeOptions={{ includeSearch: false, exact: to === "/" }}>
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
