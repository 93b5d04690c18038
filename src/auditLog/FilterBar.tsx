import { Button, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { SearchField } from "../ui/SearchField";
import { UNKNOWN_PERSON } from "./deedText";
import classes from "./FilterBar.module.css";
import { kindLabels } from "./kindText";
import { kinds, parseAuditLogSearch, type AuditLogSearch } from "./search";

type FilterBarProps = {
  businessAccountId: Business["businessAccountId"];
  search: AuditLogSearch;
  onChange: (search: AuditLogSearch) => void;
};

/** The filters. Those of one order or lot exclude who and what, because each filter is one range of an index. */
export function FilterBar({ businessAccountId, search, onChange }: FilterBarProps) {
  const people = useQuery(api.accounts.auditLog.people, { businessAccountId });
  const { order, lot, ...others } = search;
  const change = (changes: Record<string, unknown>) =>
    onChange(parseAuditLogSearch({ ...search, ...changes }));
  const isWhole = order !== undefined || lot !== undefined;
  const names = (people ?? [])
    .map(({ userId, person }) => ({ value: userId, label: person ?? UNKNOWN_PERSON }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div className={classes.bar}>
      <SearchField
        label="Only this order number"
        placeholder="Order number"
        search={order === undefined ? "" : String(order)}
        onSearch={(typed) =>
          onChange(parseAuditLogSearch({ ...others, order: /^\d+$/.test(typed) ? Number(typed) : undefined }))
        }
      />
      {isWhole ? (
        <div className={classes.whole}>
          {lot !== undefined && (
            <Button
              variant="light"
              rightSection={<IconX size={16} aria-hidden />}
              aria-label="Remove the filter: one lot"
              onClick={() => onChange(others)}
            >
              One lot
            </Button>
          )}
          <Text size="sm" c="dimmed">
            All about this {order === undefined ? "lot" : "order"}, by anybody. Only days narrow it down
            further.
          </Text>
        </div>
      ) : (
        <>
          <NativeSelect
            aria-label="Who"
            data={[{ value: "", label: "Everybody" }, ...names]}
            value={search.who ?? ""}
            onChange={({ currentTarget }) => change({ who: currentTarget.value })}
          />
          <NativeSelect
            aria-label="What"
            data={[
              { value: "", label: "Everything" },
              ...kinds.map((value) => ({ value, label: kindLabels[value] })),
            ]}
            value={search.what ?? ""}
            onChange={({ currentTarget }) => change({ what: currentTarget.value })}
          />
        </>
      )}
      <div className={classes.days}>
        <TextInput
          type="date"
          aria-label="From this day"
          value={search.from ?? ""}
          max={search.until}
          onChange={({ currentTarget }) => change({ from: currentTarget.value })}
        />
        <span aria-hidden>to</span>
        <TextInput
          type="date"
          aria-label="Until this day"
          value={search.until ?? ""}
          min={search.from}
          onChange={({ currentTarget }) => change({ until: currentTarget.value })}
        />
      </div>
    </div>
  );
}
