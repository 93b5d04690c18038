import { Button, Checkbox, Group, NativeSelect, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { paymentStatusText } from "../orders/statusText";
import type { OrderDetail } from "../orders/types";
import { Dialog } from "../ui/Dialog";
import { dialogsText } from "./dialogsText";
import { ShippingFields } from "./ShippingFields";
import { decidedShipping, isLinkOrEmpty, shippingChange, shippingValues } from "./shipping";
import type { Change, Write } from "./types";

export type OtherChange = "shipping" | "payment" | "remarks" | "driveThru";

type OtherChangeFormProps = {
  kind: OtherChange;
  order: OrderDetail;
  writes: readonly Write[];
  onClose: () => void;
  onSend: (change: Change) => void;
};

type PaymentStatus = Extract<Change, { kind: "payment" }>["paymentStatus"];

const paymentStatuses = [
  "None",
  "Sent",
  "Received",
  "Clearing",
  "Returned",
  "Bounced",
  "Completed",
] as const satisfies readonly PaymentStatus[];

/** A dialog for a change that is not the next step of an order. */
export function OtherChangeForm({ kind, order, writes, onClose, onSend }: OtherChangeFormProps) {
  // As it was when the form was opened, so that what a colleague enters meanwhile is not taken for cleared.
  const [decided] = useState(() => decidedShipping(order, writes, Date.now()));
  const [shipping, setShipping] = useState(() => shippingValues(decided, Date.now()));
  const [paymentStatus, setPaymentStatus] = useState<PaymentStatus>("Received" satisfies PaymentStatus);
  const [remarks, setRemarks] = useState(order.remarks ?? "");
  const [isCopyWanted, setIsCopyWanted] = useState(false);
  const change = (): Change | null => {
    switch (kind) {
      case "shipping":
        return isLinkOrEmpty(shipping.trackingLink) ? shippingChange(shipping, decided) : null;
      case "payment":
        return { kind, paymentStatus };
      case "remarks":
        return remarks === (order.remarks ?? "") ? null : { kind, remarks };
      case "driveThru":
        return { kind, isCopyWanted };
    }
  };
  const entered = change();
  return (
    <Dialog title={dialogsText.titles[kind](order.orderNumber)} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          if (entered) onSend(entered);
        }}
      >
        {kind === "shipping" && <ShippingFields decided={decided} values={shipping} onChange={setShipping} />}
        {kind === "payment" && (
          <NativeSelect
            label={dialogsText.payment}
            description={dialogsText.paymentHint}
            data={paymentStatuses.map((value) => ({ value, label: paymentStatusText(value) }))}
            value={paymentStatus}
            onChange={(event) => setPaymentStatus(event.currentTarget.value as PaymentStatus)}
          />
        )}
        {kind === "remarks" && (
          <Textarea
            label={dialogsText.remarks}
            description={dialogsText.remarksHint}
            autosize
            minRows={3}
            maxRows={8}
            maxLength={1000}
            data-autofocus
            value={remarks}
            onChange={(event) => setRemarks(event.currentTarget.value)}
          />
        )}
        {kind === "driveThru" && (
          <>
            <Text>{dialogsText.driveThruHint}</Text>
            <Checkbox
              mt="sm"
              label={dialogsText.withCopy}
              checked={isCopyWanted}
              onChange={(event) => setIsCopyWanted(event.currentTarget.checked)}
            />
          </>
        )}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {dialogsText.cancel}
          </Button>
          <Button type="submit" disabled={entered === null}>
            {dialogsText.send}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
