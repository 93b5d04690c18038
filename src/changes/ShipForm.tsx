import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { OrderDetail } from "../orders/types";
import { Dialog } from "../ui/Dialog";
import { moveEffects } from "./changeText";
import { Concerns } from "./ConfirmMove";
import { ShippingFields } from "./ShippingFields";
import { shippingChange, shippingValues } from "./shipping";
import type { Change } from "./types";

type ShipFormProps = {
  order: OrderDetail;
  concerns: readonly string[];
  onClose: () => void;
  onSend: (changes: Change[]) => void;
};

/** All that is done when a parcel leaves, in one dialog: tracking, date, status, and the mail to the buyer. */
export function ShipForm({ order, concerns, onClose, onSend }: ShipFormProps) {
  const [values, setValues] = useState(() => shippingValues(order, Date.now()));
  const [isMailWanted, setIsMailWanted] = useState(!order.isDriveThruSent);
  const [isCopyWanted, setIsCopyWanted] = useState(false);
  const shipping = shippingChange(values, order);
  return (
    <Dialog title={`Ship order ${order.orderNumber}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          onSend([
            ...(shipping ? [shipping] : []),
            { kind: "status", status: "SHIPPED" },
            ...(isMailWanted ? [{ kind: "driveThru" as const, isCopyWanted }] : []),
          ]);
        }}
      >
        <Stack gap="md">
          <Concerns concerns={concerns} />
          <ShippingFields values={values} onChange={setValues} />
        </Stack>
        {order.isDriveThruSent ? (
          <Text mt="sm">The drive-thru mail was sent already.</Text>
        ) : (
          <>
            <Checkbox
              mt="md"
              label="Send the drive-thru mail to the buyer"
              checked={isMailWanted}
              onChange={(event) => setIsMailWanted(event.currentTarget.checked)}
            />
            <Checkbox
              mt="xs"
              ml="xl"
              label="with a copy to the store"
              checked={isCopyWanted}
              disabled={!isMailWanted}
              onChange={(event) => setIsCopyWanted(event.currentTarget.checked)}
            />
          </>
        )}
        <Text mt="md">{moveEffects.SHIPPED}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Shipped</Button>
        </Group>
      </form>
    </Dialog>
  );
}
