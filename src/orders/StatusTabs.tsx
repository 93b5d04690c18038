import { Badge, Tabs } from "@mantine/core";
import type { OrderCounts } from "./types";
import classes from "./StatusTabs.module.css";
import { tabs, type Tab } from "./tabs";

const tabLabels: Record<Tab, string> = {
  toPack: "To pack",
  problem: "Problems",
  shipped: "Shipped",
  cancelled: "Cancelled",
  all: "All",
};

type StatusTabsProps = { tab: Tab; counts: OrderCounts | undefined; onChange: (tab: Tab) => void };

/** The tabs of the orders table, each with its live count. */
export function StatusTabs({ tab, counts, onChange }: StatusTabsProps) {
  return (
    <Tabs
      className={classes.tabs}
      value={tab}
      onChange={(value) => {
        const chosen = tabs.find((candidate) => candidate === value);
        if (chosen) onChange(chosen);
      }}
    >
      <Tabs.List aria-label="Which orders" className={classes.list}>
        {tabs.map((value) => (
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
            {tabLabels[value]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
