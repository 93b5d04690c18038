import { NativeSelect, Stack, TextInput } from "@mantine/core";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { dialogsText } from "./dialogsText";
import { isLinkOrEmpty, type DecidedShipping, type ShippingValues } from "./shipping";

type ShippingFieldsProps = {
  decided: DecidedShipping;
  values: ShippingValues;
  onChange: (values: ShippingValues) => void;
};

/** Tracking number, link and date of a parcel, and how it is sent. */
export function ShippingFields({ decided, values, onChange }: ShippingFieldsProps) {
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
      <MethodField decided={decided} values={values} onChange={onChange} />
    </Stack>
  );
}

/** The methods that the store offers, that of the parcel first. Renders nothing where no other is known. */
function MethodField({ decided, values, onChange }: ShippingFieldsProps) {
  const { businessAccountId } = useBusiness();
  const methods = useQuery(api.marketplaces.bricklink.sync.shippingMethods.list, { businessAccountId }) ?? [];
  const isOwn = ({ methodId }: { methodId: number }) => methodId === decided.shippingMethodId;
  const others = methods.filter((method) => method.isAvailable && !isOwn(method));
  if (others.length === 0) return null;
  const ownName = methods.find(isOwn)?.name ?? decided.shippingMethod ?? dialogsText.ship.noMethod;
  const own = { value: "", label: ownName };
  return (
    <NativeSelect
      label={dialogsText.ship.method}
      description={dialogsText.ship.methodHint}
      data={[own, ...others.map(({ methodId, name }) => ({ value: String(methodId), label: name }))]}
      value={values.methodId ?? ""}
      onChange={({ currentTarget: { value } }) =>
        onChange({ ...values, methodId: value === "" ? null : Number(value) })
      }
    />
  );
}
