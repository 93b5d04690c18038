import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { AuditLogLink } from "../auditLog/AuditLogLink";
import { Notice } from "../ui/Notice";
import { DetailDrawer, DetailHeader, DetailSkeleton } from "../ui/DetailDrawer";
import { Picture } from "../ui/Picture";
import { AdjustForm } from "./AdjustForm";
import { Bin } from "./cells";
import { Ledger } from "./Ledger";
import { RecountNotice } from "./RecountNotice";
import { catalogueUrl, variantText, type Lot } from "./lot";
import classes from "./LotDrawer.module.css";
import { lotText } from "./lotText";
import { ledgerWords } from "./movementText";

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
    <DetailDrawer title={lot ? lot.itemName : lotText.lot} rowKey={lotId} onClose={onClose}>
      {lot === undefined && <DetailSkeleton />}
      {lot === null && <Text>{lotText.noSuchLot}</Text>}
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
              {ledgerWords.title}
            </Title>
            <Ledger businessAccountId={businessAccountId} lotId={lot.lotId} canAdjust={canAdjust} now={now} />
            <AuditLogLink search={{ lot: lot.lotId }}>{lotText.auditLog}</AuditLogLink>
          </section>
        </Stack>
      )}
    </DetailDrawer>
  );
}

function LotDetails({ lot }: { lot: Lot }) {
  const url = catalogueUrl(lot);
  const quantities = [
    [lotText.onHand, String(lot.onHand)],
    [lotText.reserved, String(lot.reserved)],
    [lotText.available, String(lot.available)],
    [lotText.owed, String(lot.backordered)],
  ];
  return (
    <>
      <DetailHeader>
        <Picture {...lot} />
        <span>
          {lot.partNumber} · {variantText(lot)}
        </span>
        <span>
          {lot.location !== "" && lotText.bin} <Bin {...lot} />
        </span>
        {url !== null && (
          <Anchor href={url} target="_blank" rel="noreferrer">
            {lotText.catalogue}
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
      {lot.backordered > 0 && <Notice>{lotText.ordersNeed(lot.backordered)}</Notice>}
      {lot.isUncertain && <Notice>{lotText.uncertain}</Notice>}
      {lot.drift > 0 && (
        <Notice>
          {lotText.differsBy(lot.drift)}{" "}
          <Link to="/inventory" search={{ show: "drift" }}>
            {lotText.allThatDiffer}
          </Link>
        </Notice>
      )}
    </>
  );
}
