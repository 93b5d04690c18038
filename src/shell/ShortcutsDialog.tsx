import { Fragment } from "react";
import { isMacKeyboard, shortcutGroups } from "../keyboard/shortcutsText";
import { Dialog } from "../ui/Dialog";
import classes from "./ShortcutsDialog.module.css";

/** Lists the keyboard shortcuts. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      {shortcutGroups(isMacKeyboard()).map(({ title, shortcuts }) => (
        <section key={title}>
          <h3 className={classes.title}>{title}</h3>
          <dl className={classes.shortcuts}>
            {shortcuts.map(({ command, keys, description }) => (
              <Fragment key={command}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key} className={classes.key}>
                      {key}
                    </kbd>
                  ))}
                </dt>
                <dd>{description}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
