/**
 * Requests name what only a running system knows, and what is long, by placeholders: they stay short enough to read in a
 * failure, and the same seed makes the same requests on every system.
 */

/** Texts by the names that placeholders have: tokens, and ids of rows as `id:<table>`. */
export type Known = Record<string, string>;

/** A placeholder for a text of the running system. */
export function known(name: string): string {
  return `<<${name}>>`;
}

/** A placeholder for a text of `length` times the letter x. */
export function longText(length: number): string {
  return `<<long:${length}>>`;
}

/** JSON that `JSON.stringify` does not write, by name. The number is the depth, or how many there are. */
const json: Record<string, (count: number) => string> = {
  nested: (depth) => "[".repeat(depth) + "]".repeat(depth),
  nestedObjects: (depth) => '{"a":'.repeat(depth) + "1" + "}".repeat(depth),
  infinity: () => "1e999",
  prototype: () => '{"__proto__":{"isTrusted":true},"constructor":{"prototype":{"isPublic":true}}}',
  duplicate: () => '{"path":1,"path":"a","args":1,"args":[]}',
  additions: (count) =>
    JSON.stringify(
      Array.from({ length: count }, (_, queryId) => ({
        type: "Add",
        queryId,
        udfPath: "nothing:here",
        args: [{}],
      })),
    ),
};

/** A placeholder that stands, as a string, for JSON of one of the kinds above. */
export function specialJson(kind: keyof typeof json, count = 1): string {
  return `<<json:${kind}:${count}>>`;
}

/** The text with every placeholder replaced. Throws for a name that is not known. */
export function fill(text: string, texts: Known): string {
  return (
    text
      // One within a text that is JSON itself stays a text.
      .replace(
        /"<<json:(\w+):(\d+)>>"/g,
        (_, kind: string, count: string) => json[kind]?.(Number(count)) ?? "",
      )
      .replace(/<<long:(\d+)>>/g, (_, length: string) => "x".repeat(Number(length)))
      .replace(/<<(?!json:)([\w:]+)>>/g, (_, name: string) => {
        const text = texts[name];
        if (text === undefined) throw new Error(`There is no text for the placeholder ${name}.`);
        return text;
      })
  );
}
