import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { OrderDetail } from "../orders/types";
import { Dialog } from "../ui/Dialog";
import { moveEffects } from "./changeText";
import { Concerns } from "./ConfirmMove";
import { dialogsText } from "./dialogsText";
import { ShippingFields } from "./ShippingFields";
import { decidedShipping, isLinkOrEmpty, shippingChange, shippingValues } from "./shipping";
import type { Change, Write } from "./types";

type ShipFormProps = {
  order: OrderDetail;
  writes: readonly Write[];
  concerns: readonly string[];
  onClose: () => void;
  onSend: (changes: Change[]) => void;
};

/** All that is done when a parcel leaves, in one dialog: tracking, date, status, and the mail to the buyer. */
export function ShipForm({ order, writes, concerns, onClose, onSend }: ShipFormProps) {
  // As it was when the form was opened, so that what a colleague enters meanwhile is not taken for cleared.
  const [decided] = useState(() => decidedShipping(order, writes, Date.now()));
  const [values, setValues] = useState(() => shippingValues(decided, Date.now()));
  const [isMailWanted, setIsMailWanted] = useState(!order.isDriveThruSent);
  const [isCopyWanted, setIsCopyWanted] = useState(false);
  const shipping = shippingChange(values, decided);
  return (
    <Dialog title={dialogsText.ship.title(order.orderNumber)} onClose={onClose}>
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
          <ShippingFields decided={decided} values={values} onChange={setValues} />
        </Stack>
        {order.isDriveThruSent ? (
          <Text mt="sm">{dialogsText.ship.mailWasSent}</Text>
        ) : (
          <>
            <Checkbox
              mt="md"
              label={dialogsText.ship.sendMail}
              checked={isMailWanted}
              onChange={(event) => setIsMailWanted(event.currentTarget.checked)}
            />
            <Checkbox
              mt="xs"
              ml="xl"
              label={dialogsText.withCopy}
              checked={isCopyWanted}
              disabled={!isMailWanted}
              onChange={(event) => setIsCopyWanted(event.currentTarget.checked)}
            />
          </>
        )}
        <Text mt="md">{moveEffects.SHIPPED}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {dialogsText.cancel}
          </Button>
          <Button type="submit" disabled={!isLinkOrEmpty(values.trackingLink)}>
            {dialogsText.mark.SHIPPED}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
