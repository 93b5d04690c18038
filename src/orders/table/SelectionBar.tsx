import { ActionIcon, Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload, IconListCheck, IconX } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { SelectionChanges } from "../../changes/SelectionChanges";
import { PraiseSelected } from "../../correspondence/PraiseSelected";
import { PrintMenu } from "../../parcels/PrintMenu";
import classes from "./SelectionBar.module.css";
import { batchText, selectedText, selectionText } from "./selectionText";
import type { Selection } from "./useSelection";

/** The actions on the selected orders: pick list, status, praise, print, export, clear. */
export default function SelectionBar({ selection }: { selection: Selection }) {
  const { selected, batch, isLoading, goToBatch, clear } = selection;
  const navigate = useNavigate();
  const batchNumbers = batch.items.map(({ orderNumber }) => orderNumber);
  return (
    <div className={classes.bar} role="toolbar" aria-label={selectionText.bar} data-selection-bar>
      <strong role="status">{selectedText({ ...selection, count: selected.length })}</strong>
      {batch.count > 1 && !isLoading && (
        <span className={classes.batch}>
          <span role="status">{batchText(batch, selected.length)}</span>
          <ActionIcon
            aria-label={selectionText.previousBatch}
            title={selectionText.previousBatch}
            disabled={batch.index === 0}
            onClick={() => goToBatch(batch.index - 1)}
          >
            <IconChevronLeft size={18} />
          </ActionIcon>
          <ActionIcon
            aria-label={selectionText.nextBatch}
            title={selectionText.nextBatch}
            disabled={batch.index === batch.count - 1}
            onClick={() => goToBatch(batch.index + 1)}
          >
            <IconChevronRight size={18} />
          </ActionIcon>
        </span>
      )}
      <Button
        leftSection={<IconListCheck size={18} aria-hidden />}
        disabled={isLoading}
        onClick={() => void navigate({ to: "/pick", search: { orders: batchNumbers.join("-") } })}
      >
        {selectionText.pickList}
      </Button>
      <SelectionChanges selected={selected} />
      <PraiseSelected selected={selected} />
      <PrintMenu orderNumbers={batchNumbers} />
      <Button
        variant="default"
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() => void import("./csv").then(({ downloadOrders }) => downloadOrders(selected))}
      >
        {selectionText.exportCsv}
      </Button>
      <Button variant="subtle" leftSection={<IconX size={18} aria-hidden />} onClick={clear}>
        {selectionText.clear}
      </Button>
    </div>
  );
}
