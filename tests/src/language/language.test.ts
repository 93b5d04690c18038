import { expect, it } from "vitest";
import { readLanguage, readLocale } from "../../../src/language/language";

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
