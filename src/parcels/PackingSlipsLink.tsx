import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { printText } from "./printText";

type PackingSlipsLinkProps = {
  orders: readonly { orderNumber: number }[];
  /** Whether everything of them is picked. Renders nothing before. */
  isPicked: boolean;
};

/** The step after picking: the packing slips of the orders that were picked. */
export function PackingSlipsLink({ orders, isPicked }: PackingSlipsLinkProps) {
  if (!isPicked) return null;
  const search = {
    kind: "slips" as const,
    orders: orders.map(({ orderNumber }) => orderNumber).join("-"),
  };
  return (
    <Button
      renderRoot={(props) => <Link {...props} to="/print" search={search} />}
      mt="xs"
      leftSection={<IconPrinter size={18} aria-hidden />}
    >
      {printText.slips(orders.length)}
    </Button>
  );
}
