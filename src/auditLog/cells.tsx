/** Cells of the audit log, and its rows as cards on a phone. */
import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { isKnownBin } from "../orders/bins";
import type { DataTableColumn } from "../ui/DataTable";
import text from "../ui/text.module.css";
import { formatDateTime } from "../ui/time";
import { auditLogText } from "./auditLogText";
import classes from "./cells.module.css";
import { deedText, UNKNOWN_PERSON } from "./deedText";
import { placesOf, type Entry } from "./entry";

function Time({ at }: Pick<Entry, "at">) {
  return <time dateTime={new Date(at).toISOString()}>{formatDateTime(at)}</time>;
}

function Person({ person }: Pick<Entry, "person">) {
  return person === null ? <span className={text.soft}>{UNKNOWN_PERSON}</span> : <strong>{person}</strong>;
}

/** The order and the bin that the entry is about, as links to the order and the lot. */
function Places({ deed }: Pick<Entry, "deed">) {
  const { orderNumber, lotId, item } = placesOf(deed);
  if (orderNumber === null && item === null) return null;
  const bin = item !== null && isKnownBin(item.location) ? item.location : auditLogText.noBin;
  return (
    <span className={classes.places}>
      {orderNumber !== null && (
        <Link to="/" search={{ order: orderNumber }}>
          {auditLogText.order(orderNumber)}
        </Link>
      )}
      {item !== null && lotId === null && <span>{bin}</span>}
      {item !== null && lotId !== null && (
        <Link to="/inventory" search={{ lot: lotId }}>
          {bin}
        </Link>
      )}
    </span>
  );
}

export const entryColumns: DataTableColumn<Entry>[] = [
  { id: "at", header: auditLogText.when, cell: (entry) => <Time {...entry} /> },
  { id: "person", header: auditLogText.who, cell: (entry) => <Person {...entry} /> },
  { id: "deed", header: auditLogText.what, isWrapped: true, cell: deedText },
  { id: "places", header: auditLogText.places, cell: (entry) => <Places {...entry} /> },
];

/** An entry as a row of one column. */
export function EntryCard({ entry }: { entry: Entry }) {
  return (
    <>
      <Text size="sm" component="div">
        <Person {...entry} /> <span className={text.soft}>· </span>
        <span className={text.soft}>
          <Time {...entry} />
        </span>
      </Text>
      <Text>{deedText(entry)}</Text>
      <Places {...entry} />
    </>
  );
}
