import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useLayer } from "../keyboard/registry";
import { uiText } from "./uiText";

type ConfirmButtonProps = {
  label: string;
  /** Title of the dialog, as a question. */
  title: string;
  /** What will happen once it is confirmed. */
  text: string;
  confirmLabel: string;
  isRunning: boolean;
  isDisabled?: boolean;
  onConfirm: () => void;
};

/**
 * A button for an action that is hard to undo: it opens a dialog that says what will happen and asks for
 * confirmation.
 */
export function ConfirmButton({
  label,
  title,
  text,
  confirmLabel,
  isRunning,
  isDisabled = false,
  onConfirm,
}: ConfirmButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  useLayer("dialog", () => setIsOpen(false), isOpen);
  return (
    <>
      <Button variant="default" loading={isRunning} disabled={isDisabled} onClick={() => setIsOpen(true)}>
        {label}
      </Button>
      <Modal.Root opened={isOpen} onClose={() => setIsOpen(false)}>
        <Modal.Overlay />
        <Modal.Content>
          {/* A plain header element would count as a second banner landmark of the page. */}
          <Modal.Header role="presentation">
            <Modal.Title>{title}</Modal.Title>
            <Modal.CloseButton aria-label={uiText.close} />
          </Modal.Header>
          <Modal.Body>
            <Stack>
              <Text>{text}</Text>
              <Group justify="flex-end">
                <Button variant="default" onClick={() => setIsOpen(false)}>
                  {uiText.cancel}
                </Button>
                <Button
                  onClick={() => {
                    setIsOpen(false);
                    onConfirm();
                  }}
                >
                  {confirmLabel}
                </Button>
              </Group>
            </Stack>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
