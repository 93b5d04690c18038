import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { useNow } from "../ui/time";
import { colleaguesAt, presenceText } from "./presence";

/** Says who else stands at a stop, by its key; null where nobody does. */
export function useColleagues(): (stop: string) => string | null {
  const { businessAccountId } = useBusiness();
  const colleagues = useQuery(api.orders.picking.walks.colleagues, { businessAccountId });
  const now = useNow();
  return (stop) => presenceText(colleaguesAt(colleagues ?? [], stop, now));
}
