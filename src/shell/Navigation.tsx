import {
  IconBox,
  IconClipboardList,
  IconHeartbeat,
  IconSettings,
  IconTruckDelivery,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import text from "../ui/text.module.css";
import classes from "./Navigation.module.css";

const screens = [
  { to: "/", label: "Orders", icon: IconClipboardList },
  { to: "/deliveries", label: "Deliveries", icon: IconTruckDelivery },
  { to: "/inventory", label: "Inventory", icon: IconBox },
  { to: "/health", label: "Health", icon: IconHeartbeat },
  { to: "/settings", label: "Settings", icon: IconSettings },
] as const;

/** Links to the screens. The link to Deliveries counts the notifications that failed for good and need staff. */
export function Navigation({ businessAccountId }: Pick<Business, "businessAccountId">) {
  const storeHealth = useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const { count = 0, isMore = false } = storeHealth?.failed ?? {};
  return (
    <nav className={classes.navigation} aria-label="Screens">
      {screens.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} activeOptions={{ includeSearch: false, exact: to === "/" }}>
          <Icon size={20} aria-hidden />
          {label}
          {to === "/deliveries" && count > 0 && (
            <span className={classes.count}>
              {count}
              {isMore && "+"}
              <span className={text.visuallyHidden}> need you</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
