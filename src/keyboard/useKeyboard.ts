import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Command } from "./bindings";
import { focusOf, focusRow, isInPopover, toggleRow } from "./focus";
import { interpret, type Pending } from "./interpret";
import { handlerOf, topLayer, useCommand, type Handler } from "./registry";

/** Commands that need nothing but the page. */
const general: Partial<Record<Command, Handler>> = {
  nextRow: () => focusRow(1),
  previousRow: () => focusRow(-1),
  selectRow: toggleRow,
  close: () => topLayer()?.close(),
  leaveField: () => (document.activeElement as HTMLElement | null)?.blur(),
};

/** Listens to the keys of the whole dashboard. Call it once. */
export function useKeyboard(): void {
  const navigate = useNavigate();
  useCommand("goToOrders", () => void navigate({ to: "/" }));
  useCommand("goToAttention", () => void navigate({ to: "/needs-you" }));
  useCommand("goToInventory", () => void navigate({ to: "/inventory" }));
  useCommand("goToEvents", () => void navigate({ to: "/events" }));
  useCommand("goToHealth", () => void navigate({ to: "/health" }));
  useCommand("goToSettings", () => void navigate({ to: "/settings" }));
  useEffect(() => {
    let pending: Pending | null = null;
    const listen = (event: KeyboardEvent) => {
      const before = pending;
      // A modifier that is pressed for the second key does not end the pair.
      if (["Shift", "Control", "Meta", "Alt"].includes(event.key)) return;
      pending = null;
      // Whatever has the focus comes first. The target, because a menu may be gone by now and the focus elsewhere.
      if (event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      const open = isInPopover(target) ? "popover" : (topLayer()?.kind ?? "nothing");
      const meaning = interpret(event, event.timeStamp, { open, focus: focusOf(target), pending: before });
      if (meaning.kind === "pending") pending = meaning.pending;
      if (meaning.kind !== "command") return;
      const handle = handlerOf(meaning.command) ?? general[meaning.command];
      if (handle && handle() !== false) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
