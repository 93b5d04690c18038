import { Button, Menu } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

type PrintProps = { orderNumbers: readonly number[] };

/** Leads to the packing slips or address labels of orders: items of a menu. */
export function PrintItems({ orderNumbers }: PrintProps) {
  const orders = orderNumbers.join("-");
  const isOne = orderNumbers.length === 1;
  return (
    <>
      <Menu.Item renderRoot={(props) => <Link {...props} to="/print" search={{ kind: "slips", orders }} />}>
        {isOne ? "Print the packing slip" : "Packing slips"}
      </Menu.Item>
      <Menu.Item renderRoot={(props) => <Link {...props} to="/print" search={{ kind: "labels", orders }} />}>
        {isOne ? "Print the address label" : "Address labels"}
      </Menu.Item>
    </>
  );
}

/** A button with these items. */
export function PrintMenu({ orderNumbers }: PrintProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />}>
          Print
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <PrintItems orderNumbers={orderNumbers} />
      </Menu.Dropdown>
    </Menu>
  );
}
