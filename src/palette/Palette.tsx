import { Modal, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useId, useState, type KeyboardEvent } from "react";
import { useLayer } from "../keyboard/registry";
import type { AccountMenuProps } from "../shell/AccountMenu";
import { ErrorAlert } from "../ui/ErrorAlert";
import text from "../ui/text.module.css";
import { findEntries, groupNames, inGroups, neighbour, orderNumberIn, type Entry } from "./entries";
import classes from "./Palette.module.css";
import { paletteText } from "./paletteText";
import { useActions } from "./useActions";
import { useFetchOrder } from "./useFetchOrder";
import { useFound } from "./useFound";

type PaletteProps = { account: AccountMenuProps; onClose: () => void };

/**
 * Finds orders, lots, screens and actions. Its list is a listbox that the field controls, so that a screen reader names the entry that
 * Enter would run.
 */
export default function Palette({ account, onClose }: PaletteProps) {
  const { business } = account;
  const [typed, setTyped] = useState("");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const listId = useId();
  const found = useFound(business.businessAccountId, typed);
  const actions = useActions(account);
  const fetchOrder = useFetchOrder(business, typed, setTyped, onClose);
  useLayer("dialog", onClose);

  const orderNumber = orderNumberIn(typed);
  const isHere = found.entries.some(({ id }) => id === `order ${orderNumber}`);
  // Until it is known whether the order is here, Enter must not fetch it.
  const isFetchOffered = fetchOrder.entry !== null && (orderNumber === null || (found.isComplete && !isHere));
  const listed = inGroups([
    ...found.entries,
    ...findEntries([...(isFetchOffered && fetchOrder.entry ? [fetchOrder.entry] : []), ...actions], typed),
  ]);
  const chosen = listed.find(({ id }) => id === chosenId) ?? listed[0];
  const optionId = ({ id }: Entry) => `${listId} ${id}`.replaceAll(/\W/g, "-");

  const run = (entry: Entry) => {
    if (entry.staysOpen !== true) onClose();
    entry.run();
  };
  const choose = (id: string | null) => {
    setChosenId(id);
    const entry = listed.find((each) => each.id === id);
    if (entry) document.getElementById(optionId(entry))?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(neighbour(listed, chosen?.id ?? null, event.key === "ArrowDown" ? 1 : -1));
    }
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <Modal.Root opened onClose={onClose} size="lg" centered={false} yOffset="12dvh">
      <Modal.Overlay />
      <Modal.Content aria-label={paletteText.title}>
        <TextInput
          data-autofocus
          role="combobox"
          aria-label={paletteText.title}
          aria-expanded={listed.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen && optionId(chosen)}
          placeholder={paletteText.placeholder}
          leftSection={<IconSearch size={18} aria-hidden />}
          classNames={{ input: classes.field }}
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setChosenId(null);
          }}
          onKeyDown={onKeyDown}
        />
        <div className={text.visuallyHidden} role="status">
          {found.isComplete && typed !== "" && paletteText.found(listed.length)}
        </div>
        <ErrorAlert message={fetchOrder.errorMessage} />
        {listed.length === 0 && found.isComplete && (
          <p className={classes.nothing}>{paletteText.nothingFound(typed.trim())}</p>
        )}
        <div className={classes.list} id={listId} role="listbox" aria-label={paletteText.title}>
          {groupNames.map((group) => {
            const entries = listed.filter((entry) => entry.group === group);
            if (entries.length === 0) return null;
            return (
              <div key={group} role="group" aria-label={paletteText.groups[group]}>
                <div className={classes.group} aria-hidden="true">
                  {paletteText.groups[group]}
                </div>
                {entries.map((entry) => (
                  <Option
                    key={entry.id}
                    id={optionId(entry)}
                    entry={entry}
                    isChosen={entry === chosen}
                    onChoose={() => setChosenId(entry.id)}
                    onRun={() => run(entry)}
                  />
                ))}
              </div>
            );
          })}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

type OptionProps = {
  id: string;
  entry: Entry;
  isChosen: boolean;
  onChoose: () => void;
  onRun: () => void;
};

function Option({ id, entry, isChosen, onChoose, onRun }: OptionProps) {
  return (
    // The focus stays in the field, which acts on the keys.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      className={classes.option}
      aria-selected={isChosen}
      onMouseMove={onChoose}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      <span className={classes.label}>{entry.label}</span>
      {entry.detail !== undefined && <span className={classes.detail}>{entry.detail}</span>}
      {entry.keys !== undefined && <kbd className={classes.keys}>{entry.keys}</kbd>}
    </div>
  );
}
