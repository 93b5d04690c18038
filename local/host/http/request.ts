/** What the HTTP faces share: the body of a request, where it comes from, and who sends it. */
import type { IncomingMessage } from "node:http";
import type { Auth } from "../functions/auth";
import { administrator, anonymous, nowhere, type Caller, type Origin } from "../functions/caller";
import type { Functions } from "../functions/functions";
import type { Store } from "../store/store";

/** Convex's limit for the body of a request (HTTP_ACTION_BODY_LIMIT). */
export const BODY_LIMIT_BYTES = 20 * 1024 * 1024;

export type HttpParts = { functions: Functions; auth: Auth; adminKey: string; store: Store };

export class BodyTooLarge extends Error {}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export class Unauthorized extends Error {}

/** Where a request, or the socket that it opens, comes from. */
export function originOf(request: IncomingMessage): Origin {
  return {
    ...nowhere,
    ip: request.socket.remoteAddress ?? null,
    userAgent: request.headers["user-agent"] ?? null,
  };
}

/** Who sends a request. Throws Unauthorized when what it shows is not valid. */
export async function callerOf(request: IncomingMessage, { auth, adminKey }: HttpParts): Promise<Caller> {
  const origin = originOf(request);
  const [scheme = "", token = ""] = (request.headers.authorization ?? "").split(" ");
  if (scheme === "Convex") {
    if (token === adminKey) return administrator(origin);
    throw new Unauthorized("The admin key is not this deployment's.");
  }
  if (scheme !== "Bearer") return anonymous(origin);
  try {
    const { identity } = await auth.verify(token);
    return { identity, isTrusted: false, origin: { ...origin, authToken: token } };
  } catch (error) {
    throw new Unauthorized(error instanceof Error ? error.message : "The token cannot be verified.");
  }
}
