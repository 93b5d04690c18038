import { IconAlertTriangle } from "@tabler/icons-react";
import type { SheetColumn } from "../ui/Sheet";
import { Swatch } from "../ui/Swatch";
import { kindOf, type Show, type StockRow } from "./view";

export function Bin({ location }: Pick<StockRow, "location">) {
  return location === "" ? <span className="soft">No bin</span> : <strong>{location}</strong>;
}

function Part({ row }: { row: StockRow }) {
  return (
    <span className="lot-part">
      <Swatch {...row} />
      <span className="lot-words">
        <span className="lot-name" title={row.itemName}>
          {row.itemName}
        </span>
        <span className="soft">
          {row.partNumber} · {kindOf(row)}
        </span>
      </span>
    </span>
  );
}

/** Pieces that orders wait for. */
export function Waiting({ waiting }: Pick<StockRow, "waiting">) {
  if (waiting.quantity === 0) return <span className="soft">–</span>;
  return (
    <span className="stock-part" data-tone="short">
      <IconAlertTriangle size={15} aria-hidden />
      {waiting.quantity}
      {waiting.isMore && "+"}
    </span>
  );
}

function Drift({ drift }: Pick<StockRow, "drift">) {
  return (
    <span className="stock-part" data-tone="short">
      <IconAlertTriangle size={15} aria-hidden />
      {drift} sent, not on hand
    </span>
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
    <div className="lot-card">
      <Part row={row} />
      <span className="lot-card-bin">
        <Bin {...row} />
      </span>
      <span className="soft">
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
