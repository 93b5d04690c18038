import { Button, NativeSelect, NumberInput, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import classes from "./AdjustForm.module.css";
import {
  adjustmentEffectText,
  adjustmentErrorText,
  adjustmentReasons,
  adjustmentText,
  adjustmentTitle,
  type AdjustmentReason,
} from "./adjustmentText";
import type { Lot } from "./lot";

type AdjustFormProps = { businessAccountId: Business["businessAccountId"]; lot: Lot };

/** Takes down a count: how many pieces of a lot are on hand. The reason and the note are recorded in the ledger. */
export function AdjustForm({ businessAccountId, lot }: AdjustFormProps) {
  const adjust = useAsyncTask(useMutation(api.orders.allocation.adjustments.adjust));
  const [onHandInput, setOnHandInput] = useState<number | string>(lot.onHand);
  const [reason, setReason] = useState<AdjustmentReason>("counted");
  const [note, setNote] = useState("");
  // Null while the field is empty, for which Mantine passes an empty string.
  const newOnHand = typeof onHandInput === "number" ? onHandInput : null;
  const error = adjustmentErrorText(lot, newOnHand);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (newOnHand === null || error !== null) return;
    adjust.run({
      businessAccountId,
      lotId: lot.lotId,
      onHand: newOnHand,
      // The backend rejects the adjustment if the quantity has changed since it was shown.
      seenOnHand: lot.onHand,
      reason,
      note,
    });
  };
  return (
    <section>
      <Title order={3} mb="xs">
        {adjustmentTitle(lot)}
      </Title>
      <form className={classes.form} noValidate onSubmit={submit}>
        <NumberInput
          label={adjustmentText.onHand}
          min={0}
          hideControls
          inputMode="numeric"
          allowDecimal={false}
          allowNegative={false}
          error={error}
          value={onHandInput}
          onChange={setOnHandInput}
        />
        <NativeSelect
          label={adjustmentText.reason}
          data={adjustmentReasons}
          value={reason}
          onChange={({ currentTarget }) => {
            const chosen = adjustmentReasons.find(({ value }) => value === currentTarget.value);
            if (chosen) setReason(chosen.value);
          }}
        />
        <TextInput
          className={classes.wide}
          label={adjustmentText.note}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Text className={classes.wide} size="sm" role="status">
          {error === null && newOnHand !== null && adjustmentEffectText(lot, newOnHand)}
        </Text>
        <ErrorAlert message={adjust.errorMessage} />
        <Button
          className={classes.wide}
          type="submit"
          size="md"
          loading={adjust.isRunning}
          disabled={error !== null}
        >
          {adjustmentText.count}
        </Button>
      </form>
    </section>
  );
}
