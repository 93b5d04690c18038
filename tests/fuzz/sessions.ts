/** Sessions of the sync protocol: valid messages in any order, valid ones with something wrong, and frames of other sorts. */
import fc from "fast-check";
import { callsBy, forgedTokens, type CallerName } from "./calls";
import { known, specialJson } from "./placeholders";
import { anyBody, anyValue, variantsOf } from "./values";

/** A frame of a WebSocket. A text of bytes may be invalid UTF-8. */
export type Frame =
  | { kind: "text"; text: string }
  | { kind: "bytes"; bytes: number[]; isText: boolean }
  | { kind: "ping"; bytes: number[] };

export type SessionRequest = { via: "session"; frames: Frame[] };

const numbers = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0, 1, 2) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 2 ** 53, -(2 ** 63), 1e308) },
);

function tokens(caller: CallerName): fc.Arbitrary<Record<string, unknown>> {
  if (caller === "nobody") return fc.constant({ tokenType: "None" });
  if (caller !== "forger") return fc.constant({ tokenType: "User", value: known(caller) });
  return fc.record({ tokenType: fc.constantFrom("User", "Admin"), value: forgedTokens });
}

function messages(caller: CallerName): fc.Arbitrary<unknown> {
  const calls = callsBy(caller).map(({ name, args }) => ({ udfPath: name, args: [args] }));
  const addition = fc
    .tuple(numbers, calls, fc.option(fc.string(), { nil: undefined }))
    .map(([queryId, call, journal]) => ({ type: "Add", queryId, ...call, journal }));
  const removal = numbers.map((queryId) => ({ type: "Remove", queryId }));
  return fc.oneof(
    fc
      .tuple(
        fc.oneof(fc.constantFrom("s", "", "\0", "\ud800", "__proto__"), fc.uuid()),
        fc.constantFrom(undefined, null, "", "x", "AAAAAAAAAAA=", "//////////8=", "A".repeat(100)),
      )
      .map(([sessionId, maxObservedTimestamp]) => ({
        type: "Connect",
        sessionId,
        connectionCount: 0,
        lastCloseReason: null,
        maxObservedTimestamp,
      })),
    fc.tuple(tokens(caller), numbers).map(([token, baseVersion]) => ({
      type: "Authenticate",
      baseVersion,
      ...token,
    })),
    fc
      .tuple(numbers, numbers, fc.array(fc.oneof(addition, addition, removal), { maxLength: 6 }))
      .map(([baseVersion, newVersion, modifications]) => ({
        type: "ModifyQuerySet",
        baseVersion,
        newVersion,
        modifications,
      })),
    fc.constantFrom(300, 1_001, 2_001).map((count) => ({
      type: "ModifyQuerySet",
      baseVersion: 0,
      newVersion: 1,
      modifications: specialJson("additions", count),
    })),
    fc.tuple(numbers, calls).map(([requestId, call]) => ({ type: "Mutation", requestId, ...call })),
    fc.tuple(numbers, calls).map(([requestId, call]) => ({ type: "Action", requestId, ...call })),
    fc.constantFrom(
      { type: "Event", eventType: "x", event: null },
      { type: "__proto__" },
      { type: "constructor" },
    ),
  );
}

const connect = { type: "Connect", sessionId: "fuzz", connectionCount: 0, lastCloseReason: null };

/** Most sessions begin as the client's do, so that what follows is read. */
function sessionsOf(caller: CallerName): fc.Arbitrary<SessionRequest> {
  const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => [...array]);
  const frame = fc.oneof(
    {
      weight: 8,
      arbitrary: messages(caller).map((value) => ({ kind: "text" as const, text: JSON.stringify(value) })),
    },
    {
      weight: 2,
      arbitrary: messages(caller)
        .chain(variantsOf)
        .map((value) => ({ kind: "text" as const, text: JSON.stringify(value) ?? "" })),
    },
    { weight: 1, arbitrary: anyBody.map((text) => ({ kind: "text" as const, text })) },
    {
      weight: 1,
      arbitrary: anyValue.map((value) => ({ kind: "text" as const, text: JSON.stringify(value) ?? "" })),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("bytes" as const), bytes, isText: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("ping" as const), bytes }) },
  );
  return fc
    .tuple(fc.boolean(), fc.option(tokens(caller), { nil: undefined }), fc.array(frame, { maxLength: 6 }))
    .map(([isConnected, token, frames]): SessionRequest => {
      const opening = [
        ...(isConnected ? [connect] : []),
        ...(token ? [{ type: "Authenticate", baseVersion: 0, ...token }] : []),
      ].map((message) => ({ kind: "text" as const, text: JSON.stringify(message) }));
      return { via: "session", frames: [...opening, ...frames] };
    });
}

/** Sessions of one of the callers. */
export function sessions(...callers: CallerName[]): fc.Arbitrary<SessionRequest> {
  return fc.oneof(...callers.map(sessionsOf));
}
