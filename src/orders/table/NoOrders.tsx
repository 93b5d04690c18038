import { Button, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../../ui/EmptyState";
import { stageLabels } from "../stageText";
import { activeFilterCount, type OrdersView } from "../views/view";
import { emptyStageTexts, noOrdersText } from "./noOrdersText";

type NoOrdersProps = {
  isStoreEmpty: boolean;
  view: OrdersView;
  onClear: () => void;
  /** Searches all orders for what the view searches for. */
  onSearchAll: () => void;
};

/** Shown in place of rows: why the table is empty and what to do about it. */
export function NoOrders({ isStoreEmpty, view, onClear, onSearchAll }: NoOrdersProps) {
  if (isStoreEmpty) {
    return (
      <EmptyState>
        <Title order={2}>{noOrdersText.storeEmpty}</Title>
        <Text>{noOrdersText.storeEmptyWhy}</Text>
        <Link to="/settings">{noOrdersText.connect}</Link>
      </EmptyState>
    );
  }
  const isSearched = view.search !== "";
  const isFiltered = view.status !== null || activeFilterCount(view.filters) > 0;
  const isPart = view.stage !== "all" || isFiltered;
  return (
    <EmptyState>
      <Title order={2}>
        {isSearched
          ? noOrdersText.noneHas(view.search)
          : isFiltered
            ? noOrdersText.noneFits
            : noOrdersText.nothing}
      </Title>
      <Text>
        {isSearched
          ? noOrdersText.searched
          : isFiltered
            ? noOrdersText.noneFitsUnder(stageLabels[view.stage])
            : emptyStageTexts[view.stage]}
      </Text>
      {isSearched && isPart && <Button onClick={onSearchAll}>{noOrdersText.searchAll}</Button>}
      {(isSearched || isFiltered) && (
        <Button variant="default" onClick={onClear}>
          {isSearched ? noOrdersText.clearSearch : noOrdersText.removeFilters}
        </Button>
      )}
    </EmptyState>
  );
}
