import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRef, useState } from "react";
import classes from "./SearchField.module.css";

const TYPING_PAUSE_MS = 200;

/** Of the list that is searched: Enter and arrow down lead there. */
const FIRST_ROW = "tr[tabindex='0']";

type SearchFieldProps = {
  /** What the address says is searched. */
  search: string;
  label: string;
  placeholder: string;
  /** Told what was typed, after a pause. */
  onSearch: (text: string) => void;
};

/** A search that the address holds and "/" leads to. */
export function SearchField({ search, label, placeholder, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(search);
  const [known, setKnown] = useState(search);
  if (search !== known) {
    // The address changed: by this field, which is ahead of it already, or by a tab or a link, which the field follows.
    setKnown(search);
    if (search !== typed.trim()) setTyped(search);
  }
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => field.current?.focus()]]);
  const searchLater = useDebouncedCallback(onSearch, TYPING_PAUSE_MS);
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
        document.querySelector<HTMLElement>(FIRST_ROW)?.focus();
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        searchLater(event.currentTarget.value.trim());
      }}
      rightSection={
        typed !== "" && (
          <CloseButton
            aria-label="Clear the search"
            onClick={() => {
              setTyped("");
              // By the same way as typing, so that nothing typed before comes after it.
              searchLater("");
            }}
          />
        )
      }
    />
  );
}
