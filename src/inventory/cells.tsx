import { IconAlertTriangle } from "@tabler/icons-react";
import type { SheetColumn } from "../ui/Sheet";
import { Swatch } from "../ui/Swatch";
import { Tag } from "../ui/Tag";
import text from "../ui/text.module.css";
import classes from "./cells.module.css";
import { kindOf, type Show, type StockRow } from "./view";

export function Bin({ location }: Pick<StockRow, "location">) {
  return location === "" ? (
    <span className={text.soft}>No bin</span>
  ) : (
    <strong className={classes.bin}>{location}</strong>
  );
}

function Part({ row }: { row: StockRow }) {
  return (
    <span className={classes.part}>
      <Swatch {...row} />
      <span className={classes.words}>
        <span className={classes.name} title={row.itemName}>
          {row.itemName}
        </span>
        <span className={text.soft}>
          {row.partNumber} · {kindOf(row)}
        </span>
      </span>
    </span>
  );
}

/** Pieces that orders wait for. */
export function Waiting({ waiting }: Pick<StockRow, "waiting">) {
  if (waiting.quantity === 0) return <span className={text.soft}>–</span>;
  return (
    <Tag tone="warn">
      <IconAlertTriangle size={15} aria-hidden />
      {waiting.quantity}
      {waiting.isMore && "+"}
    </Tag>
  );
}

function Drift({ drift }: Pick<StockRow, "drift">) {
  return (
    <Tag tone="warn">
      <IconAlertTriangle size={15} aria-hidden />
      {drift} sent, not on hand
    </Tag>
  );
}

export function lotColumns(show: Show): SheetColumn<StockRow>[] {
  return [
    { id: "bin", header: "Bin", cell: (row) => <Bin {...row} /> },
    { id: "part", header: "Lot", cell: (row) => <Part row={row} /> },
    { id: "onHand", header: "On hand", align: "right", cell: ({ onHand }) => onHand },
    { id: "reserved", header: "Reserved", align: "right", cell: ({ reserved }) => reserved },
    {
      id: "available",
      header: "Available",
      align: "right",
      cell: ({ available }) => <strong>{available}</strong>,
    },
    show === "drift"
      ? { id: "drift", header: "Drift", align: "right", cell: (row) => <Drift {...row} /> }
      : { id: "waiting", header: "Waited for", align: "right", cell: (row) => <Waiting {...row} /> },
  ];
}

/** A lot on a phone. */
export function LotCard({ row, show }: { row: StockRow; show: Show }) {
  return (
    <div className={classes.card}>
      <Part row={row} />
      <span className={classes.cardBin}>
        <Bin {...row} />
      </span>
      <span className={text.soft}>
        {row.available} available of {row.onHand}
      </span>
      {show === "drift" && <Drift {...row} />}
      {show !== "drift" && row.waiting.quantity > 0 && (
        <span>
          <Waiting {...row} /> waited for
        </span>
      )}
    </div>
  );
}
