/** The answers to a client's mutations: stored with the commit, so that a mutation that is sent again is not applied again. */
import type { JSONValue } from "convex/values";
import { z } from "zod";
import type { Caller } from "../functions/caller";
import type { Functions } from "../functions/functions";
import { StorageUnavailable } from "../store/groupCommit";
import { encodeTimestamp, failureFields, type MessageOf } from "./protocol";

export type MutationAnswer = { type: "MutationResponse"; requestId: number; success: boolean } & Record<
  string,
  unknown
>;

const storedAnswer = z.object({ caller: z.string(), answer: z.custom<MutationAnswer>() });

/** Names the caller in a stored answer. A session may change its identity, and its id may become known to others. */
function nameOf({ identity, isTrusted }: Caller): string {
  const { tokenIdentifier = "" } = identity ?? {};
  return JSON.stringify([isTrusted, tokenIdentifier]);
}

function failed(requestId: number, result: string): MutationAnswer {
  return { type: "MutationResponse", requestId, success: false, result, logLines: [] };
}

/** The stored answer for the caller who got it first, and a failure for any other; undefined for a new request. */
function handledAnswer(
  functions: Functions,
  session: string,
  requestId: number,
  caller: Caller,
): MutationAnswer | undefined {
  const stored = functions.handledResponse(session, requestId);
  if (stored === undefined) return undefined;
  const parsed = storedAnswer.safeParse(JSON.parse(stored));
  if (parsed.data?.caller === nameOf(caller)) return parsed.data.answer;
  return failed(requestId, "Another identity sent this request before. Reload the page.");
}

async function run(
  functions: Functions,
  session: string,
  { requestId, udfPath, args }: MessageOf<"Mutation">,
  caller: Caller,
): Promise<MutationAnswer> {
  const answerOf = (result: JSONValue, timestamp: bigint): MutationAnswer => ({
    type: "MutationResponse",
    requestId,
    success: true,
    result,
    ts: encodeTimestamp(timestamp),
    logLines: [],
  });
  const outcome = await functions.startMutation(udfPath, args, caller, {
    answerWith: (value, timestamp) => ({
      session,
      request: requestId,
      response: JSON.stringify({ caller: nameOf(caller), answer: answerOf(value, timestamp) }),
    }),
  });
  if (outcome.ok) return answerOf(outcome.value, outcome.timestamp);
  return { ...failed(requestId, outcome.failure.message), ...failureFields(outcome.failure) };
}

/** The failure as an answer when the mutation could not be stored. Throws any other error. */
function notStored(requestId: number, error: unknown): MutationAnswer {
  if (error instanceof StorageUnavailable) return failed(requestId, error.message);
  throw error;
}

/**
 * Runs a mutation, unless the session has sent it before. Resolves once it is committed, so that the next one can start;
 * `whenDurable` resolves to its answer once the commit is on disk.
 */
export async function answerMutation(
  functions: Functions,
  session: string,
  message: MessageOf<"Mutation">,
  caller: Caller,
): Promise<{ whenDurable: Promise<MutationAnswer> }> {
  const { requestId } = message;
  const handled = handledAnswer(functions, session, requestId, caller);
  const answer =
    handled ??
    (await run(functions, session, message, caller).catch((error: unknown) => notStored(requestId, error)));
  const whenDurable = functions.whenDurable().then(
    () => answer,
    (error: unknown) => notStored(requestId, error),
  );
  return { whenDurable };
}
