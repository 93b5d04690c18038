import { IconAlertTriangle, IconCheck, IconClock, IconRefresh } from "@tabler/icons-react";
import type { Notification } from "./notification";
import classes from "./NotificationStatus.module.css";
import { statusLabel } from "./notificationText";

const icons = { good: IconCheck, warn: IconRefresh, bad: IconAlertTriangle, soft: IconClock };

/** The status of a notification, as an icon and a label. */
export function NotificationStatus({ notification }: { notification: Notification }) {
  const { tone, text } = statusLabel(notification);
  const Icon = icons[tone];
  return (
    <span className={classes.status} data-tone={tone}>
      <Icon size={16} aria-hidden />
      {text}
    </span>
  );
}
