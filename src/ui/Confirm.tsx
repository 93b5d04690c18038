import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";

type ConfirmProps = {
  /** On the button that asks. */
  label: string;
  title: string;
  /** What will happen. */
  text: string;
  confirm: string;
  isRunning: boolean;
  isDisabled?: boolean;
  onConfirm: () => void;
};

/** A button for what cannot be taken back easily: it says what will happen first. */
export function Confirm({
  label,
  title,
  text,
  confirm,
  isRunning,
  isDisabled = false,
  onConfirm,
}: ConfirmProps) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="default" loading={isRunning} disabled={isDisabled} onClick={() => setIsAsking(true)}>
        {label}
      </Button>
      <Modal.Root opened={isAsking} onClose={() => setIsAsking(false)}>
        <Modal.Overlay />
        <Modal.Content>
          {/* Not a second banner of the page, which a bare header element would be. */}
          <Modal.Header role="presentation">
            <Modal.Title>{title}</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </Modal.Header>
          <Modal.Body>
            <Stack>
              <Text>{text}</Text>
              <Group justify="flex-end">
                <Button variant="default" onClick={() => setIsAsking(false)}>
                  Cancel
                </Button>
                <Button
                  onClick={() => {
                    setIsAsking(false);
                    onConfirm();
                  }}
                >
                  {confirm}
                </Button>
              </Group>
            </Stack>
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}
