/** All text about what a pick list does not have. */

/** "12", "12 and 13", "12, 13 and 14". */
function enumeration(numbers: readonly number[]): string {
  const texts = numbers.map(String);
  const last = texts.pop() ?? "";
  return texts.length === 0 ? last : `${texts.join(", ")} and ${last}`;
}

/** Which orders are left out because the list is full, and what to do. `numbers` has at least one. */
export function leftOutText(numbers: readonly number[]): string {
  const orders = numbers.length === 1 ? "Order" : "Orders";
  return `${orders} ${enumeration(numbers)} did not fit on this list. Pick these first, then open another list.`;
}
