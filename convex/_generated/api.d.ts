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
import type * as accounts_invitationToken from "../accounts/invitationToken.js";
import type * as accounts_invitations from "../accounts/invitations.js";
import type * as accounts_people from "../accounts/people.js";
import type * as auth from "../auth.js";
import type * as crons from "../crons.js";
import type * as http from "../http.js";
import type * as inventory_adjustment from "../inventory/adjustment.js";
import type * as inventory_audit from "../inventory/audit.js";
import type * as inventory_candidates from "../inventory/candidates.js";
import type * as inventory_lots from "../inventory/lots.js";
import type * as inventory_matching from "../inventory/matching.js";
import type * as inventory_movementWords from "../inventory/movementWords.js";
import type * as inventory_receiving from "../inventory/receiving.js";
import type * as inventory_reservation from "../inventory/reservation.js";
import type * as inventory_searchKey from "../inventory/searchKey.js";
import type * as inventory_stock from "../inventory/stock.js";
import type * as marketplaces_bricklink_activity from "../marketplaces/bricklink/activity.js";
import type * as marketplaces_bricklink_arrivals from "../marketplaces/bricklink/arrivals.js";
import type * as marketplaces_bricklink_audit from "../marketplaces/bricklink/audit.js";
import type * as marketplaces_bricklink_callbackToken from "../marketplaces/bricklink/callbackToken.js";
import type * as marketplaces_bricklink_chunks from "../marketplaces/bricklink/chunks.js";
import type * as marketplaces_bricklink_circuit from "../marketplaces/bricklink/circuit.js";
import type * as marketplaces_bricklink_connection from "../marketplaces/bricklink/connection.js";
import type * as marketplaces_bricklink_credentials from "../marketplaces/bricklink/credentials.js";
import type * as marketplaces_bricklink_deliveries from "../marketplaces/bricklink/deliveries.js";
import type * as marketplaces_bricklink_deliveryStory from "../marketplaces/bricklink/deliveryStory.js";
import type * as marketplaces_bricklink_encoding from "../marketplaces/bricklink/encoding.js";
import type * as marketplaces_bricklink_failure from "../marketplaces/bricklink/failure.js";
import type * as marketplaces_bricklink_health from "../marketplaces/bricklink/health.js";
import type * as marketplaces_bricklink_importRound from "../marketplaces/bricklink/importRound.js";
import type * as marketplaces_bricklink_inventoryImport from "../marketplaces/bricklink/inventoryImport.js";
import type * as marketplaces_bricklink_lineChanges from "../marketplaces/bricklink/lineChanges.js";
import type * as marketplaces_bricklink_lotChanges from "../marketplaces/bricklink/lotChanges.js";
import type * as marketplaces_bricklink_lotLedger from "../marketplaces/bricklink/lotLedger.js";
import type * as marketplaces_bricklink_lots from "../marketplaces/bricklink/lots.js";
import type * as marketplaces_bricklink_money from "../marketplaces/bricklink/money.js";
import type * as marketplaces_bricklink_notificationState from "../marketplaces/bricklink/notificationState.js";
import type * as marketplaces_bricklink_notificationStore from "../marketplaces/bricklink/notificationStore.js";
import type * as marketplaces_bricklink_notificationWork from "../marketplaces/bricklink/notificationWork.js";
import type * as marketplaces_bricklink_notifications from "../marketplaces/bricklink/notifications.js";
import type * as marketplaces_bricklink_oauth from "../marketplaces/bricklink/oauth.js";
import type * as marketplaces_bricklink_orderDifferences from "../marketplaces/bricklink/orderDifferences.js";
import type * as marketplaces_bricklink_orderStatus from "../marketplaces/bricklink/orderStatus.js";
import type * as marketplaces_bricklink_orderStore from "../marketplaces/bricklink/orderStore.js";
import type * as marketplaces_bricklink_payloads from "../marketplaces/bricklink/payloads.js";
import type * as marketplaces_bricklink_pickLines from "../marketplaces/bricklink/pickLines.js";
import type * as marketplaces_bricklink_poll from "../marketplaces/bricklink/poll.js";
import type * as marketplaces_bricklink_pollInterval from "../marketplaces/bricklink/pollInterval.js";
import type * as marketplaces_bricklink_present from "../marketplaces/bricklink/present.js";
import type * as marketplaces_bricklink_quota from "../marketplaces/bricklink/quota.js";
import type * as marketplaces_bricklink_reconcile from "../marketplaces/bricklink/reconcile.js";
import type * as marketplaces_bricklink_retention from "../marketplaces/bricklink/retention.js";
import type * as marketplaces_bricklink_sealing from "../marketplaces/bricklink/sealing.js";
import type * as marketplaces_bricklink_snapshot from "../marketplaces/bricklink/snapshot.js";
import type * as marketplaces_bricklink_sourceLot from "../marketplaces/bricklink/sourceLot.js";
import type * as marketplaces_bricklink_storeClient from "../marketplaces/bricklink/storeClient.js";
import type * as marketplaces_bricklink_sweep from "../marketplaces/bricklink/sweep.js";
import type * as marketplaces_bricklink_trends from "../marketplaces/bricklink/trends.js";
import type * as marketplaces_bricklink_unknownFields from "../marketplaces/bricklink/unknownFields.js";
import type * as marketplaces_bricklink_waitingLines from "../marketplaces/bricklink/waitingLines.js";
import type * as marketplaces_bricklink_webhook from "../marketplaces/bricklink/webhook.js";
import type * as orders_counts from "../orders/counts.js";
import type * as orders_detail from "../orders/detail.js";
import type * as orders_filters from "../orders/filters.js";
import type * as orders_history from "../orders/history.js";
import type * as orders_lineView from "../orders/lineView.js";
import type * as orders_picking from "../orders/picking.js";
import type * as orders_table from "../orders/table.js";
import type * as orders_wanted from "../orders/wanted.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  "accounts/access": typeof accounts_access;
  "accounts/businesses": typeof accounts_businesses;
  "accounts/invitationToken": typeof accounts_invitationToken;
  "accounts/invitations": typeof accounts_invitations;
  "accounts/people": typeof accounts_people;
  auth: typeof auth;
  crons: typeof crons;
  http: typeof http;
  "inventory/adjustment": typeof inventory_adjustment;
  "inventory/audit": typeof inventory_audit;
  "inventory/candidates": typeof inventory_candidates;
  "inventory/lots": typeof inventory_lots;
  "inventory/matching": typeof inventory_matching;
  "inventory/movementWords": typeof inventory_movementWords;
  "inventory/receiving": typeof inventory_receiving;
  "inventory/reservation": typeof inventory_reservation;
  "inventory/searchKey": typeof inventory_searchKey;
  "inventory/stock": typeof inventory_stock;
  "marketplaces/bricklink/activity": typeof marketplaces_bricklink_activity;
  "marketplaces/bricklink/arrivals": typeof marketplaces_bricklink_arrivals;
  "marketplaces/bricklink/audit": typeof marketplaces_bricklink_audit;
  "marketplaces/bricklink/callbackToken": typeof marketplaces_bricklink_callbackToken;
  "marketplaces/bricklink/chunks": typeof marketplaces_bricklink_chunks;
  "marketplaces/bricklink/circuit": typeof marketplaces_bricklink_circuit;
  "marketplaces/bricklink/connection": typeof marketplaces_bricklink_connection;
  "marketplaces/bricklink/credentials": typeof marketplaces_bricklink_credentials;
  "marketplaces/bricklink/deliveries": typeof marketplaces_bricklink_deliveries;
  "marketplaces/bricklink/deliveryStory": typeof marketplaces_bricklink_deliveryStory;
  "marketplaces/bricklink/encoding": typeof marketplaces_bricklink_encoding;
  "marketplaces/bricklink/failure": typeof marketplaces_bricklink_failure;
  "marketplaces/bricklink/health": typeof marketplaces_bricklink_health;
  "marketplaces/bricklink/importRound": typeof marketplaces_bricklink_importRound;
  "marketplaces/bricklink/inventoryImport": typeof marketplaces_bricklink_inventoryImport;
  "marketplaces/bricklink/lineChanges": typeof marketplaces_bricklink_lineChanges;
  "marketplaces/bricklink/lotChanges": typeof marketplaces_bricklink_lotChanges;
  "marketplaces/bricklink/lotLedger": typeof marketplaces_bricklink_lotLedger;
  "marketplaces/bricklink/lots": typeof marketplaces_bricklink_lots;
  "marketplaces/bricklink/money": typeof marketplaces_bricklink_money;
  "marketplaces/bricklink/notificationState": typeof marketplaces_bricklink_notificationState;
  "marketplaces/bricklink/notificationStore": typeof marketplaces_bricklink_notificationStore;
  "marketplaces/bricklink/notificationWork": typeof marketplaces_bricklink_notificationWork;
  "marketplaces/bricklink/notifications": typeof marketplaces_bricklink_notifications;
  "marketplaces/bricklink/oauth": typeof marketplaces_bricklink_oauth;
  "marketplaces/bricklink/orderDifferences": typeof marketplaces_bricklink_orderDifferences;
  "marketplaces/bricklink/orderStatus": typeof marketplaces_bricklink_orderStatus;
  "marketplaces/bricklink/orderStore": typeof marketplaces_bricklink_orderStore;
  "marketplaces/bricklink/payloads": typeof marketplaces_bricklink_payloads;
  "marketplaces/bricklink/pickLines": typeof marketplaces_bricklink_pickLines;
  "marketplaces/bricklink/poll": typeof marketplaces_bricklink_poll;
  "marketplaces/bricklink/pollInterval": typeof marketplaces_bricklink_pollInterval;
  "marketplaces/bricklink/present": typeof marketplaces_bricklink_present;
  "marketplaces/bricklink/quota": typeof marketplaces_bricklink_quota;
  "marketplaces/bricklink/reconcile": typeof marketplaces_bricklink_reconcile;
  "marketplaces/bricklink/retention": typeof marketplaces_bricklink_retention;
  "marketplaces/bricklink/sealing": typeof marketplaces_bricklink_sealing;
  "marketplaces/bricklink/snapshot": typeof marketplaces_bricklink_snapshot;
  "marketplaces/bricklink/sourceLot": typeof marketplaces_bricklink_sourceLot;
  "marketplaces/bricklink/storeClient": typeof marketplaces_bricklink_storeClient;
  "marketplaces/bricklink/sweep": typeof marketplaces_bricklink_sweep;
  "marketplaces/bricklink/trends": typeof marketplaces_bricklink_trends;
  "marketplaces/bricklink/unknownFields": typeof marketplaces_bricklink_unknownFields;
  "marketplaces/bricklink/waitingLines": typeof marketplaces_bricklink_waitingLines;
  "marketplaces/bricklink/webhook": typeof marketplaces_bricklink_webhook;
  "orders/counts": typeof orders_counts;
  "orders/detail": typeof orders_detail;
  "orders/filters": typeof orders_filters;
  "orders/history": typeof orders_history;
  "orders/lineView": typeof orders_lineView;
  "orders/picking": typeof orders_picking;
  "orders/table": typeof orders_table;
  "orders/wanted": typeof orders_wanted;
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
