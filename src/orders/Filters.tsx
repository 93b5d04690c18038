import { Button, NativeSelect, Text } from "@mantine/core";
import { SearchField } from "../ui/SearchField";
import type { Layout } from "./layout";
import { LayoutMenu } from "./LayoutMenu";
import { statusWord } from "./statuses";
import type { OrderCounts } from "./types";
import type { OrdersView } from "./view";

type FiltersProps = {
  view: OrdersView;
  counts: OrderCounts | undefined;
  layout: Layout;
  onSearch: (text: string) => void;
  onStatus: (status: string | null) => void;
  onLayout: (layout: Layout) => void;
};

/** Search, status, columns. A search looks at all orders, so the other filters rest while there is one. */
export function Filters({ view, counts, layout, onSearch, onStatus, onLayout }: FiltersProps) {
  const statuses = counts?.byStatus ?? [];
  return (
    <div className="orders-filters">
      <SearchField
        className="orders-search"
        label="Search orders by number, buyer or part"
        placeholder="Order number, buyer or part"
        size="md"
        search={view.search}
        onSearch={onSearch}
      />
      {view.search === "" ? (
        <NativeSelect
          aria-label="Status"
          size="md"
          value={view.status ?? ""}
          onChange={(event) => onStatus(event.currentTarget.value === "" ? null : event.currentTarget.value)}
          data={[
            { value: "", label: "Any status" },
            ...statuses.map(({ status, count }) => ({
              value: status,
              label: `${statusWord(status)} (${count})`,
            })),
          ]}
        />
      ) : (
        <Text size="sm" className="soft">
          Searching all orders
        </Text>
      )}
      {view.status !== null && view.search === "" && (
        <Button variant="subtle" onClick={() => onStatus(null)}>
          Any status
        </Button>
      )}
      <div style={{ marginLeft: "auto" }}>
        <LayoutMenu layout={layout} onLayout={onLayout} />
      </div>
    </div>
  );
}
