/** What the page shows, as the keyboard sees it: where the focus is, and which rows there are. */
import type { Focus } from "./bindings";

/** Rows of a table that open something, and the checkboxes of a list of lines, each of which stands for its line. */
const ROW = "tr[tabindex='0'], [role='checkbox']:not(:disabled)";

/** Menus and popovers; a drawer or a dialog is modal. */
const POPOVER = "[role='menu'], [role='listbox'], [role='dialog']:not([aria-modal='true'])";

const MODAL = "[role='dialog'][aria-modal='true']";

const TEXT = "textarea, [contenteditable='true'], [contenteditable='']";
const CHOICE = "select, input, [role='tab'], [role='slider'], [role='option']";

/** Types of an input that is pressed and not typed in. */
const PRESSED = ["checkbox", "button", "submit", "reset", "image"];
const CHOSEN = ["radio", "range", "color", "file"];

/** What kind of element has the focus. */
export function focusOf(element: Element | null): Focus {
  if (element === null || element === document.body || element.id === "screen") return "nothing";
  if (element.matches(TEXT)) return "text";
  if (element instanceof HTMLInputElement) {
    if (PRESSED.includes(element.type)) return "control";
    return CHOSEN.includes(element.type) ? "choice" : "text";
  }
  if (element.matches(CHOICE)) return "choice";
  // What contains the dialog's elements has the focus when none of them does.
  return element.matches(ROW) ? "row" : element.matches(MODAL) ? "nothing" : "control";
}

/** Whether an element is in a menu or a popover. */
export function isInPopover(element: Element | null): boolean {
  return Boolean(element?.closest(POPOVER));
}

function topModal(): Element | undefined {
  return [...document.querySelectorAll(MODAL)].at(-1);
}

/** Whatever is on top: a drawer, a dialog, or else the screen. */
function scope(): ParentNode {
  return topModal() ?? document.getElementById("screen") ?? document;
}

/**
 * Moves the focus to an element that has appeared by itself, such as the first line of an order when it has loaded, unless a dialog
 * has been opened over it since, or somebody types.
 */
export function focusAppeared(element: HTMLElement | null | undefined): void {
  if (!element || focusOf(document.activeElement) === "text") return;
  if (topModal()?.contains(element) === false) return;
  element.focus({ preventScroll: true });
}

function rows(): HTMLElement[] {
  return [...scope().querySelectorAll<HTMLElement>(ROW)];
}

function currentRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(ROW) ?? null;
}

/** Moves the focus to the first row in view, below the head of the table, which stays in view. Returns whether there is one. */
export function focusFirstRow(): boolean {
  const all = rows();
  const top = scope().querySelector("thead")?.getBoundingClientRect().bottom ?? 0;
  const row = all.find((each) => each.getBoundingClientRect().top >= top) ?? all[0];
  row?.focus();
  return row !== undefined;
}

/** Moves the focus by one row, or from elsewhere to the first row in view. Returns whether there are rows. */
export function focusRow(step: 1 | -1): boolean {
  const current = currentRow();
  const all = rows();
  const index = current === null ? -1 : all.indexOf(current);
  if (index < 0) return focusFirstRow();
  all[index + step]?.focus();
  return true;
}

/** Ticks or unticks the row that has the focus or contains it. Returns whether there is one that can be. */
export function toggleRow(): boolean {
  const row = currentRow();
  const checkbox = row?.matches("[role='checkbox']")
    ? row
    : row?.querySelector<HTMLElement>("input[type='checkbox']");
  checkbox?.click();
  return Boolean(checkbox);
}
