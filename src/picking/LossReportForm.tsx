import { ActionIcon, Button, Group, NativeSelect, NumberInput, Stack, Text } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { isKnownBin } from "../orders/bins";
import text from "../ui/text.module.css";
import { lossConsequenceText, lossReasons, lossWords, type LossReason } from "./lossText";
import type { PickListLine } from "./pickList";

export type LossReport = {
  lineId: PickListLine["lineId"];
  /** Pieces. */
  quantity: number;
  reason: LossReason;
};

type QuantityFieldProps = {
  label?: string;
  value: number;
  max: number;
  onChange: (quantity: number) => void;
};

/** A number of pieces from 1 to `max`, typed or stepped. */
export function QuantityField({ label = lossWords.howMany, value, max, onChange }: QuantityFieldProps) {
  const clamp = (quantity: number) => Math.min(max, Math.max(1, quantity));
  return (
    <Group gap="xs" align="end" wrap="nowrap">
      <NumberInput
        label={label}
        min={1}
        max={max}
        allowDecimal={false}
        hideControls
        inputMode="numeric"
        value={value}
        onChange={(typed) => onChange(clamp(Number(typed) || 1))}
      />
      <ActionIcon
        aria-label={lossWords.oneFewer}
        disabled={value <= 1}
        onClick={() => onChange(clamp(value - 1))}
      >
        <IconMinus size={18} />
      </ActionIcon>
      <ActionIcon
        aria-label={lossWords.oneMore}
        disabled={value >= max}
        onClick={() => onChange(clamp(value + 1))}
      >
        <IconPlus size={18} />
      </ActionIcon>
    </Group>
  );
}

type LossReportFormProps = { lines: readonly PickListLine[]; onSend: (report: LossReport) => void };

/** Asks how many pieces are lost, for which order if there are several, and whether they are missing or damaged. */
export function LossReportForm({ lines, onSend }: LossReportFormProps) {
  const { businessAccountId } = useBusiness();
  const last = lines.at(-1);
  const [chosenId, setChosenId] = useState(last?.lineId);
  const [enteredQuantity, setEnteredQuantity] = useState(1);
  const line = lines.find(({ lineId }) => lineId === chosenId) ?? last;
  const spare = useQuery(
    api.orders.picking.losses.spare,
    line ? { businessAccountId, lineId: line.lineId } : "skip",
  );
  if (!line) return null;
  const max = line.reservedQuantity + (spare ?? 0);
  const quantity = Math.min(enteredQuantity, max);
  return (
    <Stack gap="sm" maw={300}>
      {lines.length > 1 && (
        <NativeSelect
          label={lossWords.whichOrder}
          value={line.lineId}
          onChange={({ currentTarget: { value } }) =>
            setChosenId(lines.find(({ lineId }) => lineId === value)?.lineId)
          }
          data={lines.map(({ lineId, orderNumber, reservedQuantity }) => ({
            value: lineId,
            label: `${orderNumber} (${reservedQuantity})`,
          }))}
        />
      )}
      <Text fw={600}>
        {isKnownBin(line.location) ? `${line.location} · ` : ""}
        {line.partNumber} {line.itemName}
      </Text>
      <QuantityField value={quantity} max={max} onChange={setEnteredQuantity} />
      <Text size="sm">
        {spare !== undefined && lossConsequenceText(quantity, spare)}{" "}
        <span className={text.soft}>{lossWords.offStock}</span>
      </Text>
      {spare !== undefined && spare > 0 && quantity < max && (
        <Button variant="subtle" onClick={() => setEnteredQuantity(max)}>
          {lossWords.binEmpty(max)}
        </Button>
      )}
      <Group grow>
        {lossReasons.map((reason) => (
          <Button
            key={reason}
            variant="default"
            onClick={() => onSend({ lineId: line.lineId, quantity, reason })}
          >
            {lossWords.reasons[reason]}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
