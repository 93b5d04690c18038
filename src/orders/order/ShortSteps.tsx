import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { PickListLine } from "../../picking/pickList";
import { bricklinkOrderUrl } from "../bricklinkOrderUrl";
import { binText } from "../lineText";
import { lineItemText } from "./lineItemText";
import classes from "./ShortSteps.module.css";

const look = { variant: "default", size: "compact-sm", h: 44, px: "sm" } as const;

/** The ways to do what "Needs you" advises about an order that is short: to count the bin, or to agree with the buyer. */
export function ShortSteps({ line }: { line: PickListLine }) {
  const { inventoryItemId, location, orderNumber } = line;
  return (
    <div className={classes.steps}>
      {inventoryItemId !== null && (
        <Button
          {...look}
          aria-label={lineItemText.countBinOf(binText(location))}
          renderRoot={(props) => <Link {...props} to="/inventory" search={{ lot: inventoryItemId }} />}
        >
          {lineItemText.countBin}
        </Button>
      )}
      <WriteToBuyer orderNumber={orderNumber} />
    </div>
  );
}

/** To the order's page at BrickLink, where its buyer is written to. */
export function WriteToBuyer({ orderNumber }: Pick<PickListLine, "orderNumber">) {
  return (
    <Button
      {...look}
      component="a"
      href={bricklinkOrderUrl(orderNumber)}
      target="_blank"
      rel="noreferrer"
      title={lineItemText.onBricklink}
    >
      {lineItemText.writeToBuyer}
    </Button>
  );
}
