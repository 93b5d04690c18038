import type { CSSProperties, ReactNode } from "react";
import classes from "./PaperPage.module.css";
import type { Paper } from "./papers";

type PaperPageProps = { paper: Paper; className?: string | undefined; children: ReactNode };

/** One page as it will be printed. The browser's own margins are switched off, so the page has its own. */
export function PaperPage({ paper, className = "", children }: PaperPageProps) {
  const size = {
    "--paper-width": `${paper.width}mm`,
    "--paper-height": `${paper.height}mm`,
  } as CSSProperties;
  return (
    <div className={`${classes.page} ${className}`} style={size} data-testid="page">
      {children}
    </div>
  );
}

/** Tells the browser the size of the paper, so that nobody has to choose it in the print dialog. */
export function PaperSize({ paper: { width, height } }: { paper: Paper }) {
  return <style>{`@page { size: ${width}mm ${height}mm; margin: 0; }`}</style>;
}
