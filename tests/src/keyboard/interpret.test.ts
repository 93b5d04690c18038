import { expect, it } from "vitest";
import { bindings, type Focus, type Open } from "../../../src/keyboard/bindings";
import { interpret, type Pending, type Press } from "../../../src/keyboard/interpret";
import { keysOf, shortcutGroups } from "../../../src/keyboard/shortcutsText";

type Given = Partial<Press> & { open?: Open; focus?: Focus; pending?: Pending | null; at?: number };

/** The command of one press, "…" for the first key of two, null for none. */
function press(key: string, given: Given = {}): string | null {
  const { open = "nothing", focus = "nothing", pending = null, at = 0, ...modifiers } = given;
  const pressed = {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    repeat: false,
    isComposing: false,
    ...modifiers,
  };
  const meaning = interpret(pressed, at, { open, focus, pending });
  return meaning.kind === "command" ? meaning.command : meaning.kind === "pending" ? "…" : null;
}

it("letters act on the page, on a row and after a checkbox was ticked, but not in a field or a select", () => {
  for (const focus of ["nothing", "row", "control"] as const) {
    expect(press("p", { focus })).toBe("pickList");
    expect(press("j", { focus })).toBe("nextRow");
    expect(press("/", { focus })).toBe("search");
    expect(press("?", { focus, shiftKey: true })).toBe("showShortcuts");
  }
  for (const focus of ["text", "choice"] as const) {
    for (const key of ["p", "j", "/", "?", "x", "g", "ArrowDown"]) expect(press(key, { focus })).toBeNull();
  }
});

it("the palette opens from a text field too, with Ctrl or ⌘, and not over a dialog", () => {
  expect(press("k", { ctrlKey: true, focus: "text" })).toBe("openPalette");
  expect(press("K", { metaKey: true })).toBe("openPalette");
  expect(press("k", { ctrlKey: true, open: "drawer" })).toBe("openPalette");
  expect(press("k", { ctrlKey: true, open: "dialog" })).toBeNull();
});

it("two keys in a row go to a screen, unless the second is late or another", () => {
  expect(press("g")).toBe("…");
  const pending = { key: "g", at: 1_000 };
  expect(press("o", { pending, at: 1_200 })).toBe("goToOrders");
  expect(press("i", { pending, at: 1_200, open: "drawer" })).toBe("goToInventory");
  expect(press("o", { pending, at: 9_000 })).toBeNull();
  expect(press("p", { pending, at: 1_200 })).toBeNull();
  expect(press("p", { pending, at: 9_000 })).toBe("pickList");
});

it("Escape closes a drawer or a dialog from any field, leaves a field of the screen, and is left to a menu", () => {
  expect(press("Escape", { open: "dialog", focus: "text" })).toBe("close");
  expect(press("Escape", { open: "drawer" })).toBe("close");
  expect(press("Escape", { focus: "text" })).toBe("leaveField");
  expect(press("Escape", { open: "popover", focus: "control" })).toBeNull();
  expect(press("Escape")).toBeNull();
});

it("a dialog and a menu take every key but their own Escape from the screen under them", () => {
  for (const open of ["dialog", "popover"] as const) {
    for (const key of ["p", "j", "x", "g", "/", "?", "ArrowDown", " "]) {
      expect(press(key, { open, focus: "control" })).toBeNull();
    }
  }
});

it("the space bar selects the row that has the focus and presses a button as usual", () => {
  expect(press(" ", { focus: "row" })).toBe("selectRow");
  expect(press(" ", { focus: "control" })).toBeNull();
  expect(press("x", { focus: "control" })).toBe("selectRow");
});

it("keys with Alt, with Shift, held down or in composition have no meaning of their own", () => {
  expect(press("p", { altKey: true })).toBeNull();
  expect(press("P", { shiftKey: true })).toBeNull();
  expect(press("p", { ctrlKey: true })).toBeNull();
  expect(press("ArrowDown", { shiftKey: true })).toBeNull();
  expect(press("x", { repeat: true })).toBeNull();
  expect(press("j", { isComposing: true })).toBeNull();
  expect(press("ArrowDown", { repeat: true })).toBe("nextRow");
});

it("no two bindings of one place share a key, and none is the beginning of another", () => {
  const places = bindings.flatMap(({ keys, open, focus }) =>
    keys.flatMap((key) => open.flatMap((over) => focus.map((where) => ({ key, place: `${over} ${where}` })))),
  );
  for (const [index, { key, place }] of places.entries()) {
    const clash = places.find(
      (other, otherIndex) =>
        otherIndex !== index &&
        other.place === place &&
        (other.key === key || other.key.startsWith(`${key} `)),
    );
    expect(clash, `${key} in ${place}`).toBeUndefined();
  }
});

it("the list of shortcuts names every command once, a key of two purposes in one line, with its keys as the keyboard has them", () => {
  const listed = shortcutGroups(false).flatMap(({ shortcuts }) => shortcuts);
  const commands = new Set(bindings.map(({ command }) => command));
  commands.delete("leaveField");
  expect(listed.map(({ command }) => command).sort()).toEqual([...commands].sort());
  expect(listed.filter(({ keys }) => keys.includes("Esc"))).toHaveLength(1);
  expect(keysOf("openPalette", false)).toEqual(["Ctrl K"]);
  expect(keysOf("openPalette", true)).toEqual(["⌘ K"]);
  expect(keysOf("nextRow", false)).toEqual(["↓", "j"]);
  expect(keysOf("selectRow", false)).toEqual(["x", "Space"]);
});
