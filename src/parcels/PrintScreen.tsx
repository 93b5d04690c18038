import { Skeleton, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { Link, useSearch } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import type { CSSProperties } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import { parseOrderNumbers } from "../picking/search";
import { EmptyState } from "../ui/EmptyState";
import print from "../ui/print.module.css";
import text from "../ui/text.module.css";
import { addressLines } from "./address";
import type { LabelText } from "./AddressLabel";
import { LabelSheets } from "./LabelSheets";
import { PaperSize } from "./PaperPage";
import { papers, PIXELS_PER_MM } from "./papers";
import { PrintBar, type PrintChoice } from "./PrintBar";
import { PrintNotices } from "./PrintNotices";
import classes from "./PrintScreen.module.css";
import { printText } from "./printText";
import type { Parcel } from "./slip";
import { Slip } from "./Slip";
import { usePrintChoice } from "./usePrintChoice";

type Settings = FunctionReturnType<typeof api.accounts.parcelSettings.get>;

type PagesProps = { parcels: readonly Parcel[]; settings: Settings; choice: PrintChoice };

function Pages({ parcels, settings, choice }: PagesProps) {
  const { name } = useBusiness();
  const { kind, paperId, sort, first } = choice;
  if (kind === "slips") {
    const store = { ...settings, name };
    return parcels.map((parcel) => (
      <Slip key={parcel.orderNumber} parcel={parcel} store={store} paperId={paperId} sort={sort} />
    ));
  }
  const sender = settings.returnAddress === "" ? [] : settings.returnAddress.split("\n");
  const labels = parcels.flatMap(({ orderNumber, address }): LabelText[] => {
    const recipient = address ? addressLines(address, settings.countryCode) : [];
    return recipient.length === 0 ? [] : [{ orderNumber, sender, recipient }];
  });
  return <LabelSheets labels={labels} paperId={paperId} first={first} />;
}

/** Packing slips or address labels of one or several orders, as they will be printed. */
export function PrintScreen() {
  const { orders } = useSearch({ from: "/print" });
  const { businessAccountId, role } = useBusiness();
  const { choice, change } = usePrintChoice();
  const { ref: previewRef, width } = useElementSize<HTMLDivElement>();
  const orderNumbers = parseOrderNumbers(orders);
  const found = useQuery(api.orders.parcels.get, { businessAccountId, orderNumbers });
  const settings = useQuery(api.accounts.parcelSettings.get, { businessAccountId });
  const paper = papers[choice.paperId];
  const areAddressesHidden = !isPermitted(role, "orders.detail.buyer");
  const hasPages =
    found !== undefined && found.orders.length > 0 && !(areAddressesHidden && choice.kind === "labels");
  const known = found && [...found.orders.map(({ orderNumber }) => orderNumber), ...found.leftOut];
  const zoom = Math.min(1, width / (paper.width * PIXELS_PER_MM));
  return (
    <div className={classes.screen}>
      <title>{printText.kinds[choice.kind]}</title>
      <h1 className={`${text.visuallyHidden} ${print.hidden}`}>{printText.kinds[choice.kind]}</h1>
      <PaperSize paper={paper} />
      <PrintBar choice={choice} onChange={change} isDisabled={!hasPages} />
      {found && (
        <PrintNotices
          kind={choice.kind}
          parcels={found.orders}
          leftOut={found.leftOut}
          unknown={orderNumbers.filter((number) => known?.includes(number) === false)}
          areAddressesHidden={areAddressesHidden}
        />
      )}
      {found?.orders.length === 0 && (
        <EmptyState>
          <Text>{printText.nothing}</Text>
          <Link to="/">{printText.chooseOrders}</Link>
        </EmptyState>
      )}
      <div className={classes.preview} ref={previewRef} style={{ "--zoom": zoom } as CSSProperties}>
        {(found === undefined || settings === undefined) && <Skeleton height={480} />}
        {hasPages && settings && width > 0 && (
          <div className={classes.pages}>
            <Pages parcels={found.orders} settings={settings} choice={choice} />
          </div>
        )}
      </div>
    </div>
  );
}
