/** Arrow up and down go from row to row, where there is one. */
export function moveFocus(row: HTMLElement, key: string): void {
  const sibling = key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
  if (sibling instanceof HTMLElement && sibling.tabIndex >= 0) sibling.focus();
}
