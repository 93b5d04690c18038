/** The page's addresses. Every filter, sort and open order is in them, so that a link shows a colleague the same. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { AccountGate, JOIN_PATH } from "./account/AccountGate";
import { readDeliveries } from "./deliveries/view";
import { readInventory } from "./inventory/view";
import { readView, type OrdersSearch } from "./orders/view";
import { OrdersScreen } from "./orders/OrdersScreen";
import { readPickList } from "./picking/walkList";
import { NotFound, ScreenFailure } from "./ui/ScreenFailure";

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
  validateSearch: (search): OrdersSearch => readView(search),
  component: OrdersScreen,
});

const deliveriesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/deliveries",
  validateSearch: readDeliveries,
  component: lazyRouteComponent(() => import("./deliveries/DeliveriesScreen"), "DeliveriesScreen"),
});

const inventoryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inventory",
  validateSearch: readInventory,
  component: lazyRouteComponent(() => import("./inventory/InventoryScreen"), "InventoryScreen"),
});

const healthRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/health",
  component: lazyRouteComponent(() => import("./health/HealthScreen"), "HealthScreen"),
});

/** Shown by the gate, which lets no member past it: an address of its own, so that it is not "no such page". */
const joinRoute = createRoute({ getParentRoute: () => rootRoute, path: JOIN_PATH, component: () => null });

const pickRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/pick",
  validateSearch: readPickList,
  component: lazyRouteComponent(() => import("./picking/PickListScreen"), "PickListScreen"),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/SettingsScreen"), "SettingsScreen"),
});

const routeTree = rootRoute.addChildren([
  ordersRoute,
  pickRoute,
  deliveriesRoute,
  inventoryRoute,
  healthRoute,
  joinRoute,
  settingsRoute,
]);

export function createAppRouter() {
  return createRouter({
    routeTree,
    defaultPreload: "intent",
    defaultErrorComponent: ScreenFailure,
    defaultNotFoundComponent: NotFound,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
