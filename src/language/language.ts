/** The page's language: fixed while the page is loaded, so that words can be read anywhere, in constants too. */

export const languageNames = { en: "English", de: "Deutsch" } as const;

export type Language = keyof typeof languageNames;

export const languages = Object.keys(languageNames) as Language[];

const STORAGE_KEY = "language";

function isLanguage(value: string | null): value is Language {
  return value !== null && value in languageNames;
}

/** The primary tag of a BCP 47 language tag: "de" of "de-AT". */
function primaryTag(tag: string): string {
  return tag.toLowerCase().split("-")[0] ?? tag;
}

/** What was chosen in this browser, or else the first of its own languages that there are words in, or English. */
export function readLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return preferred.map(primaryTag).find(isLanguage) ?? "en";
}

/** Some systems call a language "en-US@posix", for which Intl throws. */
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** The browser's own variety of the language, such as "de-AT", for dates and numbers; the language itself where it has none. */
export function readLocale(of: Language, preferred: readonly string[]): string {
  return preferred.find((tag) => primaryTag(tag) === of && isLocale(tag)) ?? of;
}

// Tests in Node have neither, and read English.
const storage = typeof localStorage === "undefined" ? null : localStorage;
const preferred = typeof document === "undefined" ? [] : navigator.languages;

export const language = readLanguage(storage?.getItem(STORAGE_KEY) ?? null, preferred);

/** For dates, numbers, lists and names of countries. */
export const locale = readLocale(language, preferred);

/** Loads the page anew in another language, with the same view. */
export function changeLanguage(next: Language): void {
  storage?.setItem(STORAGE_KEY, next);
  location.reload();
}

/** The words of the page's language. */
export function words<Words>(each: { en: Words; de: NoInfer<Words> }): Words {
  return each[language];
}
