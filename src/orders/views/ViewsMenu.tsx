import { ActionIcon, Button, Group, Menu, TextInput } from "@mantine/core";
import { IconBookmark, IconBookmarkFilled, IconTrash } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useBusiness } from "../../account/business";
import { Dialog } from "../../ui/Dialog";
import { uiText } from "../../ui/uiText";
import { isSameView, readViews, saveViews, viewSearchOf, withView, type SavedView } from "./savedViews";
import classes from "./ViewsMenu.module.css";
import { viewsText } from "./viewsText";

/** The views that a person named: opens one, saves the present one, deletes one. */
export default function ViewsMenu() {
  const { businessAccountId } = useBusiness();
  const search = useSearch({ from: "/" });
  const navigate = useNavigate({ from: "/" });
  const [views, setViews] = useState(() => readViews(businessAccountId));
  const [isNaming, setIsNaming] = useState(false);
  const [deleted, setDeleted] = useState<SavedView | null>(null);
  const present = views.find((view) => isSameView(view.search, search));
  const change = (next: SavedView[]) => {
    saveViews(businessAccountId, next);
    setViews(next);
  };
  const Icon = present ? IconBookmarkFilled : IconBookmark;
  return (
    <>
      <Menu position="bottom-end" width={280} onClose={() => setDeleted(null)}>
        <Menu.Target>
          <ActionIcon
            aria-label={viewsText.saved}
            title={present ? viewsText.present(present.name) : viewsText.saved}
          >
            <Icon size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{views.length === 0 ? viewsText.none : viewsText.saved}</Menu.Label>
          {views.map((view) => (
            <div key={view.name} className={classes.view}>
              <Menu.Item
                aria-current={view === present || undefined}
                onClick={() => void navigate({ search: view.search })}
              >
                {view.name}
              </Menu.Item>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={viewsText.deleteView(view.name)}
                title={viewsText.delete}
                onClick={() => {
                  setDeleted(view);
                  change(views.filter((other) => other !== view));
                }}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </div>
          ))}
          {deleted && (
            <Menu.Item
              closeMenuOnClick={false}
              onClick={() => {
                change(withView(views, deleted));
                setDeleted(null);
              }}
            >
              {viewsText.undoDelete(deleted.name)}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item onClick={() => setIsNaming(true)}>{viewsText.saveShown}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isNaming && (
        <NameDialog
          takenNames={views.map(({ name }) => name)}
          onClose={() => setIsNaming(false)}
          onName={(name) => change(withView(views, { name, search: viewSearchOf(search) }))}
        />
      )}
    </>
  );
}

/** Characters of a name: what the menu shows in one line. */
const NAME_MAX = 40;

type NameDialogProps = { takenNames: string[]; onClose: () => void; onName: (name: string) => void };

function NameDialog({ takenNames, onClose, onName }: NameDialogProps) {
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  return (
    <Dialog title={viewsText.saveTitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name === "") return;
          onName(name);
          onClose();
        }}
      >
        <TextInput
          data-autofocus
          label={viewsText.name}
          placeholder={viewsText.nameExample}
          maxLength={NAME_MAX}
          value={typed}
          description={takenNames.includes(name) ? viewsText.replaces : viewsText.kept}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {uiText.cancel}
          </Button>
          <Button type="submit" disabled={name === ""}>
            {viewsText.save}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
