/** The client's messages in Convex's sync protocol (convex 1.48), with the fields that the host reads. */
import type { JSONValue } from "convex/values";
import { z } from "zod";
import type { Failure } from "../functions/failures";

/** The active queries of a connection, and the queries of a batch. Chosen: 20 times what a large page subscribes to. */
export const QUERIES_MAX = 1_000;

/** The modifications of one message: a client may exchange all its queries at once. */
export const MODIFICATIONS_MAX = 2 * QUERIES_MAX;

/**
 * The limit for a message, and for a call's body over HTTP. A client that reconnects sends all its queries in one message:
 * these are 4 KiB for each. Parsing it takes the host some 40 ms. In bytes.
 */
export const MESSAGE_BYTES_MAX = 4 * 1024 * 1024;

const args = z.array(z.custom<JSONValue>()).transform(([first = {}]) => first);

/** 8 bytes in base64, as encodeTimestamp writes them. */
const timestamp = z.string().regex(/^[A-Za-z0-9+/]{11}=$/);

const clientMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("Connect"),
    sessionId: z.string(),
    maxObservedTimestamp: timestamp.nullish(),
  }),
  z.object({
    type: z.literal("Authenticate"),
    tokenType: z.enum(["User", "Admin", "None"]),
    value: z.string().optional(),
    baseVersion: z.number(),
  }),
  z.object({
    type: z.literal("ModifyQuerySet"),
    baseVersion: z.number(),
    newVersion: z.number(),
    modifications: z.array(
      z.discriminatedUnion("type", [
        z.object({
          type: z.literal("Add"),
          queryId: z.number(),
          udfPath: z.string(),
          args,
          journal: z.string().nullish(),
        }),
        z.object({ type: z.literal("Remove"), queryId: z.number() }),
      ]),
    ),
  }),
  z.object({ type: z.literal("Mutation"), requestId: z.number(), udfPath: z.string(), args }),
  z.object({ type: z.literal("Action"), requestId: z.number(), udfPath: z.string(), args }),
  z.object({ type: z.literal("Event") }),
]);
export type ClientMessage = z.output<typeof clientMessage>;
export type MessageOf<Type extends ClientMessage["type"]> = Extract<ClientMessage, { type: Type }>;

/** A message beyond a limit; the error's message is for the client. */
export class MessageRefused extends Error {}

/** Throws MessageRefused for a message beyond a limit, before it costs more than reading it. */
export function parseMessage(data: Buffer): ClientMessage {
  if (data.length > MESSAGE_BYTES_MAX) throw new MessageRefused("A message is larger than 4 MiB.");
  const message: unknown = JSON.parse(data.toString("utf8"));
  const { modifications } = z.looseObject({ modifications: z.unknown().optional() }).parse(message);
  if (Array.isArray(modifications) && modifications.length > MODIFICATIONS_MAX) {
    throw new MessageRefused(
      `A message adds or removes more than ${MODIFICATIONS_MAX.toLocaleString("en")} queries.`,
    );
  }
  return clientMessage.parse(message);
}

/** Encodes an unsigned 64-bit integer as the protocol does: 8 little-endian bytes in base64. */
export function encodeTimestamp(timestamp: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(timestamp);
  return bytes.toString("base64");
}

export function decodeTimestamp(encoded: string): bigint {
  return Buffer.from(encoded, "base64").readBigUInt64LE();
}

/** The fields of a failure in responses: `errorData` is present for a ConvexError only. */
export function failureFields({ data }: Failure): { errorData?: JSONValue } {
  return data === undefined ? {} : { errorData: data };
}
