import { Badge, Tabs } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import { stages, type Stage } from "../stages";
import { stageLabels } from "../stageText";
import { barText } from "./barText";
import classes from "./StageTabs.module.css";
import type { OrderCounts } from "../types";

// Apart from the first script, which has a limit.
const NeedsYouLink = lazy(() => import("../../attention/NeedsYouLink"));

type StageTabsProps = { stage: Stage; counts: OrderCounts | undefined; onChange: (stage: Stage) => void };

/** The tabs of the orders table, each with its live count, and the way to what needs a person. */
export function StageTabs({ stage, counts, onChange }: StageTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  // On a phone the tabs scroll sideways, and the one that is open has to be seen.
  useEffect(() => {
    list.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [stage]);
  return (
    <div className={classes.tabs}>
      <Tabs
        className={classes.stages}
        value={stage}
        onChange={(value) => {
          const chosen = stages.find((candidate) => candidate === value);
          if (chosen) onChange(chosen);
        }}
      >
        <Tabs.List ref={list} aria-label={barText.stages} className={classes.list}>
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
      <Suspense>
        <NeedsYouLink />
      </Suspense>
    </div>
  );
}
