import { Alert, Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import print from "../ui/print.module.css";
import { tickText } from "./pickedText";
import classes from "./TickNotices.module.css";
import { dismissNotices } from "./tickNotices";
import type { Picking } from "./usePicking";

/** What to do about ticks that could not be stored, until the picker says that it is done. Renders nothing while there is nothing. */
export function TickNotices({ notices }: Pick<Picking, "notices">) {
  if (notices.length === 0) return null;
  return (
    <Alert
      className={`${classes.notices} ${print.hidden}`}
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      role="alert"
    >
      {notices.map(({ id, message }) => (
        <div key={id}>{message}</div>
      ))}
      <Button variant="default" h={44} mt="xs" onClick={() => dismissNotices(notices.map(({ id }) => id))}>
        {tickText.dismiss}
      </Button>
    </Alert>
  );
}
