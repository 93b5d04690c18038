import { useNavigate } from "@tanstack/react-router";
import { useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import type { Business } from "../account/business";
import { useAsyncTask } from "../ui/useAsyncTask";
import { orderNumberIn, type Entry } from "./entries";
import { paletteText } from "./paletteText";

type FetchOrder = {
  /** Null for viewers. */
  entry: Entry | null;
  errorMessage: string | null;
};

/**
 * The action that fetches an order from BrickLink: the one whose number was typed, which then shows the event, or else to type one.
 * `onType` puts a text into the field, `onDone` is called when the order is being fetched.
 */
export function useFetchOrder(
  { businessAccountId, role }: Business,
  typed: string,
  onType: (text: string) => void,
  onDone: () => void,
): FetchOrder {
  const navigate = useNavigate();
  const fetchOrder = useMutation(api.marketplaces.bricklink.queue.log.fetchOrder);
  const { run, errorMessage } = useAsyncTask(async (orderNumber: number) => {
    const event = await fetchOrder({ businessAccountId, orderNumber });
    onDone();
    await navigate({ to: "/events", search: { event } });
  });
  if (!isPermitted(role, "marketplaces.bricklink.queue.log.fetchOrder")) {
    return { entry: null, errorMessage: null };
  }
  const orderNumber = orderNumberIn(typed);
  const entry: Entry = {
    id: "fetch",
    group: "actions",
    label: orderNumber === null ? paletteText.fetchAny : paletteText.fetchOrder(orderNumber),
    words: `${orderNumber === null ? "" : typed} ${paletteText.synonyms.fetch}`,
    staysOpen: true,
    run: () => (orderNumber === null ? onType(paletteText.fetchPrefix) : run(orderNumber)),
  };
  return { entry, errorMessage };
}
