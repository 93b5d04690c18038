/** The answers to a client's mutations: stored with the commit, so that a mutation that is sent again is not applied again. */
import type { JSONValue } from "convex/values";
import type { Caller } from "../functions/caller";
import type { Functions } from "../functions/functions";
import { StorageUnavailable } from "../store/groupCommit";
import { encodeTimestamp, failureFields, type MessageOf } from "./protocol";

export type MutationAnswer = { type: "MutationResponse"; requestId: number; success: boolean } & Record<
  string,
  unknown
>;

function failed(requestId: number, result: string): MutationAnswer {
  return { type: "MutationResponse", requestId, success: false, result, logLines: [] };
}

/** The answer stored for a request; undefined when it is new. */
function handledAnswer(functions: Functions, session: string, requestId: number): MutationAnswer | undefined {
  const stored = functions.handledResponse(session, requestId);
  return stored === undefined ? undefined : (JSON.parse(stored) as MutationAnswer);
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
      response: JSON.stringify(answerOf(value, timestamp)),
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
  const handled = handledAnswer(functions, session, requestId);
  const answer =
    handled ??
    (await run(functions, session, message, caller).catch((error: unknown) => notStored(requestId, error)));
  const whenDurable = functions.whenDurable().then(
    () => answer,
    (error: unknown) => notStored(requestId, error),
  );
  return { whenDurable };
}
