import { Link } from "@tanstack/react-router";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import type { AuditLogSearch } from "./search";

type AuditLogLinkProps = { search: Pick<AuditLogSearch, "order" | "lot">; children: string };

/** The way to the audit log of one order or lot, for those who may read it. */
export function AuditLogLink({ search, children }: AuditLogLinkProps) {
  const { role } = useBusiness();
  if (!isPermitted(role, "accounts.auditLog.list")) return null;
  return (
    <Link to="/audit-log" search={search}>
      {children}
    </Link>
  );
}
