/** The routes with which an operator reads a running host's data and changes its environment. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { HostError } from "../lib/errors";
import { exportLines, newestDocuments } from "../store/exportImport";
import { BODY_LIMIT_BYTES, readBody, sendJson, type ServerContext } from "./request";

const DATA_PATH = "/api/admin/data";
const EXPORT_PATH = "/api/admin/export";

/** As on Convex: `npx convex env set` posts to it. */
const ENVIRONMENT_PATH = "/api/update_environment_variables";

/** How many documents `/api/admin/data` returns without `limit`. Chosen. */
const DEFAULT_LIMIT = 100;

const environmentChanges = z.object({
  changes: z.array(z.object({ name: z.string(), value: z.string().optional() })),
});

/** Whether a path is one of the operator's routes. */
export function isAdminPath(pathname: string): boolean {
  return [DATA_PATH, EXPORT_PATH, ENVIRONMENT_PATH].includes(pathname);
}

async function sendDocuments(
  { functions, store }: ServerContext,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const limit = Number(url.searchParams.get("limit") ?? DEFAULT_LIMIT);
  const lines =
    url.pathname === EXPORT_PATH
      ? exportLines(store)
      : newestDocuments(store, url.searchParams.get("table") ?? "", limit);
  // Read between transactions, and sent only after every commit that it contains is on disk.
  const text = await functions.runExclusively(() => Promise.resolve([...lines].join("\n")));
  await functions.whenDurable();
  response.writeHead(200, { "Content-Type": "application/x-ndjson" }).end(text);
}

async function changeEnvironment(context: ServerContext, request: IncomingMessage): Promise<void> {
  const body: unknown = JSON.parse(await readBody(request, BODY_LIMIT_BYTES));
  await context.changeEnvironment(environmentChanges.parse(body).changes);
}

/** Answers the operator's routes, which `npm run local` calls. They require the admin key. */
export async function answerAdmin(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (request.headers.authorization !== `Convex ${context.adminKey}`) {
    sendJson(response, 401, { code: "Unauthenticated", message: "This needs the deployment's admin key." });
    return;
  }
  try {
    if (url.pathname === ENVIRONMENT_PATH) {
      await changeEnvironment(context, request);
      sendJson(response, 200, {});
    } else await sendDocuments(context, response, url);
  } catch (error) {
    if (error instanceof HostError) {
      const status = url.pathname === ENVIRONMENT_PATH ? 400 : 404;
      sendJson(response, status, { code: error.code, message: error.message });
    } else if (error instanceof SyntaxError || error instanceof z.ZodError) {
      sendJson(response, 400, {
        code: "BadRequest",
        message: "The body must be JSON: {changes: [{name, value}]}.",
      });
    } else throw error;
  }
}
