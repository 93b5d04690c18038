import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import classes from "./FilterBar.module.css";
import type { FilterFormProps } from "./FilterForm";
import { activeFilters, filterText } from "./filterText";
import { statusText } from "../statusText";

/** One active filter, which a click removes. */
function FilterChip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button
      variant="light"
      px="sm"
      rightSection={<IconX size={16} aria-hidden />}
      aria-label={filterText.remove(label)}
      onClick={onRemove}
    >
      {label}
    </Button>
  );
}

/** The active filters, beside the button that opens them. */
export default function FilterChips({
  view,
  onStatus,
  onFilters,
}: Pick<FilterFormProps, "view" | "onStatus" | "onFilters">) {
  return (
    <div className={classes.chips}>
      {view.status !== null && <FilterChip label={statusText(view.status)} onRemove={() => onStatus(null)} />}
      {activeFilters(view.filters).map(({ name, label }) => (
        <FilterChip key={name} label={label} onRemove={() => onFilters({ [name]: null })} />
      ))}
    </div>
  );
}
