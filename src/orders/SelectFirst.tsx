import { Checkbox } from "@mantine/core";
import { ORDERS_IN_LIST, type Selection } from "./useSelection";

/** The box over the boxes. */
export function SelectFirst({ selection, count }: { selection: Selection; count: number }) {
  const { selected, toggleFirst } = selection;
  const isAll = selected.length > 0 && selected.length === Math.min(count, ORDERS_IN_LIST);
  return (
    <Checkbox
      aria-label={count > ORDERS_IN_LIST ? `Select the first ${ORDERS_IN_LIST} orders` : "Select all orders"}
      disabled={count === 0}
      checked={isAll}
      indeterminate={selected.length > 0 && !isAll}
      onChange={toggleFirst}
    />
  );
}
