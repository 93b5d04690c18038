import { Button } from "@mantine/core";
import { IconDownload, IconListCheck } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { SelectionChanges } from "../changes/SelectionChanges";
import { PraiseSelected } from "../correspondence/PraiseSelected";
import { PrintMenu } from "../parcels/PrintMenu";
import classes from "./SelectionBar.module.css";
import type { OrderRow } from "./types";
import { PICK_LIST_ORDERS_MAX } from "./useSelection";

type SelectionBarProps = { selected: readonly OrderRow[]; onClear: () => void };

/** The actions on the selected orders: pick list, status, praise, export, clear. */
export default function SelectionBar({ selected, onClear }: SelectionBarProps) {
  const navigate = useNavigate();
  const orders = selected.map(({ orderNumber }) => orderNumber).join("-");
  return (
    <div className={classes.bar} role="toolbar" aria-label="Selected orders" data-selection-bar>
      <strong role="status">
        {selected.length === 1 ? "1 order" : `${selected.length} orders`} selected
      </strong>
      <Button
        leftSection={<IconListCheck size={18} aria-hidden />}
        disabled={selected.length > PICK_LIST_ORDERS_MAX}
        onClick={() => void navigate({ to: "/pick", search: { orders } })}
      >
        {selected.length > PICK_LIST_ORDERS_MAX ? `Pick list: ${PICK_LIST_ORDERS_MAX} at most` : "Pick list"}
      </Button>
      <SelectionChanges selected={selected} />
      <PraiseSelected selected={selected} />
      <PrintMenu orderNumbers={selected.map(({ orderNumber }) => orderNumber)} />
      <Button
        variant="default"
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() => void import("./csv").then(({ downloadOrders }) => downloadOrders(selected))}
      >
        Export CSV
      </Button>
      <Button variant="subtle" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
