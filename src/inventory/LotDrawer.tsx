import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { AuditLogLink } from "../auditLog/AuditLogLink";
import { formatCount } from "../ui/formatCount";
import { Notice } from "../ui/Notice";
import { DetailDrawer, DetailHeader, DetailSkeleton } from "../ui/DetailDrawer";
import { Picture } from "../ui/Picture";
import { AdjustForm } from "./AdjustForm";
import { Bin } from "./cells";
import { Ledger } from "./Ledger";
import { RecountNotice } from "./RecountNotice";
import { catalogueUrl, variantText, type Lot } from "./lot";
import classes from "./LotDrawer.module.css";

type LotDrawerProps = {
  businessAccountId: Business["businessAccountId"];
  canAdjust: boolean;
  lotId: string;
  now: number;
  onClose: () => void;
};

/** One lot, updated live: its quantities and ledger, and for staff a form for a count. */
export function LotDrawer({ businessAccountId, canAdjust, lotId, now, onClose }: LotDrawerProps) {
  const lot = useQuery(api.inventory.lots.get, { businessAccountId, lotId });
  return (
    <DetailDrawer title={lot ? lot.itemName : "Lot"} rowKey={lotId} onClose={onClose}>
      {lot === undefined && <DetailSkeleton />}
      {lot === null && <Text>There is no such lot in this store.</Text>}
      {lot && (
        <Stack gap="lg" pb="xl">
          <LotDetails lot={lot} />
          <RecountNotice
            businessAccountId={businessAccountId}
            lotId={lot.lotId}
            canAdjust={canAdjust}
            now={now}
          />
          {/* Keyed by the quantity, so that the form starts from the new one after a change. */}
          {canAdjust && <AdjustForm key={lot.onHand} businessAccountId={businessAccountId} lot={lot} />}
          <section>
            <Title order={3} mb="xs">
              Ledger
            </Title>
            <Ledger businessAccountId={businessAccountId} lotId={lot.lotId} canAdjust={canAdjust} now={now} />
            <AuditLogLink search={{ lot: lot.lotId }}>Audit log of this lot</AuditLogLink>
          </section>
        </Stack>
      )}
    </DetailDrawer>
  );
}

function LotDetails({ lot }: { lot: Lot }) {
  const url = catalogueUrl(lot);
  const quantities = [
    ["On hand", String(lot.onHand)],
    ["Reserved", String(lot.reserved)],
    ["Available", String(lot.available)],
    ["Owed to orders", String(lot.backordered)],
  ];
  return (
    <>
      <DetailHeader>
        <Picture {...lot} />
        <span>
          {lot.partNumber} · {variantText(lot)}
        </span>
        <span>
          Bin <Bin {...lot} />
        </span>
        {url !== null && (
          <Anchor href={url} target="_blank" rel="noreferrer">
            BrickLink catalogue
          </Anchor>
        )}
      </DetailHeader>
      <dl className={classes.quantities}>
        {quantities.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {lot.backordered > 0 && (
        <Notice>
          Open orders need {formatCount(lot.backordered, "more piece")} than are on hand. What you add goes to
          them first, the oldest order before the others.
        </Notice>
      )}
      {lot.isUncertain && (
        <Notice>
          Uncertain: an order could not be read, so the latest import left this lot as it was. Count the bin
          below, or import again when the order has been read.
        </Notice>
      )}
      {lot.drift > 0 && (
        <Notice>
          Differs from BrickLink: {formatCount(lot.drift, "piece")} sent with orders{" "}
          {lot.drift === 1 ? "was" : "were"} never on hand here. Count the bin below, even if the number is
          right.{" "}
          <Link to="/inventory" search={{ show: "drift" }}>
            All lots that differ
          </Link>
        </Notice>
      )}
    </>
  );
}
