import { useMemo, type CSSProperties } from "react";
import { addressLines } from "./address";
import { PaperPage } from "./PaperPage";
import { papers, PIXELS_PER_MM } from "./papers";
import type { PaperId } from "./search";
import { slipTotals, sortLines, type Parcel, type SlipSort, type SlipStore } from "./slip";
import classes from "./Slip.module.css";
import { FirstHead, NextHead, SlipFoot } from "./SlipParts";
import { SlipTable } from "./SlipTable";
import { useSlipPages } from "./useSlipPages";

type SlipProps = { parcel: Parcel; store: SlipStore; paperId: PaperId; sort: SlipSort };

/** The packing slip of one order, on as many pages as it takes. */
export function Slip({ parcel, store, paperId, sort }: SlipProps) {
  const paper = papers[paperId];
  const lines = useMemo(() => sortLines(parcel.lines, sort), [parcel.lines, sort]);
  const { containerRef, pages } = useSlipPages((paper.height - 2 * paper.margin) * PIXELS_PER_MM);
  const totals = slipTotals(parcel);
  const recipient = parcel.address ? addressLines(parcel.address, store.countryCode) : [];
  const isNarrow = paperId === "label";
  const style = {
    "--slip-width": `${paper.width - 2 * paper.margin}mm`,
    "--slip-margin": `${paper.margin}mm`,
  } as CSSProperties;
  const head = { parcel, store, recipient, totals };
  const foot = <SlipFoot totals={totals} thanks={store.thanks} />;
  return (
    <div className={classes.slip} style={style} data-narrow={isNarrow || undefined} data-testid="slip">
      <div className={classes.measure} ref={containerRef} aria-hidden>
        <FirstHead {...head} page={1} pageCount={2} />
        <NextHead {...head} page={2} pageCount={2} />
        <SlipTable lines={lines} tab={parcel.tab} isNarrow={isNarrow} />
        {foot}
      </div>
      {pages?.map(({ start, end }, index) => {
        const Head = index === 0 ? FirstHead : NextHead;
        return (
          <PaperPage key={start} paper={paper} className={classes.page}>
            <Head {...head} page={index + 1} pageCount={pages.length} />
            <SlipTable lines={lines.slice(start, end)} tab={parcel.tab} isNarrow={isNarrow} />
            {index === pages.length - 1 && foot}
          </PaperPage>
        );
      })}
    </div>
  );
}
