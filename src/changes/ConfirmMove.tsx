import { Button, Group, List, Text } from "@mantine/core";
import { Dialog } from "../ui/Dialog";
import { Notice } from "../ui/Notice";
import { moveEffects, moveLabels } from "./changeText";
import { dialogsText } from "./dialogsText";
import type { SellerStatus } from "./types";

type ConfirmMoveProps = {
  status: SellerStatus;
  /** What speaks against it. */
  concerns: readonly string[];
  onClose: () => void;
  onConfirm: () => void;
};

/** Asks before a status is set that something speaks against, and says what. */
export function ConfirmMove({ status, concerns, onClose, onConfirm }: ConfirmMoveProps) {
  const label = moveLabels[status];
  return (
    <Dialog title={dialogsText.setAnyway(label)} onClose={onClose}>
      <Concerns concerns={concerns} />
      <Text>{moveEffects[status]}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {dialogsText.notYet}
        </Button>
        <Button
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {label}
        </Button>
      </Group>
    </Dialog>
  );
}

/** What speaks against closing a parcel; nothing where nothing does. */
export function Concerns({ concerns }: Pick<ConfirmMoveProps, "concerns">) {
  if (concerns.length === 0) return null;
  return (
    <Notice>
      <List>
        {concerns.map((concern) => (
          <List.Item key={concern}>{concern}</List.Item>
        ))}
      </List>
    </Notice>
  );
}
