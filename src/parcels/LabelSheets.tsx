import type { CSSProperties } from "react";
import { AddressLabel, type LabelText } from "./AddressLabel";
import classes from "./Labels.module.css";
import { PaperPage } from "./PaperPage";
import { labelsPerSheet, papers, sheets, toSheets, type Sheet } from "./papers";
import type { PaperId } from "./search";

type LabelSheetsProps = { labels: readonly LabelText[]; paperId: PaperId; first: number };

function sheetStyle({ columns, rows, labelWidth, labelHeight, left, top, gap }: Sheet): CSSProperties {
  return {
    gridTemplateColumns: `repeat(${columns}, ${labelWidth}mm)`,
    gridTemplateRows: `repeat(${rows}, ${labelHeight}mm)`,
    columnGap: `${gap}mm`,
    padding: `${top}mm 0 0 ${left}mm`,
  };
}

/** Address labels as they lie on their sheets. `first`: the place of the first one, from 1. */
export function LabelSheets({ labels, paperId, first }: LabelSheetsProps) {
  const sheet = sheets[paperId];
  return toSheets(labels, labelsPerSheet(sheet), first).map((places, page) => (
    <PaperPage key={page} paper={papers[paperId]}>
      <div className={classes.sheet} style={sheetStyle(sheet)} data-single={paperId === "label" || undefined}>
        {places.map((label, place) =>
          label === null ? (
            <div key={place} className={classes.place} data-testid="used place" />
          ) : (
            <AddressLabel key={place} label={label} />
          ),
        )}
      </div>
    </PaperPage>
  ));
}
