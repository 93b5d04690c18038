/** The URL of a print: what is printed, of which orders, on which paper. */
import { readPickSearch } from "../picking/search";

export const printKinds = ["slips", "labels"] as const;
export type PrintKind = (typeof printKinds)[number];

/** By their names in the URL. In this file, because the first route loads it. */
export const paperIds = ["a4", "letter", "label"] as const;
export type PaperId = (typeof paperIds)[number];

export type PrintSearch = {
  kind: PrintKind;
  /** Order numbers joined by "-"; empty when there are none. */
  orders: string;
  /** Absent: the paper that was used last on this device. */
  paper?: PaperId;
  /** The place of the first label on its sheet, from 1. Absent: the first. */
  first?: number;
};

/** Reads the URL's parameters. Malformed ones count as absent; `kind` is "slips" then. */
export function readPrintSearch(search: Record<string, unknown>): PrintSearch {
  const paper = paperIds.find((id) => id === search.paper);
  const { first } = search;
  return {
    kind: search.kind === "labels" ? "labels" : "slips",
    orders: readPickSearch(search).orders,
    ...(paper && { paper }),
    ...(typeof first === "number" && Number.isInteger(first) && first > 0 && { first }),
  };
}
