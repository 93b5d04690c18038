import { Button, CloseButton, NativeSelect, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { Layout } from "./layout";
import { LayoutMenu } from "./LayoutMenu";
import { statusWord } from "./statuses";
import type { OrderCounts } from "./types";
import type { OrdersView } from "./view";

const TYPING_PAUSE_MS = 250;

type FiltersProps = {
  view: OrdersView;
  counts: OrderCounts | undefined;
  layout: Layout;
  onSearch: (text: string) => void;
  onStatus: (status: string | null) => void;
  onLayout: (layout: Layout) => void;
};

function SearchField({ search, onSearch }: { search: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(search);
  const [known, setKnown] = useState(search);
  if (search !== known) {
    // The address changed: by this field, which is ahead of it already, or by a tab or a link, which the field follows.
    setKnown(search);
    if (search !== typed.trim()) setTyped(search);
  }
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => field.current?.focus()]]);
  const searchLater = useDebouncedCallback(onSearch, TYPING_PAUSE_MS);
  return (
    <TextInput
      ref={field}
      className="orders-search"
      aria-label="Search orders by number, buyer or part"
      placeholder="Order number, buyer or part"
      leftSection={<IconSearch size={18} aria-hidden />}
      size="md"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        searchLater(event.currentTarget.value.trim());
      }}
      rightSection={
        typed !== "" && (
          <CloseButton
            aria-label="Clear the search"
            onClick={() => {
              setTyped("");
              // By the same way as typing, so that nothing typed before comes after it.
              searchLater("");
            }}
          />
        )
      }
    />
  );
}

/** Search, status, columns. A search looks at all orders, so the other filters rest while there is one. */
export function Filters({ view, counts, layout, onSearch, onStatus, onLayout }: FiltersProps) {
  const statuses = counts?.byStatus ?? [];
  return (
    <div className="orders-filters">
      <SearchField search={view.search} onSearch={onSearch} />
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
