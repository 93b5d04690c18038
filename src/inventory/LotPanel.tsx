import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Notice } from "../ui/Notice";
import { Panel, PanelHead, PanelLoading } from "../ui/Panel";
import { Picture } from "../ui/Picture";
import { AdjustForm } from "./AdjustForm";
import { Bin } from "./cells";
import { Ledger } from "./Ledger";
import classes from "./LotPanel.module.css";
import { catalogueUrl, kindOf, type StockRow } from "./view";

type LotPanelProps = {
  businessAccountId: Business["businessAccountId"];
  isStaff: boolean;
  lotId: string;
  now: number;
  onClose: () => void;
};

/** One lot, live while it is open: how it stands, what became of it, and setting what is on hand. */
export function LotPanel({ businessAccountId, isStaff, lotId, now, onClose }: LotPanelProps) {
  const lot = useQuery(api.marketplaces.bricklink.lots.get, { businessAccountId, lotId });
  return (
    <Panel title={lot ? lot.itemName : "Lot"} rowKey={lotId} onClose={onClose}>
      {lot === undefined && <PanelLoading />}
      {lot === null && <Text>There is no such lot in this store.</Text>}
      {lot && (
        <Stack gap="lg" pb="xl">
          <Head lot={lot} />
          {isStaff && <AdjustForm key={lot.onHand} businessAccountId={businessAccountId} lot={lot} />}
          <section>
            <Title order={3} mb="xs">
              Ledger
            </Title>
            <Ledger businessAccountId={businessAccountId} lotId={lot.lotId} isStaff={isStaff} now={now} />
          </section>
        </Stack>
      )}
    </Panel>
  );
}

function Head({ lot }: { lot: StockRow }) {
  const url = catalogueUrl(lot);
  const figures = [
    ["On hand", String(lot.onHand)],
    ["Reserved", String(lot.reserved)],
    ["Available", String(lot.available)],
    ["Waited for", `${lot.waiting.quantity}${lot.waiting.isMore ? "+" : ""}`],
  ];
  return (
    <>
      <PanelHead>
        <Picture {...lot} />
        <span>
          {lot.partNumber} · {kindOf(lot)}
        </span>
        <span>
          Bin <Bin {...lot} />
        </span>
        {url !== null && (
          <Anchor href={url} target="_blank" rel="noreferrer">
            BrickLink catalogue
          </Anchor>
        )}
      </PanelHead>
      <dl className={classes.figures}>
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {lot.waiting.quantity > 0 && (
        <Notice>
          Open orders wait for {lot.waiting.quantity} more. What you add goes to them first, the oldest order
          before the others.
        </Notice>
      )}
      {lot.drift > 0 && (
        <Notice>
          {lot.drift} more were sent with orders than were on hand here. Count what lies in the bin and set it
          below, even if the number is right.{" "}
          <Link to="/inventory" search={{ show: "drift" }}>
            All drifted lots
          </Link>
        </Notice>
      )}
    </>
  );
}
