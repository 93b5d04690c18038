import { Button, NativeSelect, NumberInput, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "convex/react";
import type { FunctionArgs } from "convex/server";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Failure } from "../ui/Failure";
import text from "../ui/text.module.css";
import { useTask } from "../ui/useTask";
import classes from "./AdjustForm.module.css";
import type { StockRow } from "./view";

type Reason = FunctionArgs<typeof api.marketplaces.bricklink.lotChanges.adjust>["reason"];

const reasons: { value: Reason; label: string }[] = [
  { value: "counted", label: "Counted" },
  { value: "found", label: "Found" },
  { value: "missing", label: "Missing" },
  { value: "damaged", label: "Damaged" },
  { value: "returned", label: "A parcel came back" },
  { value: "other", label: "Another reason" },
];

type AdjustFormProps = { businessAccountId: Business["businessAccountId"]; lot: StockRow };

/** What setting on hand to this will do, or why it cannot be. */
function consequence(lot: StockRow, onHand: number): string {
  if (onHand < lot.reserved) {
    return `${lot.reserved} are promised to orders: on hand cannot be less.`;
  }
  if (onHand === lot.onHand) return "The same number again records that it was counted.";
  const available = onHand - lot.reserved;
  const filled = Math.min(available, lot.waiting.quantity);
  const given = filled > 0 ? ` ${filled} of them go to orders that wait.` : "";
  return `On hand ${lot.onHand} → ${onHand}, available ${lot.available} → ${available}.${given}`;
}

/** Sets what is on hand, with the reason that the ledger keeps. */
export function AdjustForm({ businessAccountId, lot }: AdjustFormProps) {
  const adjust = useTask(useMutation(api.marketplaces.bricklink.lotChanges.adjust));
  const [onHand, setOnHand] = useState<number | string>(lot.onHand);
  const [reason, setReason] = useState<Reason>("counted");
  const [note, setNote] = useState("");
  const wanted = typeof onHand === "number" ? onHand : null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (wanted === null) return;
    adjust.run({
      businessAccountId,
      lotId: lot.lotId,
      onHand: wanted,
      seenOnHand: lot.onHand,
      reason,
      note,
    });
  };
  return (
    <section>
      <Title order={3} mb="xs">
        Set what is on hand
      </Title>
      <form className={classes.form} onSubmit={submit}>
        <NumberInput
          label="On hand"
          min={0}
          allowDecimal={false}
          allowNegative={false}
          value={onHand}
          onChange={setOnHand}
        />
        <NativeSelect
          label="Reason"
          data={reasons}
          value={reason}
          onChange={({ currentTarget }) => {
            const chosen = reasons.find(({ value }) => value === currentTarget.value);
            if (chosen) setReason(chosen.value);
          }}
        />
        <TextInput
          className={classes.wide}
          label="Note"
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Text className={classes.wide} size="sm" role="status">
          {wanted === null ? "Enter a number." : consequence(lot, wanted)}{" "}
          <span className={text.soft}>
            Change it on BrickLink too: the next import brings back what is listed there.
          </span>
        </Text>
        <Failure message={adjust.failure} />
        <Button
          className={classes.wide}
          type="submit"
          size="md"
          loading={adjust.isRunning}
          disabled={wanted === null || wanted < lot.reserved}
        >
          Set on hand
        </Button>
      </form>
    </section>
  );
}
