/** Shared by the HTTP servers: reading a request's address, body, origin and caller, and sending JSON. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Auth } from "../functions/auth";
import { adminCaller, anonymousCaller, unknownOrigin, type Caller, type Origin } from "../functions/caller";
import type { Functions } from "../functions/functions";
import type { Store } from "../store/store";

/** Convex's limit for the body of a request to an HTTP action (HTTP_ACTION_BODY_LIMIT of the self-hosted backend). */
export const BODY_LIMIT_BYTES = 20 * 1024 * 1024;

/** A variable of the functions' environment and its new value; without one, it is removed. */
export type EnvironmentChange = { name: string; value?: string | undefined };

export type ServerContext = {
  functions: Functions;
  auth: Auth;
  adminKey: string;
  store: Store;
  /**
   * Runs the functions with other environment variables from now on, until the process ends. Throws HostError and changes nothing
   * when the app does not allow them.
   */
  changeEnvironment: (changes: readonly EnvironmentChange[]) => Promise<void>;
};

/**
 * The address that a request names, by its target and its Host header; undefined when they are not an address of a server.
 * One with a user's name is none: fetch's Request, which HTTP actions get, cannot be made from it.
 */
export function urlOf({ url: target = "/", headers }: IncomingMessage): URL | undefined {
  const address = target.startsWith("/") ? `http://${headers.host ?? "127.0.0.1"}${target}` : target;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.username === "" && url.password === "" ? url : undefined;
}

/** The body exceeds its limit. */
export class BodyTooLarge extends Error {}

/** Throws BodyTooLarge for more than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // A body that is not read to its end must not end the connection, on which its answer is still to be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The request's token or admin key is not valid. */
export class Unauthorized extends Error {}

/** The origin of a request, or of the socket that it opens. */
export function originOf(request: IncomingMessage): Origin {
  return {
    ...unknownOrigin,
    ip: request.socket.remoteAddress ?? null,
    userAgent: request.headers["user-agent"] ?? null,
  };
}

/** The caller that a request's Authorization header names. Throws Unauthorized when it is not valid. */
export async function callerOf(request: IncomingMessage, { auth, adminKey }: ServerContext): Promise<Caller> {
  const origin = originOf(request);
  const [scheme = "", token = ""] = (request.headers.authorization ?? "").split(" ");
  if (scheme === "Convex") {
    if (token === adminKey) return adminCaller(origin);
    throw new Unauthorized("The admin key belongs to another deployment.");
  }
  if (scheme !== "Bearer") return anonymousCaller(origin);
  try {
    const { identity } = await auth.verify(token);
    return { identity, isTrusted: false, origin: { ...origin, authToken: token } };
  } catch (error) {
    throw new Unauthorized(error instanceof Error ? error.message : "The token cannot be verified.");
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}
