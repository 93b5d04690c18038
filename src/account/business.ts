import type { FunctionReturnType } from "convex/server";
import { createContext, use } from "react";
import type { api } from "../../convex/_generated/api";

export type Business = FunctionReturnType<typeof api.accounts.businesses.mine>["businesses"][number];

/** The store whose screens are shown. A context, since every screen of every route needs it. */
export const BusinessContext = createContext<Business | null>(null);

export function useBusiness(): Business {
  const business = use(BusinessContext);
  if (business === null) throw new Error("This screen is shown to members of a store only.");
  return business;
}
