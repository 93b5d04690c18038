import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressLines, addressText, type Address } from "../../../src/parcels/address";
import { countryCodes, countryName, isoCountryCode } from "../../../src/parcels/countries";

const parts: Address = {
  name: "Ada Backstein",
  address1: "Steinweg 7",
  address2: "Hinterhaus",
  city: "Musterstadt",
  postalCode: "00001",
};

it.each<[string, Address, string[]]>([
  [
    "Germany: the postal code before the city",
    { ...parts, countryCode: "DE" },
    ["Ada Backstein", "Steinweg 7", "Hinterhaus", "00001 Musterstadt", "GERMANY"],
  ],
  [
    "the United States: city, state and postal code in one line",
    {
      name: "Luca Rossi",
      address1: "12 Baseplate Ave",
      city: "Brickville",
      state: "OH",
      postalCode: "00000",
      countryCode: "US",
    },
    ["Luca Rossi", "12 Baseplate Ave", "Brickville, OH 00000", "UNITED STATES"],
  ],
  [
    "the United Kingdom, as BrickLink's UK: the postal code in a line of its own, after the county",
    { ...parts, address2: "", city: "Studley", state: "Kent", postalCode: "ZZ1 1ZZ", countryCode: "UK" },
    ["Ada Backstein", "Steinweg 7", "Studley", "Kent", "ZZ1 1ZZ", "UNITED KINGDOM"],
  ],
  [
    "Hungary: the city before the street",
    { name: "Kaja Nowak", address1: "Fő utca 3", city: "Klocka", postalCode: "0000", countryCode: "HU" },
    ["Kaja Nowak", "Klocka", "Fő utca 3", "0000", "HUNGARY"],
  ],
  [
    "Japan in Latin letters: from the name to the city, which its format has no place for",
    {
      name: "Hugo Mori",
      address1: "1-2-3 Burokku",
      city: "Chiyoda",
      state: "Tokyo",
      postalCode: "000-0000",
      countryCode: "JP",
    },
    ["Hugo Mori", "1-2-3 Burokku", "Chiyoda", "Tokyo", "000-0000", "JAPAN"],
  ],
  [
    "Japan in its own script: from the postal code to the name",
    {
      name: "森 雄吾",
      address1: "千代田1-2-3",
      state: "東京都",
      postalCode: "000-0000",
      countryCode: "JP",
    },
    ["〒000-0000", "東京都", "千代田1-2-3", "森 雄吾", "JAPAN"],
  ],
  [
    "Sweden: its prefix once, also where the buyer typed it",
    { ...parts, address2: "", postalCode: "SE-000 01", countryCode: "SE" },
    ["Ada Backstein", "Steinweg 7", "SE-000 01 Musterstadt", "SWEDEN"],
  ],
  [
    "a country that nobody knows: all parts, and its code",
    { ...parts, address2: "", state: "North", countryCode: "ZZ" },
    ["Ada Backstein", "Steinweg 7", "00001 Musterstadt", "North", "ZZ"],
  ],
])("an address is written as its country writes it: %s", (_, address, lines) => {
  expect(addressLines(address)).toEqual(lines);
});

describe("an address without split parts", () => {
  it("an address without split parts is the text that the buyer wrote, with name and country where the text has none", () => {
    const address = { name: "Seulki Lee", full: "fake address\r\n\r\n Seoul ", countryCode: "KR" };
    expect(addressLines(address)).toEqual(["Seulki Lee", "fake address", "Seoul", "SOUTH KOREA"]);
    const whole = { name: "seulki lee", full: "Seulki Lee\nfake address\nSouth Korea", countryCode: "KR" };
    expect(addressLines(whole)).toEqual(["Seulki Lee", "fake address", "South Korea"]);
  });

  it("keeps a part that the text does not have", () => {
    const address = { full: "1 Brick Lane", city: "Town", postalCode: "1234", countryCode: "NL" };
    expect(addressLines(address)).toEqual(["1 Brick Lane", "1234 Town", "NETHERLANDS"]);
  });
});

it("an address within the store's own country leaves the country out, and any other names it", () => {
  const address = { ...parts, countryCode: "UK" };
  expect(addressLines(address, "GB").at(-1)).toBe("00001");
  expect(addressLines(address, "DE").at(-1)).toBe("UNITED KINGDOM");
  expect(addressText(address)).toBe(
    "Ada Backstein\nSteinweg 7\nHinterhaus\nMusterstadt\n00001\nUNITED KINGDOM",
  );
});

it("an address of which nothing is known has no lines", () => {
  expect(addressLines({})).toEqual([]);
  expect(addressLines({ name: "", full: " \n" })).toEqual([]);
});

/** Words that occur in no format and in no other word, so that each of them can be counted. */
const word = fc.integer({ min: 100_000, max: 999_999 }).map((number) => `w${number}q`);
const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
const optional = fc.option(text, { nil: undefined });
const anyAddress = fc.record({
  name: optional,
  full: fc.option(
    fc.array(text, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n")),
    { nil: undefined },
  ),
  address1: optional,
  address2: optional,
  city: optional,
  state: optional,
  postalCode: optional,
  countryCode: fc.option(fc.constantFrom("UK", "ZZ", "nl", ...countryCodes), { nil: undefined }),
});

it("no part of an address is lost or written twice, whatever the country and whichever parts there are", () => {
  fc.assert(
    fc.property(anyAddress, (sent) => {
      const written = addressLines(sent).join("\n");
      const { countryCode, full, ...others } = sent;
      const isSplit = others.address1 !== undefined && others.city !== undefined;
      const given = [...Object.values(others), isSplit ? undefined : full];
      const words = given.flatMap((part) => part?.split(/\s+/) ?? []);
      fc.pre(new Set(words).size === words.length);
      for (const expected of words) expect(written.split(expected)).toHaveLength(2);
      if (countryCode !== undefined && words.length > 0) {
        expect(written).toContain(countryName(isoCountryCode(countryCode)).toUpperCase());
      }
      expect(written).not.toMatch(/undefined|^\s|\s$|\n\n/);
    }),
    { numRuns: 2_000 },
  );
});
