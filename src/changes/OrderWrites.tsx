import { Button } from "@mantine/core";
import text from "../ui/text.module.css";
import { changeText, markingText, writeStateText } from "./changeText";
import { dialogsText } from "./dialogsText";
import classes from "./OrderWrites.module.css";
import { sentences } from "./sentencesText";
import type { Write } from "./types";
import { useChanges } from "./useChanges";
import { useSeconds } from "./useSeconds";

type OrderWritesProps = {
  writes: readonly Write[];
  /** pending: on their way to BrickLink. refused: not sent, and not dismissed yet. */
  which: "pending" | "refused";
};

/**
 * Writes to show as one, the order's new ones together: by one Undo none of them goes without the others, such as a mail without the
 * tracking number, or a correction of what was taken back.
 */
function rowsOf(writes: readonly Write[]): [Write, ...Write[]][] {
  const rows = new Map<string, [Write, ...Write[]]>();
  for (const write of writes) {
    const isNew = write.status === "waiting" && write.attempts === 0;
    const key = isNew ? "new" : write.writeId;
    const row = rows.get(key);
    if (row) row.push(write);
    else rows.set(key, [write]);
  }
  return [...rows.values()];
}

/** Changes of an order that wait for BrickLink or for a person, with what can be done about each. */
export function OrderWrites({ writes, which }: OrderWritesProps) {
  const { request, withdraw, retry, dismiss, isRunning } = useChanges();
  const shown = writes.filter(({ status, isDismissed }) =>
    which === "pending" ? status === "waiting" || status === "sending" : status === "refused" && !isDismissed,
  );
  const now = useSeconds(shown.some(({ status }) => status === "waiting"));
  if (shown.length === 0) return null;
  return (
    <ul className={classes.writes} aria-label={dialogsText.writes[which]}>
      {rowsOf(shown).map((row) => {
        const write = row.find(({ change }) => change.kind === "status") ?? row[0];
        const others = row.filter((other) => other !== write);
        return (
          <li key={write.writeId} className={classes.write} data-status={write.status}>
            <span className={classes.text}>
              {markingText(write, now) ?? (
                <>
                  <strong>{changeText(write.change)}</strong>
                  {sentences.between[write.status === "refused" ? "refused" : "other"]}
                  {writeStateText(write, now)}
                </>
              )}
              {others.length > 0 && (
                <span className={text.soft}>
                  {" "}
                  {sentences.together(others.map(({ change }) => changeText(change)).join(", "))}
                </span>
              )}
            </span>
            {request && write.isWithdrawable && (
              <Button size="compact-md" variant="default" loading={isRunning} onClick={() => withdraw(row)}>
                {dialogsText.undo}
              </Button>
            )}
            {request && write.status === "refused" && (
              <>
                <Button size="compact-md" variant="default" loading={isRunning} onClick={() => retry(write)}>
                  {dialogsText.writes.sendAgain}
                </Button>
                <Button size="compact-md" variant="subtle" loading={isRunning} onClick={() => dismiss(write)}>
                  {dialogsText.writes.dismiss}
                </Button>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
