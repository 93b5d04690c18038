/** The routes under /api/admin, with which an operator reads a running host's data. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { HostError } from "../lib/errors";
import { exportLines, newestDocuments } from "../store/exportImport";
import { sendJson, type ServerContext } from "./request";

/** How many documents `/api/admin/data` returns without `limit`. Chosen. */
const DEFAULT_LIMIT = 100;

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
  const { functions, store } = context;
  const limit = Number(url.searchParams.get("limit") ?? DEFAULT_LIMIT);
  const lines =
    url.pathname === "/api/admin/export"
      ? exportLines(store)
      : newestDocuments(store, url.searchParams.get("table") ?? "", limit);
  try {
    // Read between transactions, and sent only after every commit that it contains is on disk.
    const text = await functions.runExclusively(() => Promise.resolve([...lines].join("\n")));
    await functions.whenDurable();
    response.writeHead(200, { "Content-Type": "application/x-ndjson" }).end(text);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    sendJson(response, 404, { code: error.code, message: error.message });
  }
}
