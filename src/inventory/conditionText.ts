/** The words for a lot's condition and completeness. */
import { words } from "../language/language";
import type { Lot } from "./lot";

type ConditionText = {
  conditions: Record<Lot["condition"], string>;
  completeness: Record<NonNullable<Lot["completeness"]>, string>;
};

export const conditionText = words<ConditionText>({
  en: {
    conditions: { new: "new", used: "used", unknown: "condition unknown" },
    completeness: { complete: "complete", incomplete: "incomplete", sealed: "sealed" },
  },
  de: {
    conditions: { new: "neu", used: "gebraucht", unknown: "Zustand unbekannt" },
    completeness: { complete: "vollständig", incomplete: "unvollständig", sealed: "versiegelt" },
  },
});
