import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

const TYPING_PAUSE_MS = 200;

type LotSearchProps = { search: string; onSearch: (typed: string) => void };

export function LotSearch({ search, onSearch }: LotSearchProps) {
  const [typed, setTyped] = useState(search);
  const [known, setKnown] = useState(search);
  if (search !== known) {
    // The address changed: by this field, which is ahead of it already, or by a link, which the field follows.
    setKnown(search);
    if (search !== typed.trim()) setTyped(search);
  }
  const searchSoon = useDebouncedCallback(onSearch, TYPING_PAUSE_MS);
  return (
    <TextInput
      className="inventory-search"
      aria-label="Search by part number, bin or name"
      placeholder="Part number, bin or name"
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={
        typed !== "" && (
          <CloseButton
            aria-label="Clear the search"
            onClick={() => {
              setTyped("");
              // By the same way as typing, so that nothing typed before comes after it.
              searchSoon("");
            }}
          />
        )
      }
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        searchSoon(event.currentTarget.value.trim());
      }}
    />
  );
}
