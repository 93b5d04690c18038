import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useLatestImport } from "../inventory/InventoryImport";
import { timeAgo, useNow } from "../ui/time";
import classes from "./SetupSteps.module.css";
import type { BusinessId } from "./types";

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
      text: "Keys entered, and open orders read from BrickLink",
    },
    {
      isDone: lastCallbackAt !== null,
      text:
        lastCallbackAt === null
          ? "Callback URL pasted at BrickLink: no callback has come yet"
          : `Callback URL pasted at BrickLink: the latest callback came ${timeAgo(lastCallbackAt, now)}`,
    },
    { isDone: latestImport?.status === "completed", text: "Inventory imported, so that stock is reserved" },
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
