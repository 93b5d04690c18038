/** What a key means, given what was pressed before it, what is open and what has the focus. Pure. */
import { bindings, type Command, type Focus, type Open } from "./bindings";

export type Press = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "repeat" | "isComposing"
>;

/** The first key of two, and when it was pressed, in milliseconds. */
export type Pending = { key: string; at: number };

export type Meaning =
  | { kind: "command"; command: Command }
  /** The first key of two. */
  | { kind: "pending"; pending: Pending }
  | { kind: "nothing" };

/** How long the second of two keys may take. */
const SEQUENCE_MAX_MS = 1_500;

/**
 * A key as the bindings name it: "j", "?", "mod+k" with Ctrl or ⌘, "Space". Null for one that can mean nothing here: with Alt, or part
 * of a character that is still being composed. Shift is part of the character that it makes, and named with other keys only.
 */
export function pressOf({ key, ctrlKey, metaKey, altKey, shiftKey, isComposing }: Press): string | null {
  if (altKey || isComposing) return null;
  const isMod = ctrlKey || metaKey;
  const isCharacter = key.length === 1 && key !== " ";
  const name = key === " " ? "Space" : isMod && isCharacter ? key.toLowerCase() : key;
  return `${isMod ? "mod+" : ""}${shiftKey && (isMod || !isCharacter) ? "shift+" : ""}${name}`;
}

/** What a press means. `pending`: the first key of two, pressed before it. `at`: when, in milliseconds, on the same clock. */
export function interpret(
  press: Press,
  at: number,
  { open, focus, pending }: { open: Open; focus: Focus; pending: Pending | null },
): Meaning {
  const key = pressOf(press);
  if (key === null) return { kind: "nothing" };
  const before = pending !== null && at - pending.at <= SEQUENCE_MAX_MS ? pending.key : null;
  const typed = before === null ? key : `${before} ${key}`;
  const here = bindings.filter(
    (binding) =>
      binding.isNative !== true &&
      binding.open.includes(open) &&
      binding.focus.includes(focus) &&
      (!press.repeat || binding.repeats === true),
  );
  const found = here.find(({ keys }) => keys.includes(typed));
  if (found) return { kind: "command", command: found.command };
  const begins = here.some(({ keys }) => keys.some((each) => each.startsWith(`${typed} `)));
  return begins ? { kind: "pending", pending: { key: typed, at } } : { kind: "nothing" };
}
