import { IconAlertTriangle, IconCheck, IconClock, IconRefresh } from "@tabler/icons-react";
import classes from "./DeliveryState.module.css";
import { stateOf, type Delivery } from "./view";

const icons = { good: IconCheck, warn: IconRefresh, bad: IconAlertTriangle, soft: IconClock };

/** How a delivery stands, by shape and word. */
export function DeliveryState({ delivery }: { delivery: Delivery }) {
  const { tone, text } = stateOf(delivery);
  const Icon = icons[tone];
  return (
    <span className={classes.state} data-tone={tone}>
      <Icon size={16} aria-hidden />
      {text}
    </span>
  );
}
