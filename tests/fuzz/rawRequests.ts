/** Requests written byte by byte: readable ones with strange content, malformed ones, and any bytes. */
import fc from "fast-check";
import { methods, plainHeaders, ports, socketHeaders, targets, type PortName } from "./parts";
import { known, longText } from "./placeholders";

/** Bytes on a connection. Placeholders are filled in, then each character is a byte. */
export type RawRequest = {
  via: "raw";
  port: PortName;
  text: string;
  /** What the client does then: wait for an answer, close its side, or break off in the middle. */
  ending: "wait" | "finish" | "reset";
  /** Whether all of the request is sent, so that it must be answered or its connection closed. */
  isWhole: boolean;
};

const malformedMethods = ["get", "G ET", "", "\0GET", "XYZZY", "GET\t", "PRI"];

const malformedTargets = fc.oneof(
  fc.constantFrom("", "/\0", "/a b", "/\x7f", "/é", "x", "://"),
  fc.string({ unit: "binary", maxLength: 30 }),
);

const hosts = fc.constantFrom(
  known("host"),
  known("host"),
  known("host"),
  "127.0.0.1",
  "localhost:1",
  "[::1]:4400",
  "foreign.test",
  "127.0.0.1@foreign.test",
  "foreign.test@127.0.0.1",
  "127.0.0.1:99999",
  "127.0.0.1, foreign.test",
  "a b:c",
  "[",
  "%",
  "__proto__",
  "",
  longText(3_000),
);

/** Headers that a server must refuse, or that contradict the body. */
const wrongHeaders = fc.constantFrom(
  "no header at all",
  ": without name",
  "A\0b: c",
  "A b: c",
  "Folded: x\r\n y",
  "Content-Length: -1",
  "Content-Length: x",
  "Content-Length: 5\r\nContent-Length: 6",
  "Content-Length: 99999999999999999999",
  "Content-Length: 1e3",
  "Transfer-Encoding: chunked, identity",
  "Transfer-Encoding: x",
  "Host: a\r\nHost: b",
);

type Framed = { headers: string[]; body: string; isWhole: boolean };

function chunked(body: string): string {
  return body === "" ? "0\r\n\r\n" : `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}

/** A body with headers that say its length, truly or not. */
const framedBodies: fc.Arbitrary<Framed> = fc
  .tuple(
    fc.string({ unit: "binary-ascii", maxLength: 300 }),
    fc.constantFrom("none", "exact", "long", "short", "chunked", "cut", "nonsense", "both"),
  )
  .map(([body, framing]): Framed => {
    const lengthOf = (length: number) => [`Content-Length: ${length}`];
    const inChunks = ["Transfer-Encoding: chunked"];
    switch (framing) {
      case "exact":
        return { headers: lengthOf(body.length), body, isWhole: true };
      case "long":
        return { headers: lengthOf(body.length + 10), body, isWhole: false };
      case "short":
        return { headers: lengthOf(Math.floor(body.length / 2)), body, isWhole: true };
      case "chunked":
        return { headers: inChunks, body: chunked(body), isWhole: true };
      case "cut":
        return { headers: inChunks, body: chunked(body).slice(0, -3), isWhole: false };
      case "nonsense":
        return { headers: inChunks, body: `zz\r\n${body}`, isWhole: false };
      case "both":
        return { headers: [...lengthOf(3), ...inChunks], body: chunked(body), isWhole: false };
      default:
        return { headers: [], body: "", isWhole: true };
    }
  });

const endings = fc.constantFrom<RawRequest["ending"]>("wait", "wait", "finish", "reset");

/** A request of which every part is of a sort that servers read, with strange content. */
const readableRaw = fc
  .record({
    port: ports,
    method: fc.constantFrom(...methods),
    target: targets,
    host: hosts,
    headers: fc.array(plainHeaders, { maxLength: 3 }),
    framed: framedBodies,
    ending: endings,
  })
  .map(({ port, method, target, host, headers, framed, ending }): RawRequest => {
    const lines = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...headers.flat(), ...framed.headers];
    const text = `${lines.join("\r\n")}\r\n\r\n${framed.body}`;
    return { via: "raw", port, text, ending, isWhole: framed.isWhole };
  });

const malformedRaw = fc
  .record({
    port: ports,
    method: fc.constantFrom(...methods, ...malformedMethods),
    target: fc.oneof(targets, malformedTargets),
    version: fc.constantFrom("HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.1 x", "http/1.1", ""),
    headers: fc.array(fc.oneof(plainHeaders, wrongHeaders.map(Array.of<string>)), { maxLength: 4 }),
    end: fc.constantFrom("\r\n\r\n", "\n\n", "\r\n", ""),
    rest: fc.oneof(fc.constant(""), fc.string({ unit: "binary-ascii", maxLength: 100 })),
    ending: endings,
  })
  .map(({ port, method, target, version, headers, end, rest, ending }): RawRequest => {
    const lines = [`${method} ${target} ${version}`, `Host: ${known("host")}`, ...headers.flat()];
    return { via: "raw", port, text: lines.join("\r\n") + end + rest, ending, isWhole: false };
  });

const anyBytes = fc
  .record({ port: ports, text: fc.string({ unit: "binary-ascii", maxLength: 400 }), ending: endings })
  .map((sent): RawRequest => ({ via: "raw", isWhole: false, ...sent }));

/** An accepted socket on which no frame follows, but any bytes. */
const brokenFrames = fc
  .record({
    frames: fc.uint8Array({ maxLength: 60 }).map((bytes) => String.fromCharCode(...bytes)),
    ending: endings,
  })
  .map(({ frames, ending }): RawRequest => {
    const lines = ["GET /api/1.48.0/sync HTTP/1.1", `Host: ${known("host")}`, ...socketHeaders];
    return {
      via: "raw",
      port: "api",
      text: `${lines.join("\r\n")}\r\n\r\n${frames}`,
      ending,
      isWhole: true,
    };
  });

/** Several requests on one connection, of which the last one is any. */
const pipelined = fc.tuple(readableRaw, fc.integer({ min: 1, max: 20 })).map(([last, count]): RawRequest => ({
  ...last,
  text: `GET /version HTTP/1.1\r\nHost: ${known("host")}\r\n\r\n`.repeat(count) + last.text,
}));

export const rawRequests: fc.Arbitrary<RawRequest> = fc.oneof(
  { weight: 6, arbitrary: readableRaw },
  { weight: 4, arbitrary: malformedRaw },
  { weight: 1, arbitrary: anyBytes },
  { weight: 1, arbitrary: brokenFrames },
  { weight: 1, arbitrary: pipelined },
);
