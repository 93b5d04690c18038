import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { changeText, pendingText, secondsUntil } from "./changeText";
import classes from "./ChangesBar.module.css";
import { dialogsText } from "./dialogsText";
import { useChanges } from "./useChanges";
import { useSeconds } from "./useSeconds";

/**
 * On every screen, for as long as it can be taken back: what this person has just decided and is about to be sent.
 */
export default function ChangesBar({ businessAccountId }: Pick<Business, "businessAccountId">) {
  const open = useQuery(api.marketplaces.bricklink.outbox.writes.open, { businessAccountId });
  const { withdraw, isRunning, failure } = useChanges();
  // An order that is open shows its own.
  const { order: openOrder } = useSearch({ strict: false });
  const own = (open?.writes ?? []).filter(
    ({ isYours, status, attempts, orderNumber }) =>
      isYours && status === "waiting" && attempts === 0 && orderNumber !== openOrder,
  );
  const now = useSeconds(own.length > 0);
  const waiting = own.filter(({ dueAt }) => dueAt > now);
  const [first] = waiting;
  return (
    <div className={classes.place}>
      {/* The countdown is not read out each second. */}
      <span role="status" className={classes.announcement}>
        {first && dialogsText.bar.announced(pendingText(waiting))}
      </span>
      {first && (
        <section className={classes.bar} aria-label={dialogsText.bar.label}>
          <span>
            <strong>{pendingText(waiting)}</strong>{" "}
            <span className={classes.seconds}>
              {dialogsText.bar.in(secondsUntil(Math.max(...waiting.map(({ dueAt }) => dueAt)), now))}
            </span>
          </span>
          <Button
            variant="default"
            size="compact-md"
            loading={isRunning}
            onClick={() => withdraw(waiting)}
            aria-label={dialogsText.bar.undo(changeText(first.change))}
          >
            {dialogsText.undo}
          </Button>
          {failure !== null && <span role="alert">{failure}</span>}
        </section>
      )}
    </div>
  );
}
