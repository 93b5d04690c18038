import { ActionIcon, Button, Group, NativeSelect, NumberInput, Stack, Text } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { isBin } from "../orders/lineWords";
import text from "../ui/text.module.css";
import { lossReasons } from "./lossReasons";
import type { WalkLine } from "./walkList";

export type Report = {
  lineId: WalkLine["lineId"];
  quantity: number;
  reason: (typeof lossReasons)[number];
};

type ReportFormProps = { lines: readonly WalkLine[]; onSend: (report: Report) => void };

function Stepper({ value, most, onChange }: { value: number; most: number; onChange: (n: number) => void }) {
  const within = (wanted: number) => Math.min(most, Math.max(1, wanted));
  return (
    <Group gap="xs" align="end" wrap="nowrap">
      <NumberInput
        label="How many pieces"
        min={1}
        max={most}
        allowDecimal={false}
        hideControls
        inputMode="numeric"
        value={value}
        onChange={(typed) => onChange(within(Number(typed) || 1))}
      />
      <ActionIcon aria-label="One fewer" disabled={value <= 1} onClick={() => onChange(within(value - 1))}>
        <IconMinus size={18} />
      </ActionIcon>
      <ActionIcon aria-label="One more" disabled={value >= most} onClick={() => onChange(within(value + 1))}>
        <IconPlus size={18} />
      </ActionIcon>
    </Group>
  );
}

/** What becomes of the order, before it is said. */
function consequence(quantity: number, spare: number): string {
  const short = Math.max(0, quantity - spare);
  const left = spare > 0 ? `The bin should have ${spare} to spare. ` : "";
  if (short === 0) return `${left}Take ${quantity === 1 ? "one" : quantity} of them instead.`;
  return `${left}The order will be ${short} short.`;
}

/** How many pieces, of which order where several want them, and whether they are missing or damaged. */
export function ReportForm({ lines, onSend }: ReportFormProps) {
  const { businessAccountId } = useBusiness();
  const last = lines.at(-1);
  const [chosenId, setChosenId] = useState(last?.lineId);
  const [wanted, setWanted] = useState(1);
  const line = lines.find(({ lineId }) => lineId === chosenId) ?? last;
  const spare = useQuery(
    api.orders.picking.spare,
    line ? { businessAccountId, lineId: line.lineId } : "skip",
  );
  if (!line) return null;
  const most = line.reservedQuantity + (spare ?? 0);
  const quantity = Math.min(wanted, most);
  return (
    <Stack gap="sm" maw={300}>
      {lines.length > 1 && (
        <NativeSelect
          label="For which order"
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
        {isBin(line.location) ? `${line.location} · ` : ""}
        {line.partNumber} {line.itemName}
      </Text>
      <Stepper value={quantity} most={most} onChange={setWanted} />
      <Text size="sm">
        {spare !== undefined && consequence(quantity, spare)}{" "}
        <span className={text.soft}>Reported pieces are taken off your stock.</span>
      </Text>
      {spare !== undefined && spare > 0 && quantity < most && (
        <Button variant="subtle" onClick={() => setWanted(most)}>
          The bin is empty: all {most}
        </Button>
      )}
      <Group grow>
        {lossReasons.map((reason) => (
          <Button
            key={reason}
            variant="default"
            onClick={() => onSend({ lineId: line.lineId, quantity, reason })}
          >
            {reason === "missing" ? "Missing" : "Damaged"}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
