/** Messages of Convex's sync protocol (convex 1.48), as far as they are read here. */
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

/** A u64 as the protocol writes it: 8 little-endian bytes, base64. */
export function encodeTimestamp(timestamp: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(timestamp);
  return bytes.toString("base64");
}

export function decodeTimestamp(encoded: string): bigint {
  return Buffer.from(encoded, "base64").readBigUInt64LE();
}

/** A failure as responses carry it: `errorData` only for what the app meant the client to know. */
export function failureFields({ data }: Failure): { errorData?: JSONValue } {
  return data === undefined ? {} : { errorData: data };
}
