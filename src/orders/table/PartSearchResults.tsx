import { useQuery } from "convex/react";
import { api } from "../../../convex/_generated/api";
import type { Business } from "../../account/business";
import list from "../../ui/list.module.css";
import { Picture } from "../../ui/Picture";
import { uiText } from "../../ui/uiText";
import { binText, conditionLabels } from "../lineText";
import screen from "./OrdersScreen.module.css";
import classes from "./PartSearchResults.module.css";
import { partSearchText } from "./partSearchText";
import { tableText } from "./tableText";

type PartSearchResultsProps = {
  businessAccountId: Business["businessAccountId"];
  search: string;
  onOpen: (orderNumber: number) => void;
};

/** The lines of open orders that contain the part searched for, above the orders found by number or buyer. */
export default function PartSearchResults({ businessAccountId, search, onOpen }: PartSearchResultsProps) {
  const found = useQuery(api.orders.partSearch.list, { businessAccountId, search });
  if (!found || found.lines.length === 0) return null;
  const { lines, isMore } = found;
  return (
    <section className={`${screen.partResults} ${classes.results}`} aria-label={partSearchText.title}>
      <h2 className={classes.title}>
        {isMore ? partSearchText.first(lines.length, search) : partSearchText.all(lines.length, search)}
      </h2>
      <ul className={`${list.plain} ${classes.list}`}>
        {lines.map((line) => (
          <li key={line.lineId}>
            <button type="button" className={classes.line} onClick={() => onOpen(line.orderNumber)}>
              <Picture {...line} />
              <span className={classes.item}>
                <strong>{line.partNumber}</strong> {line.itemName}
                {line.colorId !== 0 && ` · ${line.colorName ?? uiText.noColor(line.colorId)}`} ·{" "}
                {conditionLabels[line.condition]}
              </span>
              <span className={classes.bin}>{binText(line.location)}</span>
              <strong className={classes.quantity}>{line.quantity} ×</strong>
              <span className={classes.order}>{tableText.order(line.orderNumber)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
