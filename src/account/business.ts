import type { FunctionReturnType } from "convex/server";
import { createContext, use } from "react";
import type { api } from "../../convex/_generated/api";

export type Business = FunctionReturnType<typeof api.accounts.businesses.mine>["businesses"][number];

/**
 * The selected store. A context rather than a prop, because the router renders the screens and passes them no
 * props.
 */
export const BusinessContext = createContext<Business | null>(null);

/** The selected store. Throws outside of AccountGate, which renders screens to members of a store only. */
export function useBusiness(): Business {
  const business = use(BusinessContext);
  if (business === null) throw new Error("This screen is shown to members of a store only.");
  return business;
}
