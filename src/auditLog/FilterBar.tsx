import { Button, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { SearchField } from "../ui/SearchField";
import { auditLogText } from "./auditLogText";
import { UNKNOWN_PERSON } from "./deedText";
import classes from "./FilterBar.module.css";
import { kindLabels } from "./kindText";
import { kinds, parseAuditLogSearch, type AuditLogSearch } from "./search";

const filterText = auditLogText.filters;

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
        label={filterText.orderNumber}
        placeholder={filterText.orderNumberPlaceholder}
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
              aria-label={filterText.removeLot}
              onClick={() => onChange(others)}
            >
              {filterText.lot}
            </Button>
          )}
          <Text size="sm" c="dimmed">
            {order === undefined ? filterText.wholeLot : filterText.wholeOrder}
          </Text>
        </div>
      ) : (
        <>
          <NativeSelect
            aria-label={auditLogText.who}
            data={[{ value: "", label: filterText.everybody }, ...names]}
            value={search.who ?? ""}
            onChange={({ currentTarget }) => change({ who: currentTarget.value })}
          />
          <NativeSelect
            aria-label={auditLogText.what}
            data={[
              { value: "", label: filterText.everything },
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
          aria-label={filterText.from}
          value={search.from ?? ""}
          max={search.until}
          onChange={({ currentTarget }) => change({ from: currentTarget.value })}
        />
        <span aria-hidden>{filterText.to}</span>
        <TextInput
          type="date"
          aria-label={filterText.until}
          value={search.until ?? ""}
          min={search.from}
          onChange={({ currentTarget }) => change({ until: currentTarget.value })}
        />
      </div>
    </div>
  );
}
