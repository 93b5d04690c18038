/** All text about roles: their names and what they permit. */
import type { Business } from "./business";

export type Role = Business["role"];

export const roleOptions: { value: Role; label: string; permissions: string }[] = [
  { value: "owner", label: "Owner", permissions: "Everything: keys, people, import." },
  { value: "staff", label: "Staff", permissions: "Orders with buyers' addresses, picking, stock, Retry." },
  { value: "viewer", label: "Viewer", permissions: "Looks, without buyers' addresses, and changes nothing." },
];

export function isRole(value: string): value is Role {
  return roleOptions.some((role) => role.value === value);
}

export function roleLabel(role: Role): string {
  return roleOptions.find(({ value }) => value === role)?.label ?? role;
}
