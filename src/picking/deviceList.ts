/** A list that the browser keeps on the device, over reloads and for all tabs, and for as long as the page lives where it refuses to. */

export type DeviceList<Item> = {
  /** Oldest first. The same list until it changes. */
  read: () => readonly Item[];
  write: (items: readonly Item[]) => void;
  /** Calls `onChange` when the list changes, in another tab of the device too. Returns what ends it. */
  subscribe: (onChange: () => void) => () => void;
};

/** The list kept under `key`. Stored values that are no items, as of another version, are left out. */
export function deviceList<Item>(key: string, isItem: (value: unknown) => value is Item): DeviceList<Item> {
  /** The items as text, where the browser stores nothing. */
  let memory = "[]";
  let parsed: { text: string; items: readonly Item[] } = { text: "[]", items: [] };
  const listeners = new Set<() => void>();

  const readText = (): string => {
    try {
      return localStorage.getItem(key) ?? "[]";
    } catch {
      // A browser that refuses storage keeps the list for as long as the page lives.
      return memory;
    }
  };

  return {
    read: () => {
      const text = readText();
      if (text === parsed.text) return parsed.items;
      let stored: unknown;
      try {
        stored = JSON.parse(text);
      } catch {
        stored = [];
      }
      parsed = { text, items: Array.isArray(stored) ? stored.filter(isItem) : [] };
      return parsed.items;
    },
    write: (items) => {
      memory = JSON.stringify(items);
      try {
        localStorage.setItem(key, memory);
      } catch {
        // As in readText; `memory` has them.
      }
      for (const listener of listeners) listener();
    },
    subscribe: (onChange) => {
      listeners.add(onChange);
      window.addEventListener("storage", onChange);
      return () => {
        listeners.delete(onChange);
        window.removeEventListener("storage", onChange);
      };
    },
  };
}
