import { useId, useState } from "react";

export type PopoverProps = {
  /** Of the button, whose name is the popover's too. */
  id: string;
  /** The button, which the popover is placed beside. */
  target: HTMLElement;
  opened: boolean;
  onChange: (isOpen: boolean) => void;
};

/**
 * The state of a button that opens a popover or a menu, whose code `load` imports when the pointer or the focus reaches the button.
 * `popover` is null until it is first opened; render it beside the button, with a `Target`.
 */
export function usePopoverButton(popup: "dialog" | "menu", load: () => Promise<unknown>) {
  const id = useId();
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const popover: PopoverProps | null =
    target && wasOpened ? { id, target, opened: isOpen, onChange: setIsOpen } : null;
  return {
    button: {
      id,
      ref: setTarget,
      "aria-haspopup": popup,
      "aria-expanded": isOpen,
      onClick: () => {
        setWasOpened(true);
        setIsOpen(!isOpen);
      },
      onPointerEnter: () => void load(),
      onFocus: () => void load(),
    },
    popover,
  };
}
