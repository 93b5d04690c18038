/** All text of the list of shortcuts, and how keys are written. */
import { words } from "../language/language";
import { bindings, type Command } from "./bindings";

const shortcutsText = words({
  en: {
    anywhere: "Anywhere",
    rows: "Rows",
    screens: "Screens",
    walk: "On a walk",
    keys: { control: "Ctrl", escape: "Esc", space: "Space" },
    descriptions: {
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
      close: "Close the topmost window, or leave the field",
      pickStop: "Picked",
      nextStop: "On without picking",
      previousStop: "Back",
      undoStop: "Undo",
    },
  },
  de: {
    anywhere: "Überall",
    rows: "Zeilen",
    screens: "Bereiche",
    walk: "Auf einem Rundgang",
    keys: { control: "Strg", escape: "Esc", space: "Leertaste" },
    descriptions: {
      openPalette: "Bestellung, Lot, Bereich oder Aktion finden",
      search: "Diese Liste durchsuchen",
      showShortcuts: "Diese Tastenkürzel",
      goToOrders: "Zu den Bestellungen",
      goToAttention: "Zu dem, was zu klären ist",
      goToInventory: "Zum Lager",
      goToEvents: "Zu den Ereignissen",
      goToHealth: "Zum System",
      goToSettings: "Zu den Einstellungen",
      nextRow: "Nächste Zeile oder Position",
      previousRow: "Vorige Zeile oder Position",
      openRow: "Zeile öffnen",
      selectRow: "Bestellung auswählen oder Position abhaken",
      pickList: "Pickliste der ausgewählten Bestellungen, der offenen oder der, auf der Sie stehen",
      close: "Oberstes Fenster schließen oder Feld verlassen",
      pickStop: "Gepickt",
      nextStop: "Auslassen",
      previousStop: "Zurück",
      undoStop: "Rückgängig",
    },
  },
});

/** Leaving a field is listed with closing, which has the same key. */
type ListedCommand = Exclude<Command, "leaveField">;

const groups: readonly (readonly [title: string, commands: readonly ListedCommand[]])[] = [
  [shortcutsText.anywhere, ["openPalette", "search", "showShortcuts", "close"]],
  [shortcutsText.rows, ["nextRow", "previousRow", "openRow", "selectRow", "pickList"]],
  [
    shortcutsText.screens,
    ["goToOrders", "goToAttention", "goToEvents", "goToInventory", "goToHealth", "goToSettings"],
  ],
  [shortcutsText.walk, ["pickStop", "nextStop", "previousStop", "undoStop"]],
];

const names: Record<string, string> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: shortcutsText.keys.escape,
  Space: shortcutsText.keys.space,
};

/** A key as it is written on the keyboard: "↓", "Ctrl K" or "⌘ K", "G O" as "g o". */
export function keyText(key: string, isMac: boolean): string {
  if (key.startsWith("mod+"))
    return `${isMac ? "⌘" : shortcutsText.keys.control} ${key.slice("mod+".length).toUpperCase()}`;
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
      description: shortcutsText.descriptions[command],
    })),
  }));
}

/** Whether this device's keyboard has ⌘ where others have Ctrl. */
export function isMacKeyboard(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
