/** Roles in words. */
import type { Business } from "../account/business";

export type Role = Business["role"];

export const roles: { value: Role; label: string; meaning: string }[] = [
  { value: "owner", label: "Owner", meaning: "Everything: keys, people, import." },
  { value: "staff", label: "Staff", meaning: "Orders with buyers' addresses, picking, stock, Retry." },
  { value: "viewer", label: "Viewer", meaning: "Looks, without buyers' addresses, and changes nothing." },
];

export function isRole(value: string): value is Role {
  return roles.some((role) => role.value === value);
}

export function roleLabel(role: Role): string {
  return roles.find(({ value }) => value === role)?.label ?? role;
}
