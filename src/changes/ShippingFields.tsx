import { Stack, TextInput } from "@mantine/core";
import { dialogsText } from "./dialogsText";
import { isLinkOrEmpty, type ShippingValues } from "./shipping";

type ShippingFieldsProps = { values: ShippingValues; onChange: (values: ShippingValues) => void };

/** Tracking number, link and date of a parcel. */
export function ShippingFields({ values, onChange }: ShippingFieldsProps) {
  const isLinkFine = isLinkOrEmpty(values.trackingLink);
  return (
    <Stack gap="sm">
      <TextInput
        label={dialogsText.ship.trackingNumber}
        data-autofocus
        maxLength={200}
        value={values.trackingNumber}
        onChange={(event) => onChange({ ...values, trackingNumber: event.currentTarget.value })}
      />
      <TextInput
        label={dialogsText.ship.trackingLink}
        inputMode="url"
        maxLength={1000}
        placeholder="https://"
        error={isLinkFine ? null : dialogsText.ship.badLink}
        value={values.trackingLink}
        onChange={(event) => onChange({ ...values, trackingLink: event.currentTarget.value })}
      />
      <TextInput
        label={dialogsText.ship.shippedOn}
        type="date"
        value={values.date}
        onChange={(event) => onChange({ ...values, date: event.currentTarget.value })}
      />
    </Stack>
  );
}
