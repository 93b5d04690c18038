/** Where a packing slip continues on another page. All heights are CSS pixels. */

export type SlipHeights = {
  rows: readonly number[];
  /** Room for rows on the first page and on each page after it, without their heads. */
  firstPage: number;
  nextPage: number;
  /** Totals and thanks, below the last row. */
  foot: number;
};

/** The rows of one page: from `start` up to, not including, `end`. */
export type PageRows = { start: number; end: number };

/**
 * Fills page after page, at least one row on each, so that a row higher than a page ends the loop too. The foot is on the last
 * page, and never without a row above it.
 */
export function paginate({ rows, firstPage, nextPage, foot }: SlipHeights): PageRows[] {
  const pages: PageRows[] = [];
  let start = 0;
  let used = 0;
  rows.forEach((height, index) => {
    const room = pages.length === 0 ? firstPage : nextPage;
    const needed = index === rows.length - 1 ? height + foot : height;
    if (index > start && used + needed > room) {
      pages.push({ start, end: index });
      start = index;
      used = 0;
    }
    used += height;
  });
  return [...pages, { start, end: rows.length }];
}
