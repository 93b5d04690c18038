import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { focusFirstRow } from "../keyboard/focus";
import { useCommand } from "../keyboard/registry";
import classes from "./SearchField.module.css";
import { uiText } from "./uiText";

/** Long enough to skip most keystrokes of a word, short enough to feel immediate. */
const DEBOUNCE_MS = 200;

type SearchFieldProps = {
  /** The search text in the URL. */
  search: string;
  label: string;
  placeholder: string;
  /** Called with the trimmed text once typing has paused. */
  onSearch: (text: string) => void;
};

/** A search field whose text is kept in the URL. The command "search" moves the focus to it, Enter and arrow down on to the first row. */
export function SearchField({ search, label, placeholder, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(search);
  const [previousSearch, setPreviousSearch] = useState(search);
  if (search !== previousSearch) {
    // The URL changed: either through this field, whose text is newer, or through a link, whose text the
    // field takes over.
    setPreviousSearch(search);
    if (search !== typed.trim()) setTyped(search);
  }
  const field = useRef<HTMLInputElement>(null);
  useCommand("search", () => field.current?.focus());
  const searchDebounced = useDebouncedCallback(onSearch, DEBOUNCE_MS);
  return (
    <TextInput
      ref={field}
      className={classes.field}
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={18} aria-hidden />}
      value={typed}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "ArrowDown") return;
        event.preventDefault();
        focusFirstRow();
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        searchDebounced(event.currentTarget.value.trim());
      }}
      rightSection={
        typed !== "" && (
          <CloseButton
            aria-label={uiText.clearSearch}
            onClick={() => {
              setTyped("");
              // Debounced like typing, so that a pending search cannot run after this one and restore the old text.
              searchDebounced("");
            }}
          />
        )
      }
    />
  );
}
