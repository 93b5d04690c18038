import { Button, Menu } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

/** Leads to the packing slips or address labels of orders. */
export function PrintMenu({ orderNumbers }: { orderNumbers: readonly number[] }) {
  const orders = orderNumbers.join("-");
  const isOne = orderNumbers.length === 1;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />}>
          Print
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item renderRoot={(props) => <Link {...props} to="/print" search={{ kind: "slips", orders }} />}>
          {isOne ? "Packing slip" : "Packing slips"}
        </Menu.Item>
        <Menu.Item
          renderRoot={(props) => <Link {...props} to="/print" search={{ kind: "labels", orders }} />}
        >
          {isOne ? "Address label" : "Address labels"}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
