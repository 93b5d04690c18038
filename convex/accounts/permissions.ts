/**
 * Who may call which function of a store: the least role for each public function, by its path. The guard, its test and the dashboard
 * read it. Functions that are about a person and no store are not in it: everyone who is signed in may call them. Pure, and shared with the browser.
 */
import type { Role } from "./schema";

export const permissions = {
  "accounts.auditLog.list": "owner",
  "accounts.auditLog.people": "owner",
  "accounts.auditLog.recordExport": "owner",
  "accounts.invitations.create": "owner",
  "accounts.invitations.list": "owner",
  "accounts.invitations.revoke": "owner",
  "accounts.passwordReset.createForMember": "owner",
  "accounts.people.changeRole": "owner",
  "accounts.people.list": "owner",
  "accounts.people.remove": "owner",
  "inventory.bins.list": "viewer",
  "inventory.ledger.list": "viewer",
  "inventory.lots.drift": "viewer",
  "inventory.lots.find": "viewer",
  "inventory.lots.get": "viewer",
  "inventory.lots.list": "viewer",
  "inventory.lots.short": "viewer",
  "inventory.lots.toRecount": "viewer",
  "inventory.recounts.dismiss": "staff",
  "inventory.recounts.ofLot": "viewer",
  "marketplaces.bricklink.connection.settings.connect": "owner",
  "marketplaces.bricklink.connection.settings.revokePreviousCallback": "owner",
  "marketplaces.bricklink.connection.settings.rotateCallback": "owner",
  "marketplaces.bricklink.connection.settings.setActive": "owner",
  "marketplaces.bricklink.connection.settings.setPollInterval": "owner",
  "marketplaces.bricklink.connection.settings.status": "viewer",
  "marketplaces.bricklink.connection.settings.testConnection": "owner",
  "marketplaces.bricklink.import.runs.latest": "viewer",
  "marketplaces.bricklink.import.runs.start": "owner",
  "marketplaces.bricklink.limits.health.strip": "viewer",
  "marketplaces.bricklink.queue.log.fetchOrder": "staff",
  "marketplaces.bricklink.queue.log.forOrder": "viewer",
  "marketplaces.bricklink.queue.log.list": "viewer",
  "marketplaces.bricklink.queue.log.retryFailed": "staff",
  "marketplaces.bricklink.queue.log.retryOne": "staff",
  "marketplaces.bricklink.queue.log.timeline": "viewer",
  "marketplaces.bricklink.queue.trends.byHour": "viewer",
  "marketplaces.bricklink.sync.reconcile.compareNow": "staff",
  "orders.allocation.adjustments.adjust": "staff",
  "orders.allocation.adjustments.undo": "staff",
  "orders.allocation.audit.latest": "viewer",
  "orders.allocation.audit.start": "staff",
  "orders.buyerData.erase": "owner",
  "orders.buyerData.exportPage": "owner",
  "orders.counts.get": "viewer",
  /** The buyer's e-mail address and postal address in the answer of orders.detail.get. */
  "orders.detail.buyer": "staff",
  "orders.detail.get": "viewer",
  "orders.partSearch.list": "viewer",
  "orders.picking.losses.reportLoss": "staff",
  "orders.picking.losses.spare": "viewer",
  "orders.picking.losses.undoLoss": "staff",
  "orders.picking.otherBins.list": "viewer",
  "orders.picking.otherBins.putBack": "staff",
  "orders.picking.otherBins.take": "staff",
  "orders.picking.pickList.get": "viewer",
  "orders.picking.pickStatus.setPicked": "staff",
  "orders.picking.returnsToShelf.confirm": "staff",
  "orders.picking.walks.colleagues": "viewer",
  "orders.picking.walks.end": "staff",
  "orders.picking.walks.mine": "viewer",
  "orders.picking.walks.visit": "staff",
  "orders.table.list": "viewer",
  "orders.trends.byDay": "viewer",
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof permissions;

const rank: Record<Role, number> = { viewer: 0, staff: 1, owner: 2 };

/** Whether a member with this role may call the function. */
export function isPermitted(role: Role, permission: Permission): boolean {
  return rank[role] >= rank[permissions[permission]];
}
