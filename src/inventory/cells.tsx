/** Cells of the inventory table, and its rows as cards on a phone. */
import { IconAlertTriangle, IconHelpCircle } from "@tabler/icons-react";
import type { DataTableColumn } from "../ui/DataTable";
import { Swatch } from "../ui/Swatch";
import { Tag } from "../ui/Tag";
import text from "../ui/text.module.css";
import classes from "./cells.module.css";
import { variantText, type Lot } from "./lot";
import { lotText } from "./lotText";
import type { LotFilter } from "./search";

export function Bin({ location }: Pick<Lot, "location">) {
  return location === "" ? (
    <span className={text.soft}>{lotText.noBin}</span>
  ) : (
    <strong className={classes.bin}>{location}</strong>
  );
}

/** Colour swatch, name and variant of a lot. */
function LotName({ row }: { row: Lot }) {
  return (
    <span className={classes.lotName}>
      <Swatch {...row} />
      <span className={classes.texts}>
        <span className={classes.name} title={row.itemName}>
          {row.itemName}
        </span>
        <span className={text.soft}>
          {row.partNumber} · {variantText(row)}
        </span>
        {row.isUncertain && <Uncertain />}
      </span>
    </span>
  );
}

/** Says that the latest import could not count the lot. */
function Uncertain() {
  return (
    <Tag tone="warn">
      <IconHelpCircle size={15} aria-hidden />
      {lotText.isUncertain}
    </Tag>
  );
}

/** How many pieces backorders wait for. */
function Backordered({ backordered }: Pick<Lot, "backordered">) {
  if (backordered === 0) return <span className={text.soft}>–</span>;
  return (
    <Tag tone="warn">
      <IconAlertTriangle size={15} aria-hidden />
      {backordered}
    </Tag>
  );
}

/** How many pieces were sent beyond those on hand. */
function Drift({ drift }: Pick<Lot, "drift">) {
  return (
    <Tag tone="warn">
      <IconAlertTriangle size={15} aria-hidden />
      {lotText.sentBeyond(drift)}
    </Tag>
  );
}

/** Columns of the table. The drift filter shows the drift instead of the backordered quantity. */
export function lotColumns(filter: LotFilter): DataTableColumn<Lot>[] {
  return [
    { id: "bin", header: lotText.bin, cell: (row) => <Bin {...row} /> },
    { id: "part", header: lotText.lot, cell: (row) => <LotName row={row} /> },
    { id: "onHand", header: lotText.onHand, align: "right", cell: ({ onHand }) => onHand },
    { id: "reserved", header: lotText.reserved, align: "right", cell: ({ reserved }) => reserved },
    {
      id: "available",
      header: lotText.available,
      align: "right",
      cell: ({ available }) => <strong>{available}</strong>,
    },
    filter === "drift"
      ? { id: "drift", header: lotText.differs, align: "right", cell: (row) => <Drift {...row} /> }
      : {
          id: "backordered",
          header: lotText.owed,
          align: "right",
          cell: (row) => <Backordered {...row} />,
        },
  ];
}

/** A lot as a row of one column, for phones. */
export function LotCard({ row, filter }: { row: Lot; filter: LotFilter }) {
  return (
    <div className={classes.card}>
      <LotName row={row} />
      <span className={classes.cardBin}>
        <Bin {...row} />
      </span>
      <span className={text.soft}>{lotText.availableOf(row.available, row.onHand)}</span>
      {filter === "drift" && <Drift {...row} />}
      {filter !== "drift" && row.backordered > 0 && (
        <span>
          <Backordered {...row} /> {lotText.isOwed}
        </span>
      )}
    </div>
  );
}
