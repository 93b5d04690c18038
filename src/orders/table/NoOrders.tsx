import { Button, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../../ui/EmptyState";
import { stageLabels, type Stage } from "../stages";
import { activeFilterCount, type OrdersView } from "../views/view";

type NoOrdersProps = {
  isStoreEmpty: boolean;
  view: OrdersView;
  onClear: () => void;
  /** Searches all orders for what the view searches for. */
  onSearchAll: () => void;
};

/** Why a stage has no orders, and how they come to it. */
const emptyStageTexts: Record<Stage, string> = {
  all: "New orders appear by themselves.",
  waitingForPayment: "Every open order is paid.",
  readyToPick:
    "Every order that is paid and in stock is being picked already. New ones appear by themselves.",
  picking: "No order is half picked. One moves here with its first tick.",
  picked: "No parcel waits to be packed. An order moves here with its last tick.",
  packed: "No parcel waits to be sent. An order moves here once it is marked packed.",
  shipped: "No order has been shipped yet.",
  cancelled: "No order was cancelled.",
};

/** Shown in place of rows: why the table is empty and what to do about it. */
export function NoOrders({ isStoreEmpty, view, onClear, onSearchAll }: NoOrdersProps) {
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
  const isSearched = view.search !== "";
  const isFiltered = view.status !== null || activeFilterCount(view.filters) > 0;
  const isPart = view.stage !== "all" || isFiltered;
  return (
    <EmptyState>
      <Title order={2}>
        {isSearched ? `No order here has “${view.search}”` : isFiltered ? "No order fits" : "Nothing here"}
      </Title>
      <Text>
        {isSearched
          ? "Order numbers, buyers and recipients are searched, and the parts, colours and bins of open orders."
          : isFiltered
            ? `No order under “${stageLabels[view.stage]}” has this status and fits these filters now.`
            : emptyStageTexts[view.stage]}
      </Text>
      {isSearched && isPart && <Button onClick={onSearchAll}>Search all orders</Button>}
      {(isSearched || isFiltered) && (
        <Button variant="default" onClick={onClear}>
          {isSearched ? "Clear the search" : "Remove the filters"}
        </Button>
      )}
    </EmptyState>
  );
}
