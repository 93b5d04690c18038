/** Every key of the dashboard: what it does, and where. The listener and the list of shortcuts both read this table. */

/** What lies over the screen: a drawer beside the table, a dialog that asks something, or a menu or popover, which has its own keys. */
export type Open = "nothing" | "drawer" | "dialog" | "popover";

/**
 * What has the focus. `choice`: a control that uses letters and arrows itself, such as a select or a radio button. `control`: one that
 * does not, such as a button or a checkbox. A row counts as such only when itself has the focus, and not something in it.
 */
export type Focus = "nothing" | "row" | "control" | "choice" | "text";

export type Command =
  | "openPalette"
  | "search"
  | "showShortcuts"
  | "goToOrders"
  | "goToAttention"
  | "goToInventory"
  | "goToEvents"
  | "goToHealth"
  | "goToSettings"
  | "nextRow"
  | "previousRow"
  | "openRow"
  | "selectRow"
  | "pickList"
  | "close"
  | "leaveField"
  | "pickStop"
  | "nextStop"
  | "previousStop"
  | "undoStop";

export type Binding = {
  command: Command;
  /** Each a key as `pressOf` names it, or two separated by a space, pressed one after the other. */
  keys: readonly string[];
  open: readonly Open[];
  focus: readonly Focus[];
  /** The focused element acts on the key by itself; it is here for the list. */
  isNative?: boolean;
  /** Whether the key repeats while it is held down. */
  repeats?: boolean;
};

const anyFocus: readonly Focus[] = ["nothing", "row", "control", "choice", "text"];
const notTyping: readonly Focus[] = ["nothing", "row", "control"];
const screen: readonly Open[] = ["nothing"];
const screenOrDrawer: readonly Open[] = ["nothing", "drawer"];

const everywhere = { open: screenOrDrawer, focus: notTyping };

export const bindings: readonly Binding[] = [
  { command: "openPalette", keys: ["mod+k"], open: screenOrDrawer, focus: anyFocus },
  { command: "search", keys: ["/"], open: screen, focus: notTyping },
  { command: "showShortcuts", keys: ["?"], ...everywhere },
  { command: "goToOrders", keys: ["g o"], ...everywhere },
  { command: "goToAttention", keys: ["g n"], ...everywhere },
  { command: "goToInventory", keys: ["g i"], ...everywhere },
  { command: "goToEvents", keys: ["g e"], ...everywhere },
  { command: "goToHealth", keys: ["g h"], ...everywhere },
  { command: "goToSettings", keys: ["g s"], ...everywhere },
  { command: "nextRow", keys: ["ArrowDown", "j"], ...everywhere, repeats: true },
  { command: "previousRow", keys: ["ArrowUp", "k"], ...everywhere, repeats: true },
  { command: "openRow", keys: ["Enter"], open: screen, focus: ["row"], isNative: true },
  { command: "selectRow", keys: ["x"], ...everywhere },
  // On a button or a checkbox, the space bar presses it.
  { command: "selectRow", keys: ["Space"], open: screenOrDrawer, focus: ["row"] },
  { command: "pickList", keys: ["p"], ...everywhere },
  { command: "close", keys: ["Escape"], open: ["drawer", "dialog"], focus: anyFocus },
  { command: "leaveField", keys: ["Escape"], open: screen, focus: ["text"] },
  { command: "pickStop", keys: ["Enter"], open: screen, focus: ["control"], isNative: true },
  { command: "nextStop", keys: ["ArrowRight"], open: screen, focus: notTyping },
  { command: "previousStop", keys: ["ArrowLeft"], open: screen, focus: notTyping },
  // No letter alone, for a bin's name that a scanner types may begin with it.
  { command: "undoStop", keys: ["mod+z"], open: screen, focus: notTyping },
];
