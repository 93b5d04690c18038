import { Button } from "@mantine/core";
import { IconListCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { tickText } from "./pickedText";

type PickAllButtonProps = { orderNumbers: readonly number[] };

/** Begins a walk for the orders that are ready, so that nobody has to select them first. */
export default function PickAllButton({ orderNumbers }: PickAllButtonProps) {
  return (
    <Button
      // Once orders are selected, "Pick list" in their bar is the next thing to do.
      variant="light"
      leftSection={<IconListCheck size={18} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/pick" search={{ orders: orderNumbers.join("-") }} />}
    >
      {tickText.pickOrders(orderNumbers.length)}
    </Button>
  );
}
