/** What the parts of the page have registered: what is open over the screen, and what a command does there. One page has one keyboard. */
import { useEffect, useEffectEvent } from "react";
import type { Command } from "./bindings";

type Layer = { kind: "drawer" | "dialog"; close: () => void };

/** Does what a command says. Returns false when there was nothing to do, and the key keeps its usual meaning. */
export type Handler = () => boolean | void;

/** Open drawers and dialogs, the topmost last. */
const layers: Layer[] = [];

/** The handler registered last is the one that counts. */
const handlers = new Map<Command, Handler[]>();

export function topLayer(): Layer | undefined {
  return layers.at(-1);
}

export function handlerOf(command: Command): Handler | undefined {
  return handlers.get(command)?.at(-1);
}

function remove<Item>(list: Item[], item: Item): void {
  list.splice(list.indexOf(item), 1);
}

/** Says that a drawer or a dialog is open, for as long as it is: Escape closes the topmost and no other. */
export function useLayer(kind: Layer["kind"], onClose: () => void, isOpen = true): void {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (!isOpen) return;
    const layer = { kind, close: () => close() };
    layers.push(layer);
    return () => remove(layers, layer);
  }, [kind, isOpen]);
}

/** Does `onCommand` when its key is pressed, for as long as the component is shown. */
export function useCommand(command: Command, onCommand: Handler): void {
  const handle = useEffectEvent(onCommand);
  useEffect(() => {
    const handler = () => handle();
    const list = handlers.get(command) ?? [];
    handlers.set(command, list);
    list.push(handler);
    return () => remove(list, handler);
  }, [command]);
}
