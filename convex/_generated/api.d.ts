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
import type * as accounts_auditLog from "../accounts/auditLog.js";
import type * as accounts_businesses from "../accounts/businesses.js";
import type * as accounts_deeds from "../accounts/deeds.js";
import type * as accounts_email from "../accounts/email.js";
import type * as accounts_invitations from "../accounts/invitations.js";
import type * as accounts_parcelSettings from "../accounts/parcelSettings.js";
import type * as accounts_passwordReset from "../accounts/passwordReset.js";
import type * as accounts_passwordSignIn from "../accounts/passwordSignIn.js";
import type * as accounts_passwords from "../accounts/passwords.js";
import type * as accounts_people from "../accounts/people.js";
import type * as accounts_permissions from "../accounts/permissions.js";
import type * as accounts_signInLimits from "../accounts/signInLimits.js";
import type * as accounts_unknownTokens from "../accounts/unknownTokens.js";
import type * as auth from "../auth.js";
import type * as crons from "../crons.js";
import type * as environment from "../environment.js";
import type * as http from "../http.js";
import type * as inventory_adjustment from "../inventory/adjustment.js";
import type * as inventory_bins from "../inventory/bins.js";
import type * as inventory_candidates from "../inventory/candidates.js";
import type * as inventory_invariants from "../inventory/invariants.js";
import type * as inventory_ledger from "../inventory/ledger.js";
import type * as inventory_lots from "../inventory/lots.js";
import type * as inventory_matching from "../inventory/matching.js";
import type * as inventory_receiving from "../inventory/receiving.js";
import type * as inventory_recounts from "../inventory/recounts.js";
import type * as inventory_reservation from "../inventory/reservation.js";
import type * as inventory_search from "../inventory/search.js";
import type * as inventory_stock from "../inventory/stock.js";
import type * as inventory_storedBefore from "../inventory/storedBefore.js";
import type * as lib_collections from "../lib/collections.js";
import type * as lib_encoding from "../lib/encoding.js";
import type * as lib_pagination from "../lib/pagination.js";
import type * as lib_searchKey from "../lib/searchKey.js";
import type * as lib_searchWords from "../lib/searchWords.js";
import type * as lib_secretToken from "../lib/secretToken.js";
import type * as lib_timeBuckets from "../lib/timeBuckets.js";
import type * as lib_timeGates from "../lib/timeGates.js";
import type * as marketplaces_bricklink_api_changes from "../marketplaces/bricklink/api/changes.js";
import type * as marketplaces_bricklink_api_correspondence from "../marketplaces/bricklink/api/correspondence.js";
import type * as marketplaces_bricklink_api_eventType from "../marketplaces/bricklink/api/eventType.js";
import type * as marketplaces_bricklink_api_failure from "../marketplaces/bricklink/api/failure.js";
import type * as marketplaces_bricklink_api_fields from "../marketplaces/bricklink/api/fields.js";
import type * as marketplaces_bricklink_api_lotReference from "../marketplaces/bricklink/api/lotReference.js";
import type * as marketplaces_bricklink_api_money from "../marketplaces/bricklink/api/money.js";
import type * as marketplaces_bricklink_api_notificationEvent from "../marketplaces/bricklink/api/notificationEvent.js";
import type * as marketplaces_bricklink_api_orderStatus from "../marketplaces/bricklink/api/orderStatus.js";
import type * as marketplaces_bricklink_api_payloads from "../marketplaces/bricklink/api/payloads.js";
import type * as marketplaces_bricklink_api_payment from "../marketplaces/bricklink/api/payment.js";
import type * as marketplaces_bricklink_api_signing from "../marketplaces/bricklink/api/signing.js";
import type * as marketplaces_bricklink_api_statusMoves from "../marketplaces/bricklink/api/statusMoves.js";
import type * as marketplaces_bricklink_api_unknownFields from "../marketplaces/bricklink/api/unknownFields.js";
import type * as marketplaces_bricklink_connection_callbackUrl from "../marketplaces/bricklink/connection/callbackUrl.js";
import type * as marketplaces_bricklink_connection_client from "../marketplaces/bricklink/connection/client.js";
import type * as marketplaces_bricklink_connection_credentials from "../marketplaces/bricklink/connection/credentials.js";
import type * as marketplaces_bricklink_connection_encryption from "../marketplaces/bricklink/connection/encryption.js";
import type * as marketplaces_bricklink_connection_keyRotation from "../marketplaces/bricklink/connection/keyRotation.js";
import type * as marketplaces_bricklink_connection_pollInterval from "../marketplaces/bricklink/connection/pollInterval.js";
import type * as marketplaces_bricklink_connection_settings from "../marketplaces/bricklink/connection/settings.js";
import type * as marketplaces_bricklink_correspondence_praise from "../marketplaces/bricklink/correspondence/praise.js";
import type * as marketplaces_bricklink_correspondence_process from "../marketplaces/bricklink/correspondence/process.js";
import type * as marketplaces_bricklink_import_listedOrders from "../marketplaces/bricklink/import/listedOrders.js";
import type * as marketplaces_bricklink_import_round from "../marketplaces/bricklink/import/round.js";
import type * as marketplaces_bricklink_import_rounds from "../marketplaces/bricklink/import/rounds.js";
import type * as marketplaces_bricklink_import_runs from "../marketplaces/bricklink/import/runs.js";
import type * as marketplaces_bricklink_import_writeLots from "../marketplaces/bricklink/import/writeLots.js";
import type * as marketplaces_bricklink_limits_activity from "../marketplaces/bricklink/limits/activity.js";
import type * as marketplaces_bricklink_limits_callBudget from "../marketplaces/bricklink/limits/callBudget.js";
import type * as marketplaces_bricklink_limits_circuitBreaker from "../marketplaces/bricklink/limits/circuitBreaker.js";
import type * as marketplaces_bricklink_limits_health from "../marketplaces/bricklink/limits/health.js";
import type * as marketplaces_bricklink_limits_permission from "../marketplaces/bricklink/limits/permission.js";
import type * as marketplaces_bricklink_limits_silence from "../marketplaces/bricklink/limits/silence.js";
import type * as marketplaces_bricklink_limits_webhookIntake from "../marketplaces/bricklink/limits/webhookIntake.js";
import type * as marketplaces_bricklink_notifications from "../marketplaces/bricklink/notifications.js";
import type * as marketplaces_bricklink_outbox_claim from "../marketplaces/bricklink/outbox/claim.js";
import type * as marketplaces_bricklink_outbox_content from "../marketplaces/bricklink/outbox/content.js";
import type * as marketplaces_bricklink_outbox_decision from "../marketplaces/bricklink/outbox/decision.js";
import type * as marketplaces_bricklink_outbox_readBack from "../marketplaces/bricklink/outbox/readBack.js";
import type * as marketplaces_bricklink_outbox_requests from "../marketplaces/bricklink/outbox/requests.js";
import type * as marketplaces_bricklink_outbox_send from "../marketplaces/bricklink/outbox/send.js";
import type * as marketplaces_bricklink_outbox_states from "../marketplaces/bricklink/outbox/states.js";
import type * as marketplaces_bricklink_outbox_unseen from "../marketplaces/bricklink/outbox/unseen.js";
import type * as marketplaces_bricklink_outbox_writes from "../marketplaces/bricklink/outbox/writes.js";
import type * as marketplaces_bricklink_queue_claim from "../marketplaces/bricklink/queue/claim.js";
import type * as marketplaces_bricklink_queue_complete from "../marketplaces/bricklink/queue/complete.js";
import type * as marketplaces_bricklink_queue_enqueue from "../marketplaces/bricklink/queue/enqueue.js";
import type * as marketplaces_bricklink_queue_log from "../marketplaces/bricklink/queue/log.js";
import type * as marketplaces_bricklink_queue_recovery from "../marketplaces/bricklink/queue/recovery.js";
import type * as marketplaces_bricklink_queue_retention from "../marketplaces/bricklink/queue/retention.js";
import type * as marketplaces_bricklink_queue_retryPolicy from "../marketplaces/bricklink/queue/retryPolicy.js";
import type * as marketplaces_bricklink_queue_states from "../marketplaces/bricklink/queue/states.js";
import type * as marketplaces_bricklink_queue_sweep from "../marketplaces/bricklink/queue/sweep.js";
import type * as marketplaces_bricklink_queue_timeline from "../marketplaces/bricklink/queue/timeline.js";
import type * as marketplaces_bricklink_queue_trends from "../marketplaces/bricklink/queue/trends.js";
import type * as marketplaces_bricklink_storeClient from "../marketplaces/bricklink/storeClient.js";
import type * as marketplaces_bricklink_sync_orderDifferences from "../marketplaces/bricklink/sync/orderDifferences.js";
import type * as marketplaces_bricklink_sync_poll from "../marketplaces/bricklink/sync/poll.js";
import type * as marketplaces_bricklink_sync_reconcile from "../marketplaces/bricklink/sync/reconcile.js";
import type * as marketplaces_bricklink_sync_shippingMethods from "../marketplaces/bricklink/sync/shippingMethods.js";
import type * as marketplaces_bricklink_webhook from "../marketplaces/bricklink/webhook.js";
import type * as orders_allocation_adjustments from "../orders/allocation/adjustments.js";
import type * as orders_allocation_allocateLine from "../orders/allocation/allocateLine.js";
import type * as orders_allocation_audit from "../orders/allocation/audit.js";
import type * as orders_allocation_backorders from "../orders/allocation/backorders.js";
import type * as orders_allocation_changedDemand from "../orders/allocation/changedDemand.js";
import type * as orders_apply_applySnapshot from "../orders/apply/applySnapshot.js";
import type * as orders_apply_lineChanges from "../orders/apply/lineChanges.js";
import type * as orders_attention from "../orders/attention.js";
import type * as orders_buyerData from "../orders/buyerData.js";
import type * as orders_correspondence_feedback from "../orders/correspondence/feedback.js";
import type * as orders_correspondence_merge from "../orders/correspondence/merge.js";
import type * as orders_correspondence_messages from "../orders/correspondence/messages.js";
import type * as orders_correspondence_removal from "../orders/correspondence/removal.js";
import type * as orders_counts from "../orders/counts.js";
import type * as orders_detail from "../orders/detail.js";
import type * as orders_filters from "../orders/filters.js";
import type * as orders_history from "../orders/history.js";
import type * as orders_lineView from "../orders/lineView.js";
import type * as orders_ordersWithLines from "../orders/ordersWithLines.js";
import type * as orders_parcels from "../orders/parcels.js";
import type * as orders_partSearch from "../orders/partSearch.js";
import type * as orders_patchOrder from "../orders/patchOrder.js";
import type * as orders_personalData from "../orders/personalData.js";
import type * as orders_picking_losses from "../orders/picking/losses.js";
import type * as orders_picking_openLine from "../orders/picking/openLine.js";
import type * as orders_picking_otherBins from "../orders/picking/otherBins.js";
import type * as orders_picking_pickList from "../orders/picking/pickList.js";
import type * as orders_picking_pickQuantities from "../orders/picking/pickQuantities.js";
import type * as orders_picking_pickStatus from "../orders/picking/pickStatus.js";
import type * as orders_picking_returnsToShelf from "../orders/picking/returnsToShelf.js";
import type * as orders_picking_walks from "../orders/picking/walks.js";
import type * as orders_search from "../orders/search.js";
import type * as orders_snapshot from "../orders/snapshot.js";
import type * as orders_stages from "../orders/stages.js";
import type * as orders_storedBefore from "../orders/storedBefore.js";
import type * as orders_table from "../orders/table.js";
import type * as orders_tabs from "../orders/tabs.js";
import type * as orders_trends from "../orders/trends.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  "accounts/access": typeof accounts_access;
  "accounts/auditLog": typeof accounts_auditLog;
  "accounts/businesses": typeof accounts_businesses;
  "accounts/deeds": typeof accounts_deeds;
  "accounts/email": typeof accounts_email;
  "accounts/invitations": typeof accounts_invitations;
  "accounts/parcelSettings": typeof accounts_parcelSettings;
  "accounts/passwordReset": typeof accounts_passwordReset;
  "accounts/passwordSignIn": typeof accounts_passwordSignIn;
  "accounts/passwords": typeof accounts_passwords;
  "accounts/people": typeof accounts_people;
  "accounts/permissions": typeof accounts_permissions;
  "accounts/signInLimits": typeof accounts_signInLimits;
  "accounts/unknownTokens": typeof accounts_unknownTokens;
  auth: typeof auth;
  crons: typeof crons;
  environment: typeof environment;
  http: typeof http;
  "inventory/adjustment": typeof inventory_adjustment;
  "inventory/bins": typeof inventory_bins;
  "inventory/candidates": typeof inventory_candidates;
  "inventory/invariants": typeof inventory_invariants;
  "inventory/ledger": typeof inventory_ledger;
  "inventory/lots": typeof inventory_lots;
  "inventory/matching": typeof inventory_matching;
  "inventory/receiving": typeof inventory_receiving;
  "inventory/recounts": typeof inventory_recounts;
  "inventory/reservation": typeof inventory_reservation;
  "inventory/search": typeof inventory_search;
  "inventory/stock": typeof inventory_stock;
  "inventory/storedBefore": typeof inventory_storedBefore;
  "lib/collections": typeof lib_collections;
  "lib/encoding": typeof lib_encoding;
  "lib/pagination": typeof lib_pagination;
  "lib/searchKey": typeof lib_searchKey;
  "lib/searchWords": typeof lib_searchWords;
  "lib/secretToken": typeof lib_secretToken;
  "lib/timeBuckets": typeof lib_timeBuckets;
  "lib/timeGates": typeof lib_timeGates;
  "marketplaces/bricklink/api/changes": typeof marketplaces_bricklink_api_changes;
  "marketplaces/bricklink/api/correspondence": typeof marketplaces_bricklink_api_correspondence;
  "marketplaces/bricklink/api/eventType": typeof marketplaces_bricklink_api_eventType;
  "marketplaces/bricklink/api/failure": typeof marketplaces_bricklink_api_failure;
  "marketplaces/bricklink/api/fields": typeof marketplaces_bricklink_api_fields;
  "marketplaces/bricklink/api/lotReference": typeof marketplaces_bricklink_api_lotReference;
  "marketplaces/bricklink/api/money": typeof marketplaces_bricklink_api_money;
  "marketplaces/bricklink/api/notificationEvent": typeof marketplaces_bricklink_api_notificationEvent;
  "marketplaces/bricklink/api/orderStatus": typeof marketplaces_bricklink_api_orderStatus;
  "marketplaces/bricklink/api/payloads": typeof marketplaces_bricklink_api_payloads;
  "marketplaces/bricklink/api/payment": typeof marketplaces_bricklink_api_payment;
  "marketplaces/bricklink/api/signing": typeof marketplaces_bricklink_api_signing;
  "marketplaces/bricklink/api/statusMoves": typeof marketplaces_bricklink_api_statusMoves;
  "marketplaces/bricklink/api/unknownFields": typeof marketplaces_bricklink_api_unknownFields;
  "marketplaces/bricklink/connection/callbackUrl": typeof marketplaces_bricklink_connection_callbackUrl;
  "marketplaces/bricklink/connection/client": typeof marketplaces_bricklink_connection_client;
  "marketplaces/bricklink/connection/credentials": typeof marketplaces_bricklink_connection_credentials;
  "marketplaces/bricklink/connection/encryption": typeof marketplaces_bricklink_connection_encryption;
  "marketplaces/bricklink/connection/keyRotation": typeof marketplaces_bricklink_connection_keyRotation;
  "marketplaces/bricklink/connection/pollInterval": typeof marketplaces_bricklink_connection_pollInterval;
  "marketplaces/bricklink/connection/settings": typeof marketplaces_bricklink_connection_settings;
  "marketplaces/bricklink/correspondence/praise": typeof marketplaces_bricklink_correspondence_praise;
  "marketplaces/bricklink/correspondence/process": typeof marketplaces_bricklink_correspondence_process;
  "marketplaces/bricklink/import/listedOrders": typeof marketplaces_bricklink_import_listedOrders;
  "marketplaces/bricklink/import/round": typeof marketplaces_bricklink_import_round;
  "marketplaces/bricklink/import/rounds": typeof marketplaces_bricklink_import_rounds;
  "marketplaces/bricklink/import/runs": typeof marketplaces_bricklink_import_runs;
  "marketplaces/bricklink/import/writeLots": typeof marketplaces_bricklink_import_writeLots;
  "marketplaces/bricklink/limits/activity": typeof marketplaces_bricklink_limits_activity;
  "marketplaces/bricklink/limits/callBudget": typeof marketplaces_bricklink_limits_callBudget;
  "marketplaces/bricklink/limits/circuitBreaker": typeof marketplaces_bricklink_limits_circuitBreaker;
  "marketplaces/bricklink/limits/health": typeof marketplaces_bricklink_limits_health;
  "marketplaces/bricklink/limits/permission": typeof marketplaces_bricklink_limits_permission;
  "marketplaces/bricklink/limits/silence": typeof marketplaces_bricklink_limits_silence;
  "marketplaces/bricklink/limits/webhookIntake": typeof marketplaces_bricklink_limits_webhookIntake;
  "marketplaces/bricklink/notifications": typeof marketplaces_bricklink_notifications;
  "marketplaces/bricklink/outbox/claim": typeof marketplaces_bricklink_outbox_claim;
  "marketplaces/bricklink/outbox/content": typeof marketplaces_bricklink_outbox_content;
  "marketplaces/bricklink/outbox/decision": typeof marketplaces_bricklink_outbox_decision;
  "marketplaces/bricklink/outbox/readBack": typeof marketplaces_bricklink_outbox_readBack;
  "marketplaces/bricklink/outbox/requests": typeof marketplaces_bricklink_outbox_requests;
  "marketplaces/bricklink/outbox/send": typeof marketplaces_bricklink_outbox_send;
  "marketplaces/bricklink/outbox/states": typeof marketplaces_bricklink_outbox_states;
  "marketplaces/bricklink/outbox/unseen": typeof marketplaces_bricklink_outbox_unseen;
  "marketplaces/bricklink/outbox/writes": typeof marketplaces_bricklink_outbox_writes;
  "marketplaces/bricklink/queue/claim": typeof marketplaces_bricklink_queue_claim;
  "marketplaces/bricklink/queue/complete": typeof marketplaces_bricklink_queue_complete;
  "marketplaces/bricklink/queue/enqueue": typeof marketplaces_bricklink_queue_enqueue;
  "marketplaces/bricklink/queue/log": typeof marketplaces_bricklink_queue_log;
  "marketplaces/bricklink/queue/recovery": typeof marketplaces_bricklink_queue_recovery;
  "marketplaces/bricklink/queue/retention": typeof marketplaces_bricklink_queue_retention;
  "marketplaces/bricklink/queue/retryPolicy": typeof marketplaces_bricklink_queue_retryPolicy;
  "marketplaces/bricklink/queue/states": typeof marketplaces_bricklink_queue_states;
  "marketplaces/bricklink/queue/sweep": typeof marketplaces_bricklink_queue_sweep;
  "marketplaces/bricklink/queue/timeline": typeof marketplaces_bricklink_queue_timeline;
  "marketplaces/bricklink/queue/trends": typeof marketplaces_bricklink_queue_trends;
  "marketplaces/bricklink/storeClient": typeof marketplaces_bricklink_storeClient;
  "marketplaces/bricklink/sync/orderDifferences": typeof marketplaces_bricklink_sync_orderDifferences;
  "marketplaces/bricklink/sync/poll": typeof marketplaces_bricklink_sync_poll;
  "marketplaces/bricklink/sync/reconcile": typeof marketplaces_bricklink_sync_reconcile;
  "marketplaces/bricklink/sync/shippingMethods": typeof marketplaces_bricklink_sync_shippingMethods;
  "marketplaces/bricklink/webhook": typeof marketplaces_bricklink_webhook;
  "orders/allocation/adjustments": typeof orders_allocation_adjustments;
  "orders/allocation/allocateLine": typeof orders_allocation_allocateLine;
  "orders/allocation/audit": typeof orders_allocation_audit;
  "orders/allocation/backorders": typeof orders_allocation_backorders;
  "orders/allocation/changedDemand": typeof orders_allocation_changedDemand;
  "orders/apply/applySnapshot": typeof orders_apply_applySnapshot;
  "orders/apply/lineChanges": typeof orders_apply_lineChanges;
  "orders/attention": typeof orders_attention;
  "orders/buyerData": typeof orders_buyerData;
  "orders/correspondence/feedback": typeof orders_correspondence_feedback;
  "orders/correspondence/merge": typeof orders_correspondence_merge;
  "orders/correspondence/messages": typeof orders_correspondence_messages;
  "orders/correspondence/removal": typeof orders_correspondence_removal;
  "orders/counts": typeof orders_counts;
  "orders/detail": typeof orders_detail;
  "orders/filters": typeof orders_filters;
  "orders/history": typeof orders_history;
  "orders/lineView": typeof orders_lineView;
  "orders/ordersWithLines": typeof orders_ordersWithLines;
  "orders/parcels": typeof orders_parcels;
  "orders/partSearch": typeof orders_partSearch;
  "orders/patchOrder": typeof orders_patchOrder;
  "orders/personalData": typeof orders_personalData;
  "orders/picking/losses": typeof orders_picking_losses;
  "orders/picking/openLine": typeof orders_picking_openLine;
  "orders/picking/otherBins": typeof orders_picking_otherBins;
  "orders/picking/pickList": typeof orders_picking_pickList;
  "orders/picking/pickQuantities": typeof orders_picking_pickQuantities;
  "orders/picking/pickStatus": typeof orders_picking_pickStatus;
  "orders/picking/returnsToShelf": typeof orders_picking_returnsToShelf;
  "orders/picking/walks": typeof orders_picking_walks;
  "orders/search": typeof orders_search;
  "orders/snapshot": typeof orders_snapshot;
  "orders/stages": typeof orders_stages;
  "orders/storedBefore": typeof orders_storedBefore;
  "orders/table": typeof orders_table;
  "orders/tabs": typeof orders_tabs;
  "orders/trends": typeof orders_trends;
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

export declare const components: {
  rateLimiter: import("@convex-dev/rate-limiter/_generated/component.js").ComponentApi<"rateLimiter">;
};
