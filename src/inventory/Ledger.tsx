import { Button, Skeleton, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMutation, usePaginatedQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { ErrorAlert } from "../ui/ErrorAlert";
import list from "../ui/list.module.css";
import text from "../ui/text.module.css";
import { timeAgo, formatDateTime } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import classes from "./Ledger.module.css";
import { ledgerText, ledgerWords, type LedgerRow } from "./movementText";
import type { Lot } from "./lot";

const PAGE_SIZE = 20;

type LedgerProps = {
  businessAccountId: Business["businessAccountId"];
  lotId: Lot["lotId"];
  canAdjust: boolean;
  now: number;
};

/** A lot's ledger entries, newest first. Staff can undo an adjustment once. */
export function Ledger({ businessAccountId, lotId, canAdjust, now }: LedgerProps) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.inventory.ledger.list,
    { businessAccountId, lotId },
    { initialNumItems: PAGE_SIZE },
  );
  const undo = useAsyncTask(useMutation(api.orders.allocation.adjustments.undo));
  const undoneIds = new Set(results.map(({ undoes }) => undoes));
  return (
    <>
      {status === "LoadingFirstPage" && <Skeleton height={120} />}
      <ErrorAlert message={undo.errorMessage} />
      <ol className={list.divided} aria-label={ledgerWords.title}>
        {results.map((row) => (
          <li key={row.entryId} className={classes.row}>
            <span>
              {ledgerText(row)}
              {row.orderNumber !== null && (
                <>
                  {", "}
                  <Link to="/" search={{ order: row.orderNumber }}>
                    {ledgerWords.order(row.orderNumber)}
                  </Link>
                </>
              )}
              {row.note !== null && <span className={text.soft}>: {row.note}</span>}
              <EntryDetails row={row} now={now} />
            </span>
            {canAdjust && row.isAdjustment && !undoneIds.has(row.entryId) && (
              <Button
                variant="default"
                size="compact-md"
                loading={undo.isRunning}
                aria-label={ledgerWords.undoLabel(ledgerText(row))}
                onClick={() => undo.run({ businessAccountId, entryId: row.entryId })}
              >
                {ledgerWords.undo}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {status === "CanLoadMore" && (
        <Button variant="default" onClick={() => loadMore(PAGE_SIZE)}>
          {ledgerWords.earlier}
        </Button>
      )}
    </>
  );
}

/** When an entry was made, by whom, and the quantities after it. */
function EntryDetails({ row, now }: { row: LedgerRow; now: number }) {
  return (
    <Text size="sm" c="dimmed" component="span" display="block">
      <time dateTime={new Date(row.at).toISOString()} title={formatDateTime(row.at)}>
        {timeAgo(row.at, now)}
      </time>
      {row.person === null
        ? ledgerWords.then(row.onHandAfter, row.reservedAfter)
        : ledgerWords.byThen(row.person, row.onHandAfter, row.reservedAfter)}
    </Text>
  );
}
