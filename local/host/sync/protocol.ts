/** The client's messages in Convex's sync protocol (convex 1.48), with the fields that the host reads. */
import type { JSONValue } from "convex/values";
import { z } from "zod";
import type { Failure } from "../functions/failures";

const args = z.array(z.custom<JSONValue>()).transform(([first = {}]) => first);

export const clientMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("Connect"),
    sessionId: z.string(),
    maxObservedTimestamp: z.string().nullish(),
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
