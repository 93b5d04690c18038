import { Checkbox } from "@mantine/core";
import { selectAllText } from "./selectionText";
import type { Selection } from "./useSelection";

/** Selects every order in the view, or clears the selection. `count`: orders loaded. */
export function SelectAllCheckbox({ selection, count }: { selection: Selection; count: number }) {
  const { selected, isAll, toggleAll } = selection;
  return (
    <Checkbox
      aria-label={selectAllText(selected.length > 0)}
      title={selectAllText(selected.length > 0)}
      disabled={count === 0}
      checked={isAll}
      indeterminate={selected.length > 0 && !isAll}
      onChange={toggleAll}
    />
  );
}
