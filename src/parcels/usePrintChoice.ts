import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { readPrintPreferences, savePrintPreferences, type PrintPreferences } from "./preferences";
import type { PrintChoice } from "./PrintBar";

/** What is printed is in the URL. Paper and sorting are also remembered on this device, for the next print of the same kind. */
export function usePrintChoice(): {
  choice: PrintChoice;
  change: (changes: Partial<PrintChoice>) => void;
} {
  const search = useSearch({ from: "/print" });
  const navigate = useNavigate({ from: "/print" });
  const [preferences, setPreferences] = useState(readPrintPreferences);
  const { kind, orders, paper, first = 1 } = search;
  const choice = { kind, paperId: paper ?? preferences[kind], sort: preferences.sort, first };

  const change = (changes: Partial<PrintChoice>) => {
    const next = { ...choice, ...changes };
    // The paper of a URL is that of its kind; the other kind has its own.
    const isOtherKind = next.kind !== kind;
    const saved: PrintPreferences = {
      ...preferences,
      sort: next.sort,
      ...(changes.paperId && { [kind]: changes.paperId }),
    };
    savePrintPreferences(saved);
    setPreferences(saved);
    void navigate({
      search: {
        kind: next.kind,
        orders,
        ...(!isOtherKind && { paper: next.paperId }),
        ...(next.first > 1 && { first: next.first }),
      },
      replace: true,
    });
  };
  return { choice, change };
}
