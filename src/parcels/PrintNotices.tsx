import { Link } from "@tanstack/react-router";
import { language } from "../language/language";
import { Notice } from "../ui/Notice";
import print from "../ui/print.module.css";
import text from "../ui/text.module.css";
import classes from "./PrintScreen.module.css";
import { cancelledText, leftOutText, noAddressText, printText, unknownText } from "./printText";
import type { PrintKind } from "./search";
import type { Parcel } from "./slip";

type PrintNoticesProps = {
  kind: PrintKind;
  parcels: readonly Parcel[];
  leftOut: readonly number[];
  unknown: readonly number[];
  /** Whether this member may not see addresses. */
  areAddressesHidden: boolean;
};

/** In which language slips are, what is not printed, or should not be sent, and why. On the screen only. */
export function PrintNotices({ kind, parcels, leftOut, unknown, areAddressesHidden }: PrintNoticesProps) {
  const numbersOf = (chosen: readonly Parcel[]) => chosen.map(({ orderNumber }) => orderNumber);
  const withoutAddress = areAddressesHidden
    ? []
    : numbersOf(parcels.filter(({ address }) => address === null));
  const cancelled = numbersOf(parcels.filter(({ tab }) => tab === "cancelled"));
  return (
    <div className={`${classes.notices} ${print.hidden}`}>
      {kind === "slips" && language !== "en" && <span className={text.soft}>{printText.slipsInEnglish}</span>}
      {unknown.length > 0 && <Notice>{unknownText(unknown)}</Notice>}
      {leftOut.length > 0 && (
        <Notice>
          {leftOutText(leftOut)}{" "}
          <Link to="/print" search={{ kind, orders: leftOut.join("-") }}>
            {printText.openOthers}
          </Link>
        </Notice>
      )}
      {areAddressesHidden && parcels.length > 0 && <Notice>{printText.addressesHidden[kind]}</Notice>}
      {withoutAddress.length > 0 && <Notice>{noAddressText(withoutAddress, kind)}</Notice>}
      {cancelled.length > 0 && <Notice>{cancelledText(cancelled)}</Notice>}
    </div>
  );
}
