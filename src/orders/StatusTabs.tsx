import { Badge, Tabs } from "@mantine/core";
import type { OrderCounts } from "./types";
import classes from "./StatusTabs.module.css";
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
      className={classes.tabs}
      value={tab}
      onChange={(value) => {
        const chosen = tabs.find((candidate) => candidate.value === value);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Tabs.List aria-label="Which orders" className={classes.list}>
        {tabs.map(({ value, label }) => (
          <Tabs.Tab
            key={value}
            value={value}
            className={classes.tab}
            rightSection={
              <Badge
                className={classes.count}
                color={value === "problem" && (counts?.problem ?? 0) > 0 ? "red" : "gray"}
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
