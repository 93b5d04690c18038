/** All text about roles: their names and what they permit. */
import type { Business } from "./business";

export type Role = Business["role"];

export const roleOptions: { value: Role; label: string; permissions: string }[] = [
  { value: "owner", label: "Owner", permissions: "Everything, with BrickLink keys, people and imports." },
  {
    value: "staff",
    label: "Staff",
    permissions: "Orders with buyers' addresses, picking, counts and retries of failed events.",
  },
  {
    value: "viewer",
    label: "Viewer",
    permissions: "Sees orders and stock, without buyers' addresses, and changes nothing.",
  },
];

export function isRole(value: string): value is Role {
  return roleOptions.some((role) => role.value === value);
}

export function roleLabel(role: Role): string {
  return roleOptions.find(({ value }) => value === role)?.label ?? role;
}
