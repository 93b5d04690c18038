/** Postal addresses as the country that they lead to writes them. */
import { formatAddress } from "localized-address-format";
import type { OrderDetail } from "../orders/types";
import { countryName, isoCountryCode } from "./countries";

type StoredAddress = NonNullable<NonNullable<OrderDetail["buyer"]>["address"]>;

/** An order's address. The telephone number stands beside an address and is no part of it. */
export type Address = {
  [Part in keyof Omit<StoredAddress, "phoneNumber">]?: StoredAddress[Part] | undefined;
};

/** The parts of an address by the library's names. */
type Fields = {
  name: string;
  addressLines: string[];
  locality: string;
  administrativeArea: string;
  postalCode: string;
};

/** Some countries write their own script from the largest part to the smallest, and Latin letters the other way round. */
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

function format(country: string, fields: Partial<Fields>): string[] {
  const texts = Object.values(fields).flat();
  const script = texts.some((text) => OTHER_SCRIPT.test(text)) ? "local" : "latin";
  return formatAddress({ postalCountry: country, ...fields }, script);
}

/** Stands for a value in a format: no literal of a format has it. */
const PROBE = "0000";

/** Where the country's format writes a field, as the text before it in its line; null where it has no place for it. */
function literalBefore(country: string, field: keyof Omit<Fields, "addressLines">): string | null {
  const line = format(country, { [field]: PROBE }).find((candidate) => candidate.includes(PROBE));
  return line === undefined ? null : line.slice(0, line.indexOf(PROBE));
}

/** The postal code without the prefix that the country's format writes itself, such as the SE- of Sweden. */
function withoutPrefix(country: string, postalCode: string): string {
  const prefix = literalBefore(country, "postalCode") ?? "";
  return postalCode.toUpperCase().startsWith(prefix) ? postalCode.slice(prefix.length) : postalCode;
}

function joined(parts: string[], separator: string): string {
  return parts.filter((part) => part !== "").join(separator);
}

/**
 * Moves the fields for which the country's format has no place, because the library leaves them out: a postal code before the city,
 * a state into a line below it, a city below the street.
 */
function placedFields(country: string, fields: Fields): Fields {
  const placed = { ...fields, postalCode: withoutPrefix(country, fields.postalCode) };
  if (literalBefore(country, "postalCode") === null) {
    placed.locality = joined([placed.postalCode, placed.locality], " ");
    placed.postalCode = "";
  }
  if (literalBefore(country, "administrativeArea") === null) {
    placed.locality = joined([placed.locality, placed.administrativeArea], "\n");
    placed.administrativeArea = "";
  }
  if (literalBefore(country, "locality") === null) {
    placed.addressLines = [...placed.addressLines, placed.locality];
    placed.locality = "";
  }
  return placed;
}

function trimmedLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function partLines(
  country: string,
  { name, address1, address2, city, state, postalCode }: Address,
): string[] {
  const fields = {
    name: name?.trim() ?? "",
    addressLines: [address1?.trim() ?? "", address2?.trim() ?? ""],
    locality: city?.trim() ?? "",
    administrativeArea: state?.trim() ?? "",
    postalCode: postalCode?.trim() ?? "",
  };
  const lines = trimmedLines(format(country, placedFields(country, fields)).join("\n"));
  // The library begins a line with the comma that a format has after the street.
  return lines.map((line) => line.replace(/^, /, ""));
}

/** Words in small letters with a space around each, so that text contains other text only as whole words. */
function words(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(" ") ?? ""
  } `;
}

/** The text that the buyer wrote, with the parts that it does not have: the name above, others below. */
function writtenLines(country: string, full: string, { name = "", ...others }: Address): string[] {
  const isMissing = (part: string) => !words(full).includes(words(part));
  const missing = Object.entries(others).filter(([, part]) => part !== undefined && isMissing(part));
  return [
    ...(isMissing(name) ? trimmedLines(name) : []),
    ...trimmedLines(full),
    ...partLines(country, Object.fromEntries(missing)),
  ];
}

/**
 * The lines of an address; none when nothing of it is known. BrickLink splits an address into parts only when the buyer entered
 * it so; else all of it is in `full`. `storeCountry`: by ISO 3166-1; an address within it leaves the country out. No part is lost.
 */
export function addressLines(address: Address, storeCountry: string | null = null): string[] {
  const { full = "", countryCode = "", ...parts } = address;
  const country = isoCountryCode(countryCode);
  const isSplit = Boolean(parts.address1?.trim() && parts.city?.trim());
  const lines =
    isSplit || full.trim() === "" ? partLines(country, parts) : writtenLines(country, full, parts);
  const name = countryName(country).toUpperCase();
  const isNamed = country === storeCountry || lines.at(-1)?.toUpperCase() === name;
  return lines.length === 0 || name === "" || isNamed ? lines : [...lines, name];
}

/** An address as it is copied. The country is always in it: what is pasted may go anywhere. */
export function addressText(address: Address): string {
  return addressLines(address).join("\n");
}
