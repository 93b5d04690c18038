/** What the palette lists, and what it finds among screens and actions. Pure. */

export const groupNames = ["orders", "lots", "screens", "actions"] as const;
export type GroupName = (typeof groupNames)[number];

export type Entry = {
  /** Unique among all entries. */
  id: string;
  group: GroupName;
  label: string;
  /** What tells it from others with the same label; smaller, after it. */
  detail?: string;
  /** Further words by which it is found. */
  words?: string;
  /** Its own shortcut, as the keyboard has it. */
  keys?: string;
  /** Whether the palette stays open after it. */
  staysOpen?: boolean;
  run: () => void;
};

/** The entries that have every word that was typed, at the beginning of one of theirs. */
export function findEntries(entries: readonly Entry[], typed: string): Entry[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ label, detail = "", words = "" }) => {
    const own = `${label} ${detail} ${words}`.toLowerCase().split(/[\s,·]+/);
    return wanted.every((word) => own.some((each) => each.startsWith(word)));
  });
}

/** The entries in the order in which they are shown: one group after the other. */
export function inGroups(entries: readonly Entry[]): Entry[] {
  return groupNames.flatMap((name) => entries.filter(({ group }) => group === name));
}

/** The number of the order that "12345" or "Fetch 12345" asks for, in any language; null for anything else. */
export function orderNumberIn(typed: string): number | null {
  const digits = /^(?:fetch(?: order)?|bestellung)?\s*#?(\d{1,15})$/i.exec(typed.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The entry above or below another, around the ends. The first where `current` is not, or no longer, listed. */
export function neighbour(entries: readonly Entry[], current: string | null, step: 1 | -1): string | null {
  const index = entries.findIndex(({ id }) => id === current);
  if (index < 0) return entries[0]?.id ?? null;
  return entries[(index + step + entries.length) % entries.length]?.id ?? null;
}
