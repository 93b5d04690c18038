import { Button, Menu } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { printText } from "./printText";

type PrintProps = { orderNumbers: readonly number[] };

/** Leads to the packing slips or address labels of orders: items of a menu. */
export function PrintItems({ orderNumbers }: PrintProps) {
  const orders = orderNumbers.join("-");
  const isOne = orderNumbers.length === 1;
  return (
    <>
      <Menu.Item renderRoot={(props) => <Link {...props} to="/print" search={{ kind: "slips", orders }} />}>
        {isOne ? printText.printSlip : printText.kinds.slips}
      </Menu.Item>
      <Menu.Item renderRoot={(props) => <Link {...props} to="/print" search={{ kind: "labels", orders }} />}>
        {isOne ? printText.printLabel : printText.kinds.labels}
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
          {printText.print}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <PrintItems orderNumbers={orderNumbers} />
      </Menu.Dropdown>
    </Menu>
  );
}
