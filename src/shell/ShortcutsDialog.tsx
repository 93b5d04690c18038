import { Fragment } from "react";
import { isMacKeyboard, shortcutGroups } from "../keyboard/shortcutsText";
import { Dialog } from "../ui/Dialog";
import text from "../ui/text.module.css";
import { shellText } from "./shellText";
import classes from "./ShortcutsDialog.module.css";

/** The keys that are pressed together or one after the other, each on its cap. */
function Keys({ keys }: { keys: string }) {
  return keys.split(" ").map((key) => (
    <kbd key={key} className={classes.key}>
      {key}
    </kbd>
  ));
}

/** Lists the keyboard shortcuts. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={shellText.shortcuts} onClose={onClose} isWide>
      <div className={classes.sections}>
        {shortcutGroups(isMacKeyboard()).map(({ title, shortcuts }) => (
          <section key={title} className={classes.section}>
            <h3 className={classes.title}>{title}</h3>
            <dl className={classes.shortcuts}>
              {shortcuts.map(({ command, keys, description }) => (
                <Fragment key={command}>
                  <dt>
                    {keys.map((key, index) => (
                      <Fragment key={key}>
                        {index > 0 && <span className={text.soft}> / </span>}
                        <Keys keys={key} />
                      </Fragment>
                    ))}
                  </dt>
                  <dd>{description}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
