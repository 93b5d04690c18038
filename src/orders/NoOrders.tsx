import { Button, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../ui/EmptyState";
import { activeFilters } from "./filterText";
import type { OrdersView } from "./view";

type NoOrdersProps = { isStoreEmpty: boolean; view: OrdersView; onClear: () => void };

/** Shown in place of rows: why the table is empty and what to do about it. */
export function NoOrders({ isStoreEmpty, view, onClear }: NoOrdersProps) {
  if (isStoreEmpty) {
    return (
      <EmptyState>
        <Title order={2}>No orders yet</Title>
        <Text>
          Once BrickLink is connected, open orders are read at once and every new one appears here by itself,
          its lines matched to your bins and its stock reserved.
        </Text>
        <Link to="/settings">Connect BrickLink</Link>
      </EmptyState>
    );
  }
  const isFiltered = view.search !== "" || view.status !== null || activeFilters(view.filters).length > 0;
  return (
    <EmptyState>
      <Title order={2}>
        {view.search !== ""
          ? `No order number or buyer begins with “${view.search}”`
          : isFiltered
            ? "No order fits"
            : "Nothing here"}
      </Title>
      <Text>
        {view.search !== ""
          ? "Parts that open orders want are found too, by the beginning of their number or name."
          : isFiltered
            ? "No order of this tab has this status and fits these filters now."
            : "No order is in this phase now. New ones appear by themselves."}
      </Text>
      {isFiltered && (
        <Button variant="default" onClick={onClear}>
          {view.search !== "" ? "Clear the search" : "Remove the filters"}
        </Button>
      )}
    </EmptyState>
  );
}
