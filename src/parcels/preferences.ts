/** What a person prints on, stored in this browser: each device has its own printers. */
import { paperIds, type PaperId } from "./search";
import { slipSorts, type SlipSort } from "./slip";

export type PrintPreferences = { slips: PaperId; labels: PaperId; sort: SlipSort };

const STORAGE_KEY = "print";

/**
 * Languages of countries whose paper is letter rather than A4. Not read by Intl.Locale, which throws for what some systems call
 * their language: en-US@posix.
 */
const LETTER_LANGUAGES = /-(US|CA|MX)\b/;

function defaults(): PrintPreferences {
  const paper = LETTER_LANGUAGES.test(navigator.language) ? "letter" : "a4";
  return { slips: paper, labels: paper, sort: "name" };
}

/** Falls back to the defaults where nothing is stored or the stored value is unusable. */
export function readPrintPreferences(): PrintPreferences {
  const { slips, labels, sort } = defaults();
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null") as Record<string, unknown> | null;
    return {
      slips: paperIds.find((id) => id === stored?.slips) ?? slips,
      labels: paperIds.find((id) => id === stored?.labels) ?? labels,
      sort: slipSorts.find((id) => id === stored?.sort) ?? sort,
    };
  } catch {
    return { slips, labels, sort };
  }
}

export function savePrintPreferences(preferences: PrintPreferences): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences));
}
