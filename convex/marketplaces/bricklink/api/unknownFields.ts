/** Fields of an answer that this adapter does not know: they are stored as they were sent. */
type Fields = Record<string, unknown>;

export function isObject(sent: unknown): sent is Fields {
  return typeof sent === "object" && sent !== null && !Array.isArray(sent);
}

function valueAt(sent: Fields, path: string): unknown {
  if (path === "") return sent;
  return path.split(".").reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), sent);
}

/**
 * The fields that `knownAt` does not name at their path, as a JSON object keyed by path, e.g. `{"cost.vat_rate":"21"}`;
 * undefined when there are none. `knownAt`: names by the path of the object that has them, "" for the whole.
 */
export function unknownFieldsOf(
  sent: Fields,
  knownAt: Record<string, readonly string[]>,
): string | undefined {
  const unknown = Object.entries(knownAt).flatMap(([path, known]) => {
    const value = valueAt(sent, path);
    if (!isObject(value)) return [];
    const names = Object.keys(value).filter((name) => !known.includes(name));
    return names.map((name) => [path === "" ? name : `${path}.${name}`, value[name]] as const);
  });
  return unknown.length === 0 ? undefined : JSON.stringify(Object.fromEntries(unknown));
}
