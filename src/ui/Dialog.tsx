import { Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useLayer } from "../keyboard/registry";
import { uiText } from "./uiText";

type DialogProps = {
  title: string;
  onClose: () => void;
  /** For what stands in two columns. */
  isWide?: boolean;
  children: ReactNode;
};

/** A dialog over the screen. Closing it gives the focus back to what opened it. */
export function Dialog({ title, onClose, isWide = false, children }: DialogProps) {
  useLayer("dialog", onClose);
  return (
    <Modal.Root opened onClose={onClose} size={isWide ? "xl" : "md"}>
      <Modal.Overlay />
      <Modal.Content>
        {/* A plain header element would count as a second banner landmark of the page. */}
        <Modal.Header role="presentation">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={uiText.close} size={44} />
        </Modal.Header>
        <Modal.Body>
          <Stack>{children}</Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
