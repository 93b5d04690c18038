import { piecesInParcel, type Parcel, type ParcelLine } from "./slip";
import classes from "./Slip.module.css";
import { colourText, conditionText, missingText } from "./slipText";

type SlipTableProps = {
  lines: readonly ParcelLine[];
  tab: Parcel["tab"];
  /** On a label, where colour and condition stand below the name. */
  isNarrow: boolean;
};

/** Lines with a box to tick and the number of pieces that are in the parcel. */
export function SlipTable({ lines, tab, isNarrow }: SlipTableProps) {
  return (
    <table className={classes.table}>
      <thead>
        <tr data-part="tableHead">
          <th className={classes.box}>
            <span className={classes.hidden}>Checked</span>
          </th>
          <th className={classes.quantity}>Qty</th>
          <th className={classes.part}>Part</th>
          <th>Item</th>
          {!isNarrow && (
            <>
              <th className={classes.colour}>Colour</th>
              <th className={classes.condition}>Condition</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <SlipRow key={line.lineId} line={line} tab={tab} isNarrow={isNarrow} />
        ))}
      </tbody>
    </table>
  );
}

function SlipRow({ line, tab, isNarrow }: { line: ParcelLine; tab: Parcel["tab"]; isNarrow: boolean }) {
  const inParcel = piecesInParcel(line, tab);
  const missing = missingText(inParcel, line.quantity);
  const details = [colourText(line), conditionText(line)];
  return (
    <tr data-part="row">
      <td className={classes.box}>
        <span />
      </td>
      <td className={classes.quantity}>{inParcel}</td>
      <td className={classes.part}>{line.partNumber}</td>
      <td>
        {line.itemName}
        {isNarrow && <div>{details.filter((text) => text !== "").join(" · ")}</div>}
        {missing !== null && <div className={classes.missing}>{missing}</div>}
      </td>
      {!isNarrow && details.map((text, column) => <td key={column}>{text}</td>)}
    </tr>
  );
}
