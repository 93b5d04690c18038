import { afterEach, expect, it, vi } from "vitest";
import { readLanguage, readLocale } from "../../../src/language/language";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it("the page speaks the language chosen in this browser, or else the browser's first that there is, or English", () => {
  expect(readLanguage("en", ["de-AT"])).toBe("en");
  expect(readLanguage(null, ["fr-CH", "de-CH", "en"])).toBe("de");
  expect(readLanguage(null, ["en-US", "de"])).toBe("en");
  expect(readLanguage("klingon", ["fr"])).toBe("en");
});

it("dates and numbers follow the browser's own variety of the language", () => {
  expect(readLocale("de", ["en-US", "de-AT", "de"])).toBe("de-AT");
  expect(readLocale("en", ["de-DE"])).toBe("en");
  expect(readLocale("en", ["en-US@posix", "en-GB"])).toBe("en-GB");
});

it("words, numbers and times are German where German was chosen", async () => {
  vi.stubGlobal("localStorage", { getItem: () => "de" });
  vi.resetModules();
  const { paletteText } = await import("../../../src/palette/paletteText");
  const { formatCount } = await import("../../../src/ui/formatCount");
  const { formatMoney } = await import("../../../src/ui/money");
  const { timeAgo } = await import("../../../src/ui/time");
  expect(paletteText.title).toBe("Alles durchsuchen");
  expect(paletteText.found(1)).toBe("1 Treffer");
  expect(formatCount(1_234, "Los", "Lose")).toBe("1.234 Lose");
  expect(formatMoney(12_345_000n, "EUR")).toBe("1.234,50\u00a0€");
  expect(timeAgo(0, 2 * 3_600_000)).toBe("vor 2 Std");
});
