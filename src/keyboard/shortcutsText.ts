/** All text of the list of shortcuts, and how keys are written. */
import { bindings, type Command } from "./bindings";

const descriptions: Record<Command, string> = {
  openPalette: "Find an order, a lot, a screen or an action",
  search: "Search this list",
  showShortcuts: "These shortcuts",
  goToOrders: "Go to Orders",
  goToAttention: "Go to Needs you",
  goToInventory: "Go to Inventory",
  goToEvents: "Go to Events",
  goToHealth: "Go to Health",
  goToSettings: "Go to Settings",
  nextRow: "Next row or line",
  previousRow: "Previous row or line",
  openRow: "Open the row",
  selectRow: "Select the order, or tick the line",
  pickList: "Pick list of the selected orders, the open one, or the one you are on",
  close: "Close what is open, the topmost first",
  leaveField: "Leave the field",
  pickStop: "Picked",
  nextStop: "On without picking",
  previousStop: "Back",
  undoStop: "Undo",
};

const groups: readonly (readonly [title: string, commands: readonly Command[]])[] = [
  ["Anywhere", ["openPalette", "search", "showShortcuts", "close", "leaveField"]],
  ["Rows", ["nextRow", "previousRow", "openRow", "selectRow", "pickList"]],
  ["Screens", ["goToOrders", "goToAttention", "goToEvents", "goToInventory", "goToHealth", "goToSettings"]],
  ["On a walk", ["pickStop", "nextStop", "previousStop", "undoStop"]],
];

const names: Record<string, string> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** A key as it is written on the keyboard: "↓", "Ctrl K" or "⌘ K", "G O" as "g o". */
export function keyText(key: string, isMac: boolean): string {
  if (key.startsWith("mod+")) return `${isMac ? "⌘" : "Ctrl"} ${key.slice("mod+".length).toUpperCase()}`;
  return names[key] ?? key;
}

/** The keys of a command, as they are written on the keyboard. */
export function keysOf(command: Command, isMac: boolean): string[] {
  const own = bindings.filter((binding) => binding.command === command);
  return own.flatMap(({ keys }) => keys).map((key) => keyText(key, isMac));
}

export type ShortcutGroup = {
  title: string;
  shortcuts: { command: Command; keys: string[]; description: string }[];
};

/** Every shortcut, in groups. */
export function shortcutGroups(isMac: boolean): ShortcutGroup[] {
  return groups.map(([title, commands]) => ({
    title,
    shortcuts: commands.map((command) => ({
      command,
      keys: keysOf(command, isMac),
      description: descriptions[command],
    })),
  }));
}

/** Whether this device's keyboard has ⌘ where others have Ctrl. */
export function isMacKeyboard(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
