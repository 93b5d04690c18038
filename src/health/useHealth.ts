import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { useNow } from "../ui/time";
import type { PageConnection, Silence, StoreHealth } from "./storeHealth";
import { usePageConnection } from "./usePageConnection";

/** All by which the strip, the walk's dot and the health screen judge, so that they agree. */
export type Health = {
  /** Undefined while it loads. */
  storeHealth: StoreHealth | undefined;
  silence: Silence;
  connection: PageConnection;
  /** Milliseconds UTC. */
  now: number;
};

export function useHealth(businessAccountId: Business["businessAccountId"]): Health {
  return {
    storeHealth: useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId }),
    silence: useQuery(api.marketplaces.bricklink.limits.silence.get, { businessAccountId }) ?? null,
    connection: usePageConnection(),
    now: useNow(),
  };
}
