/** What the components are shown with. */

/** As many totes as have a shape and colour of their own. */
export const totesInUse = [1, 2, 3, 4, 5, 6, 7, 8];

const inStock = {
  tab: "toPack",
  reservedQuantity: 23,
  shortQuantity: 0,
  unmatchedLines: 0,
  fulfilledQuantity: 0,
  returnCount: 0,
} as const;

export const stockExamples = {
  inStock,
  short: { ...inStock, shortQuantity: 3 },
  unmatched: { ...inStock, shortQuantity: 3, unmatchedLines: 1 },
  toPutBack: { ...inStock, returnCount: 1 },
  shipped: { ...inStock, tab: "shipped", fulfilledQuantity: 23 },
  cancelled: { ...inStock, tab: "cancelled", reservedQuantity: 0 },
} as const;
