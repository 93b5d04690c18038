/**
 * The routes. Filters, sorting and the open row are URL search parameters, so that a shared link shows the same
 * view.
 */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { AccountGate, JOIN_PATH, NEW_PASSWORD_PATH } from "./account/AccountGate";
import { parseAuditLogSearch } from "./auditLog/search";
import { parseEventsSearch } from "./events/search";
import { parseInventorySearch } from "./inventory/search";
import { parseLabelsSearch } from "./labels/search";
import { readOrdersSearch, type OrdersSearch } from "./orders/views/view";
import { OrdersScreen } from "./orders/table/OrdersScreen";
import { readPrintSearch } from "./parcels/search";
import { readPickSearch } from "./picking/search";
import { NotFoundScreen, ErrorScreen } from "./ui/ErrorScreens";

const rootRoute = createRootRoute({
  component: () => (
    <AccountGate>
      <Outlet />
    </AccountGate>
  ),
});

export const ordersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: (search): OrdersSearch => readOrdersSearch(search),
  component: OrdersScreen,
});

const attentionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/needs-you",
  component: lazyRouteComponent(() => import("./attention/AttentionScreen"), "AttentionScreen"),
});

const eventsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/events",
  validateSearch: parseEventsSearch,
  component: lazyRouteComponent(() => import("./events/EventsScreen"), "EventsScreen"),
});

const inventoryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inventory",
  validateSearch: parseInventorySearch,
  component: lazyRouteComponent(() => import("./inventory/InventoryScreen"), "InventoryScreen"),
});

const healthRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/health",
  component: lazyRouteComponent(() => import("./health/HealthScreen"), "HealthScreen"),
});

/**
 * These render nothing: AccountGate shows JoinStore and NewPassword at their paths. Without the routes, the paths would count as not
 * found.
 */
const joinRoute = createRoute({ getParentRoute: () => rootRoute, path: JOIN_PATH, component: () => null });
const newPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: NEW_PASSWORD_PATH,
  component: () => null,
});

const pickRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/pick",
  validateSearch: readPickSearch,
  component: lazyRouteComponent(() => import("./picking/PickScreen"), "PickScreen"),
});

const labelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/labels",
  validateSearch: parseLabelsSearch,
  component: lazyRouteComponent(() => import("./labels/LabelsScreen"), "LabelsScreen"),
});

const printRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/print",
  validateSearch: readPrintSearch,
  component: lazyRouteComponent(() => import("./parcels/PrintScreen"), "PrintScreen"),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/SettingsScreen"), "SettingsScreen"),
});

const auditLogRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/audit-log",
  validateSearch: parseAuditLogSearch,
  component: lazyRouteComponent(() => import("./auditLog/AuditLogScreen"), "AuditLogScreen"),
});

/** Left out of the build. */
const developmentRoutes = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => rootRoute,
        path: "/components",
        component: lazyRouteComponent(() => import("./components/ComponentsScreen"), "ComponentsScreen"),
      }),
    ]
  : [];

const routeTree = rootRoute.addChildren([
  ordersRoute,
  pickRoute,
  attentionRoute,
  printRoute,
  labelsRoute,
  eventsRoute,
  inventoryRoute,
  healthRoute,
  joinRoute,
  newPasswordRoute,
  settingsRoute,
  auditLogRoute,
  ...developmentRoutes,
]);

export function createAppRouter() {
  return createRouter({
    routeTree,
    defaultPreload: "intent",
    defaultErrorComponent: ErrorScreen,
    defaultNotFoundComponent: NotFoundScreen,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
