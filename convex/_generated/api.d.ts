/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as accounts_access from "../accounts/access.js";
import type * as accounts_businesses from "../accounts/businesses.js";
import type * as auth from "../auth.js";
import type * as inventory_candidates from "../inventory/candidates.js";
import type * as inventory_matching from "../inventory/matching.js";
import type * as inventory_reservation from "../inventory/reservation.js";
import type * as inventory_stock from "../inventory/stock.js";
import type * as marketplaces_bricklink_money from "../marketplaces/bricklink/money.js";
import type * as marketplaces_bricklink_notificationState from "../marketplaces/bricklink/notificationState.js";
import type * as marketplaces_bricklink_orderStatus from "../marketplaces/bricklink/orderStatus.js";
import type * as marketplaces_bricklink_snapshot from "../marketplaces/bricklink/snapshot.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  "accounts/access": typeof accounts_access;
  "accounts/businesses": typeof accounts_businesses;
  auth: typeof auth;
  "inventory/candidates": typeof inventory_candidates;
  "inventory/matching": typeof inventory_matching;
  "inventory/reservation": typeof inventory_reservation;
  "inventory/stock": typeof inventory_stock;
  "marketplaces/bricklink/money": typeof marketplaces_bricklink_money;
  "marketplaces/bricklink/notificationState": typeof marketplaces_bricklink_notificationState;
  "marketplaces/bricklink/orderStatus": typeof marketplaces_bricklink_orderStatus;
  "marketplaces/bricklink/snapshot": typeof marketplaces_bricklink_snapshot;
}>;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {};
