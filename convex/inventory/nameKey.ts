/** A lot's name as it is searched. */
export function nameKeyOf(itemName: string): string {
  return itemName.trim().toLowerCase();
}
