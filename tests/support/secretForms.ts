/** Looks for secrets in texts, also where they are written in another form. */

/** Secrets by what they are. */
export type Secrets = Record<string, string>;

/** As it stands within the base64 of a longer text, which depends on how many bytes come before: on each of three ways. */
function base64Forms(secret: string, encoding: "base64" | "base64url"): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.from(" ".repeat(before) + secret).toString(encoding);
    // The first and last characters also hold bits of what comes before and after.
    return text.replace(/=+$/, "").slice(before === 0 ? 0 : before + 1, -1);
  });
}

/** A secret as it stands, and URL-encoded, in base64, in hex, and escaped for JSON. */
export function formsOf(secret: string): string[] {
  const hex = Buffer.from(secret).toString("hex");
  const forms = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ x: secret }).toString().slice("x=".length),
    JSON.stringify(secret).slice(1, -1),
    hex,
    hex.toUpperCase(),
    ...base64Forms(secret, "base64"),
    ...base64Forms(secret, "base64url"),
  ];
  return [...new Set(forms)];
}

/** The names of the secrets that a text contains in any form. */
export function secretsIn(text: string, secrets: Secrets): string[] {
  return Object.entries(secrets)
    .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
    .map(([name]) => name);
}
