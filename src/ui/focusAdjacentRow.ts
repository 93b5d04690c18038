/** Moves the focus to the next row for ArrowDown, and to the previous row otherwise, if that row can be focused. */
export function focusAdjacentRow(row: HTMLElement, key: string): void {
  const sibling = key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
  if (sibling instanceof HTMLElement && sibling.tabIndex >= 0) sibling.focus();
}
