import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useLatestImport } from "../inventory/InventoryImport";
import { timeAgo, useNow } from "../ui/time";
import { connectionText } from "./connectionText";
import classes from "./SetupSteps.module.css";
import type { BusinessId } from "./types";

const text = connectionText.steps;

/** The steps of connecting a store and which of them are done. Renders nothing once all are. */
export function SetupSteps({ businessAccountId }: { businessAccountId: BusinessId }) {
  const storeHealth = useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const latestImport = useLatestImport(businessAccountId);
  const now = useNow();
  if (!storeHealth || latestImport === undefined) return null;
  const { lastReconciledAt, lastCallbackAt } = storeHealth;
  const steps = [
    {
      isDone: lastReconciledAt !== null,
      name: text.keys,
    },
    {
      isDone: lastCallbackAt !== null,
      name: lastCallbackAt === null ? text.noCallback : text.callback(timeAgo(lastCallbackAt, now)),
    },
    { isDone: latestImport?.status === "completed", name: text.inventory },
  ];
  if (steps.every(({ isDone }) => isDone)) return null;
  return (
    <ol className={classes.setup} aria-label={text.label}>
      {steps.map(({ isDone, name }) => (
        <li key={name} data-done={isDone || undefined}>
          {isDone ? (
            <IconCircleCheck size={20} role="img" aria-label={text.done} />
          ) : (
            <IconCircle size={20} role="img" aria-label={text.toDo} />
          )}
          {name}
        </li>
      ))}
    </ol>
  );
}
