/** Documents on their way through a transaction: as they are read, and the fields that an app may write. */
import type { JSONValue } from "convex/values";
import type { JsonDocument } from "../store/catalog";

/** A document as JSON text, with its size in bytes as Convex counts them. */
export type DocumentText = { text: string; size: number };

/** A document and its key in the index that it was read from. */
export class KeyedDocument {
  constructor(
    readonly key: Buffer,
    readonly stored: DocumentText,
    private parsed?: JsonDocument,
  ) {}

  get text(): string {
    return this.stored.text;
  }

  /** Parsed only where somebody looks into it: a function gets the text. */
  get document(): JsonDocument {
    this.parsed ??= JSON.parse(this.text) as JsonDocument;
    return this.parsed;
  }
}

/**
 * The fields that the app writes. System fields (`_id`, `_creationTime`) may be repeated with their current value only.
 */
export function userFields(value: JSONValue, current: JsonDocument = {}): JsonDocument {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("A document must be an object.");
  }
  const changed = Object.keys(value).find((name) => name.startsWith("_") && value[name] !== current[name]);
  if (changed !== undefined) {
    throw new Error(`Field "${changed}" cannot be written: names that begin with "_" are system fields.`);
  }
  return value;
}

export function isUndefinedMarker(value: JSONValue | undefined): boolean {
  return typeof value === "object" && value !== null && "$undefined" in value;
}
