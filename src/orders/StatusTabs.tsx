import { Badge, Tabs } from "@mantine/core";
import type { OrderCounts } from "./types";
import type { Tab } from "./tabs";

const tabs: { value: Tab; label: string }[] = [
  { value: "toPack", label: "To pack" },
  { value: "problem", label: "Problems" },
  { value: "shipped", label: "Shipped" },
  { value: "cancelled", label: "Cancelled" },
  { value: "all", label: "All" },
];

type StatusTabsProps = { tab: Tab; counts: OrderCounts | undefined; onChange: (tab: Tab) => void };

/** The phases of an order, each with how many there are now. */
export function StatusTabs({ tab, counts, onChange }: StatusTabsProps) {
  return (
    <Tabs
      className="orders-tabs"
      value={tab}
      onChange={(value) => {
        const chosen = tabs.find((candidate) => candidate.value === value);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Tabs.List
        aria-label="Which orders"
        style={{ flexWrap: "nowrap", overflowX: "auto", overflowY: "hidden" }}
      >
        {tabs.map(({ value, label }) => (
          <Tabs.Tab
            key={value}
            value={value}
            h={44}
            flex="none"
            rightSection={
              <Badge
                size="md"
                variant="light"
                color={value === "problem" && (counts?.problem ?? 0) > 0 ? "red" : "gray"}
                c="var(--ink)"
                miw={30}
                style={{ flexShrink: 0, overflow: "visible" }}
              >
                {counts?.[value] ?? "–"}
              </Badge>
            }
          >
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
