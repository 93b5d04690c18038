import { Fragment } from "react";
import { isMacKeyboard, shortcutGroups } from "../keyboard/shortcutsText";
import { Dialog } from "../ui/Dialog";
import { shellText } from "./shellText";
import classes from "./ShortcutsDialog.module.css";

/** Lists the keyboard shortcuts. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={shellText.shortcuts} onClose={onClose}>
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
