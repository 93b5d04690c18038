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
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={title}
        centered
        closeButtonProps={{ "aria-label": "Close" }}
      >
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
      </Modal>
    </>
  );
}
