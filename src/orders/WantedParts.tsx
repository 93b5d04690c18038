import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { count } from "../ui/count";
import list from "../ui/list.module.css";
import { Picture } from "../ui/Picture";
import { binName } from "./lineWords";
import screen from "./OrdersScreen.module.css";
import classes from "./WantedParts.module.css";

type WantedPartsProps = {
  businessAccountId: Business["businessAccountId"];
  search: string;
  onOpen: (orderNumber: number) => void;
};

/** Who wants the part that is searched: lines of open orders, over the orders found by number or buyer. */
export default function WantedParts({ businessAccountId, search, onOpen }: WantedPartsProps) {
  const wanted = useQuery(api.orders.wanted.list, { businessAccountId, search });
  if (!wanted || wanted.lines.length === 0) return null;
  const { lines, isMore } = wanted;
  return (
    <section className={`${screen.parts} ${classes.parts}`} aria-label="Parts in open orders">
      <h2 className={classes.title}>
        {isMore ? `The first ${lines.length} lines` : count(lines.length, "line")} of open orders, parts
        beginning with “{search}”
      </h2>
      <ul className={`${list.plain} ${classes.list}`}>
        {lines.map((line) => (
          <li key={line.lineId}>
            <button type="button" className={classes.line} onClick={() => onOpen(line.orderNumber)}>
              <Picture {...line} />
              <span className={classes.item}>
                <strong>{line.partNumber}</strong> {line.itemName}
                {line.colorId !== 0 && ` · ${line.colorName ?? `Colour ${line.colorId}`}`} ·{" "}
                {line.condition === "new" ? "New" : "Used"}
              </span>
              <span className={classes.bin}>{binName(line.location)}</span>
              <strong className={classes.quantity}>{line.quantity} ×</strong>
              <span className={classes.order}>Order {line.orderNumber}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
