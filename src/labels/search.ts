/** URL search parameters of the labels screen. */

/** `prefix`: of the bins' names. `after`: the last bin of the sheets before. */
export type LabelsSearch = { prefix?: string; after?: string };

/** The router reads a text of digits as a number. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** Parses the URL's search parameters. Missing and invalid ones are omitted. */
export function parseLabelsSearch(search: Record<string, unknown>): LabelsSearch {
  const prefix = textOf(search.prefix);
  const after = textOf(search.after);
  return { ...(prefix !== undefined && { prefix }), ...(after !== undefined && { after }) };
}
