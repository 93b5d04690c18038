import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useLatestImport } from "../inventory/Import";
import { ago, useNow } from "../ui/time";
import classes from "./SetupSteps.module.css";
import type { BusinessId } from "./types";

/** How far a store has come, until it has come all the way. */
export function SetupSteps({ businessAccountId }: { businessAccountId: BusinessId }) {
  const strip = useQuery(api.marketplaces.bricklink.health.strip, { businessAccountId });
  const run = useLatestImport(businessAccountId);
  const now = useNow();
  if (!strip || run === undefined) return null;
  const { lastReconciledAt, lastCallbackAt } = strip;
  const steps = [
    {
      isDone: lastReconciledAt !== null,
      text: "Keys entered, and open orders read from BrickLink",
    },
    {
      isDone: lastCallbackAt !== null,
      text:
        lastCallbackAt === null
          ? "Callback URL pasted at BrickLink: no callback has come yet"
          : `Callback URL pasted at BrickLink: the latest callback came ${ago(lastCallbackAt, now)}`,
    },
    { isDone: run?.status === "completed", text: "Inventory imported, so that stock is reserved" },
  ];
  if (steps.every(({ isDone }) => isDone)) return null;
  return (
    <ol className={classes.setup} aria-label="Connecting, step by step">
      {steps.map(({ isDone, text }) => (
        <li key={text} data-done={isDone || undefined}>
          {isDone ? (
            <IconCircleCheck size={20} role="img" aria-label="Done:" />
          ) : (
            <IconCircle size={20} role="img" aria-label="To do:" />
          )}
          {text}
        </li>
      ))}
    </ol>
  );
}
