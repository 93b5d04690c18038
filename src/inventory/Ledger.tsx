import { Button, Skeleton, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMutation, usePaginatedQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Failure } from "../ui/Failure";
import list from "../ui/list.module.css";
import text from "../ui/text.module.css";
import { ago, moment } from "../ui/time";
import { useTask } from "../ui/useTask";
import classes from "./Ledger.module.css";
import type { LedgerRow, StockRow } from "./view";

const PAGE = 20;

type LedgerProps = {
  businessAccountId: Business["businessAccountId"];
  lotId: StockRow["lotId"];
  isStaff: boolean;
  now: number;
};

/** Everything that ever happened to a lot, newest first. */
export function Ledger({ businessAccountId, lotId, isStaff, now }: LedgerProps) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.marketplaces.bricklink.lots.ledger,
    { businessAccountId, lotId },
    { initialNumItems: PAGE },
  );
  const undo = useTask(useMutation(api.marketplaces.bricklink.lotChanges.undo));
  const undone = new Set(results.map(({ undoes }) => undoes));
  return (
    <>
      {status === "LoadingFirstPage" && <Skeleton height={120} />}
      <Failure message={undo.failure} />
      <ol className={list.divided} aria-label="Ledger">
        {results.map((row) => (
          <li key={row.entryId} className={classes.row}>
            <span>
              {row.text}
              {row.orderNumber !== null && (
                <>
                  {", "}
                  <Link to="/" search={{ tab: "all", order: row.orderNumber }}>
                    order {row.orderNumber}
                  </Link>
                </>
              )}
              {row.note !== null && <span className={text.soft}>: {row.note}</span>}
              <Source row={row} now={now} />
            </span>
            {isStaff && row.isAdjustment && !undone.has(row.entryId) && (
              <Button
                variant="default"
                size="compact-md"
                loading={undo.isRunning}
                aria-label={`Undo: ${row.text}`}
                onClick={() => undo.run({ businessAccountId, entryId: row.entryId })}
              >
                Undo
              </Button>
            )}
          </li>
        ))}
      </ol>
      {status === "CanLoadMore" && (
        <Button variant="default" onClick={() => loadMore(PAGE)}>
          Show earlier ones
        </Button>
      )}
    </>
  );
}

function Source({ row, now }: { row: LedgerRow; now: number }) {
  return (
    <Text size="sm" c="dimmed" component="span" display="block">
      <time dateTime={new Date(row.at).toISOString()} title={moment(row.at)}>
        {ago(row.at, now)}
      </time>
      {row.person !== null && ` by ${row.person}`}, then {row.onHandAfter} on hand, {row.reservedAfter}{" "}
      reserved
    </Text>
  );
}
