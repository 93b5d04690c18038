import { Checkbox } from "@mantine/core";
import { PICK_LIST_ORDERS_MAX, type Selection } from "./useSelection";

/** Selects or clears the first orders of the table. `count`: orders loaded. */
export function SelectAllCheckbox({ selection, count }: { selection: Selection; count: number }) {
  const { selected, toggleFirst } = selection;
  const areAllSelected = selected.length > 0 && selected.length === Math.min(count, PICK_LIST_ORDERS_MAX);
  return (
    <Checkbox
      aria-label={
        count > PICK_LIST_ORDERS_MAX ? `Select the first ${PICK_LIST_ORDERS_MAX} orders` : "Select all orders"
      }
      disabled={count === 0}
      checked={areAllSelected}
      indeterminate={selected.length > 0 && !areAllSelected}
      onChange={toggleFirst}
    />
  );
}
