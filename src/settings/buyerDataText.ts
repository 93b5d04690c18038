/** What was given out or forgotten of a buyer, in words. */

function ordersText(count: number): string {
  return `${count.toLocaleString()} ${count === 1 ? "order" : "orders"}`;
}

const noOrders = "No order of this buyer is stored. Write the user name as BrickLink does.";

export function exportedText(count: number): string {
  return count === 0 ? noOrders : `${ordersText(count)} exported. Give the file to the buyer only.`;
}

export function erasedText({ erased, openOrders }: { erased: number; openOrders: number[] }): string {
  if (erased === 0 && openOrders.length === 0) return noOrders;
  const forgotten = `The buyer is removed from ${ordersText(erased)}.`;
  if (openOrders.length === 0) return forgotten;
  const numbers = openOrders.map((number) => `#${number}`).join(", ");
  return `${forgotten} Still open, and kept: ${numbers}. Remove the buyer again once they are closed.`;
}
