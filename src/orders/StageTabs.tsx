import { Badge, Tabs } from "@mantine/core";
import { stageLabels, stages, type Stage } from "./stages";
import classes from "./StageTabs.module.css";
import type { OrderCounts } from "./types";

type StageTabsProps = { stage: Stage; counts: OrderCounts | undefined; onChange: (stage: Stage) => void };

/** The tabs of the orders table, each with its live count. */
export function StageTabs({ stage, counts, onChange }: StageTabsProps) {
  return (
    <Tabs
      className={classes.tabs}
      value={stage}
      onChange={(value) => {
        const chosen = stages.find((candidate) => candidate === value);
        if (chosen) onChange(chosen);
      }}
    >
      <Tabs.List aria-label="Which orders" className={classes.list}>
        {stages.map((value) => (
          <Tabs.Tab
            key={value}
            value={value}
            className={classes.tab}
            rightSection={
              <Badge className={classes.count} color="gray">
                {counts?.[value] ?? "–"}
              </Badge>
            }
          >
            {stageLabels[value]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
