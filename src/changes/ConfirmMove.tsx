import { Button, Group, List, Text } from "@mantine/core";
import { Dialog } from "../ui/Dialog";
import { Notice } from "../ui/Notice";
import { moveEffects } from "./changeText";
import { dialogsText } from "./dialogsText";

type ConfirmMoveProps = {
  /** Pieces missing from the stock. */
  shortQuantity: number;
  /** What speaks against it. */
  concerns: readonly string[];
  onClose: () => void;
  onConfirm: () => void;
};

/** Asks before an order is marked as packed that something speaks against, and says what. */
export function ConfirmMove({ shortQuantity, concerns, onClose, onConfirm }: ConfirmMoveProps) {
  const { mark } = dialogsText;
  return (
    <Dialog
      title={shortQuantity > 0 ? mark.packedWithout(shortQuantity) : mark.packedAnyway}
      onClose={onClose}
    >
      <Concerns concerns={concerns} />
      <Text>{moveEffects.PACKED}</Text>
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
          {mark.PACKED}
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
