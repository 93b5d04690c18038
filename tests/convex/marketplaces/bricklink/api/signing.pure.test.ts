/** Signatures compared with a published one, and with a second signer that reproduces the example of RFC 5849. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { authorizationHeader } from "../../../../../convex/marketplaces/bricklink/api/signing";

/** Keys of the photo printing service in the examples of OAuth Core 1.0 and of RFC 5849. */
const printer = {
  consumerKey: "dpf43f3p2l4k3l03",
  consumerSecret: "kd94hf93k423kf44",
  tokenValue: "nnch734d00sl2jdk",
  tokenSecret: "pfkkdhi9sl3r4s00",
};
const PHOTOS = "http://photos.example.net/photos?file=vacation.jpg&size=original";

function percent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A second signer: HMAC-SHA1 by Web Crypto over the base string of RFC 5849, section 3.4. */
async function signatureOf(url: string, oauth: Record<string, string>, key: string): Promise<string> {
  const { origin, pathname, searchParams } = new URL(url);
  const pairs = [...Object.entries(oauth), ...searchParams].map(([name, value]) => [
    percent(name),
    percent(value),
  ]);
  pairs.sort(([a = "", x = ""], [b = "", y = ""]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  const base = [
    "GET",
    percent(origin + pathname),
    percent(pairs.map((pair) => pair.join("=")).join("&")),
  ].join("&");
  const encode = (text: string) => new TextEncoder().encode(text);
  const hmac = await crypto.subtle.importKey("raw", encode(key), { name: "HMAC", hash: "SHA-1" }, false, [
    "sign",
  ]);
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", hmac, encode(base)));
  return btoa(String.fromCharCode(...bytes));
}

/** The parameters of an Authorization header. */
function parameters(header: string): Record<string, string> {
  const pairs = [...header.matchAll(/(\w+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, decodeURIComponent(value)]));
}

it("the signature of the example in OAuth Core 1.0, appendix A, is the published one", () => {
  const header = authorizationHeader("GET", PHOTOS, printer, {
    nonce: "kllo9940pd9333jh",
    timestampSeconds: 1_191_242_096,
  });
  expect(parameters(header).oauth_signature).toBe("tR3+Ty81lMeYAr/Fid0kMTYa/WM=");
});

it("the second signer reproduces the signature in section 1.2 of RFC 5849", async () => {
  // The example leaves oauth_version out.
  const signature = await signatureOf(
    PHOTOS,
    {
      oauth_consumer_key: printer.consumerKey,
      oauth_token: printer.tokenValue,
      oauth_signature_method: "HMAC-SHA1",
      oauth_timestamp: "137131202",
      oauth_nonce: "chapoH",
    },
    `${printer.consumerSecret}&${printer.tokenSecret}`,
  );
  expect(signature).toBe("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
});

it("both signers agree for every query, key and nonce", async () => {
  const text = fc.string({ minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), text),
      text,
      text,
      async (query, secret, nonce) => {
        const search = Object.entries(query).map(([name, value]) => `${percent(name)}=${percent(value)}`);
        const url = `https://api.bricklink.com/api/store/v1/orders${search.length > 0 ? `?${search.join("&")}` : ""}`;
        const keys = { ...printer, tokenSecret: secret };
        const sent = parameters(authorizationHeader("GET", url, keys, { nonce, timestampSeconds: 1 }));
        const { oauth_signature: signature, ...oauth } = sent;
        expect(signature).toBe(
          await signatureOf(url, oauth, `${percent(keys.consumerSecret)}&${percent(secret)}`),
        );
      },
    ),
  );
});
