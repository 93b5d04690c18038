import { Button, Group, NumberInput, Popover, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { OrderLine } from "../orders/types";
import type { Picking } from "./usePicking";

type ReportLossProps = { line: OrderLine; picking: Picking };

/** Says that pieces are not in the bin, or not fit to send. What was said last can be taken back. */
export function ReportLoss({ line, picking }: ReportLossProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [quantity, setQuantity] = useState(1);
  const [reported, setReported] = useState<{ quantity: number; reason: string } | null>(null);
  const send = (reason: "missing" | "damaged") => {
    picking.report.run(line.lineId, quantity, reason);
    setReported({ quantity, reason });
    setIsOpen(false);
    setQuantity(1);
  };
  const isTaken = picking.failure === null && reported !== null;
  return (
    <div className="report">
      {line.reservedQuantity > 0 && (
        <Popover opened={isOpen} onChange={setIsOpen} trapFocus position="bottom-start" shadow="md">
          <Popover.Target>
            <Button
              variant="subtle"
              size="compact-sm"
              h={44}
              px={8}
              fw={500}
              aria-label={`Missing or damaged: ${line.itemName}`}
              onClick={() => setIsOpen(!isOpen)}
            >
              Missing or damaged …
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="sm" maw={280}>
              <NumberInput
                label="How many pieces"
                size="md"
                min={1}
                max={line.reservedQuantity}
                allowDecimal={false}
                clampBehavior="strict"
                value={quantity}
                onChange={(value) => setQuantity(Math.max(1, Number(value) || 1))}
              />
              <Text size="sm" className="soft">
                They leave the stock on hand, so that nobody else is promised them.
              </Text>
              <Group grow>
                <Button variant="default" h={44} onClick={() => send("missing")}>
                  Missing
                </Button>
                <Button variant="default" h={44} onClick={() => send("damaged")}>
                  Damaged
                </Button>
              </Group>
            </Stack>
          </Popover.Dropdown>
        </Popover>
      )}
      {isTaken && (
        <span role="status">
          {reported.quantity} reported {reported.reason}.{" "}
          <Button
            variant="subtle"
            size="compact-md"
            h={44}
            onClick={() => {
              picking.undoReport.run(line.lineId, reported.quantity);
              setReported(null);
            }}
          >
            Undo
          </Button>
        </span>
      )}
    </div>
  );
}
