/**
 * The webhook: POST /api/bricklink/webhook/{token}. It answers at once, before BrickLink is called. BrickLink does not sign its
 * callbacks. Its documentation says that the body is a list; first-hand reports say that it is empty; other clients expect
 * one object. All three are accepted. A body that cannot be read is refused with the reason and still causes a poll, which
 * reads the notification itself.
 */
import { z } from "zod";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { httpAction, type ActionCtx } from "../../_generated/server";
import { callerAddress } from "../../accounts/access";
import { hashSecretToken } from "../../lib/secretToken";
import { notificationEvent, type NotificationEvent } from "./api/notificationEvent";
import { tokenOfCallback } from "./connection/callbackUrl";

/** Bodies of this many bytes or more are refused: a notification has about 80. */
const BODY_BYTES_LIMIT = 1_024;

/** Older events are replays: BrickLink sends a callback within seconds. */
const REPLAY_AGE_MS = 60 * 60_000;

/** How far BrickLink's clock may be ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60_000;

type Answer = { status: number; body: Record<string, unknown>; headers?: Record<string, string> };

/** The events of a callback, or what is wrong with its body. `replays`: events that are too old to act on. */
export type CallbackBody =
  { ok: true; events: NotificationEvent[]; replays: number } | { ok: false; field: string; message: string };

const callbackBody = z.union([
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()).transform((one) => [one]),
]);

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

/** Reads a callback's body. One bad entry refuses the whole list. `now`: milliseconds UTC. */
export function readCallbackBody(text: string, now: number): CallbackBody {
  if (text.trim() === "") return { ok: true, events: [], replays: 0 };
  const json = parseJson(text);
  if (!json.ok) return { ok: false, field: "body", message: "The body is not JSON." };
  const list = callbackBody.safeParse(json.value);
  if (!list.success)
    return { ok: false, field: "body", message: "The body must be a notification or a list of them." };

  const events: NotificationEvent[] = [];
  let replays = 0;
  for (const [index, sent] of list.data.entries()) {
    const parsed = notificationEvent.safeParse(sent);
    const entry = Array.isArray(json.value) ? [`[${index}]`] : [];
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = [...entry, ...(issue?.path ?? [])].join(".") || "body";
      return { ok: false, field, message: issue?.message ?? "Not a notification." };
    }
    if (parsed.data.occurredAt > now + CLOCK_SKEW_MS) {
      return {
        ok: false,
        field: [...entry, "timestamp"].join("."),
        message: "The timestamp is more than five minutes ahead.",
      };
    }
    if (parsed.data.occurredAt < now - REPLAY_AGE_MS) replays += 1;
    else events.push(parsed.data);
  }
  return { ok: true, events, replays };
}

/** The body as text, or null as soon as it reaches the limit. Its bytes are counted, whatever Content-Length says. */
async function readLimited(request: Request): Promise<string | null> {
  if (request.body === null) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size >= BODY_BYTES_LIMIT) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** What could not be stored may be sent again, after seconds in which a conflict or a fault has passed. */
const notStored: Answer = {
  status: 503,
  body: { error: "The callback could not be stored. Send it again." },
  headers: { "Retry-After": "5" },
};

const unauthorized: Answer = { status: 401, body: { error: "The webhook token is missing or unknown." } };

const { notifications, limits } = internal.marketplaces.bricklink;

/** Whether a step succeeded. What it throws is logged: the callback is answered in any case. */
async function succeeds(step: Promise<unknown>, what: string): Promise<boolean> {
  try {
    await step;
    return true;
  } catch (error) {
    console.error(`A callback could not be ${what}.`, error);
    return false;
  }
}

/** Asks for a poll, which reads what the callback announced. Should that fail too, the cron polls within minutes. */
async function requestPoll(ctx: ActionCtx, businessAccountId: Id<"businessAccounts">): Promise<boolean> {
  return await succeeds(
    ctx.runMutation(limits.webhookIntake.requestPoll, { businessAccountId }),
    "turned into a poll",
  );
}

/** Stores the events, or where the callback has none, asks for a poll. Returns the answer when that failed, else null. */
async function accept(
  ctx: ActionCtx,
  businessAccountId: Id<"businessAccounts">,
  { events, replays }: { events: NotificationEvent[]; replays: number },
): Promise<Answer | null> {
  const source = "webhook" as const;
  const isEmpty = events.length + replays === 0;
  const [isStored] = await Promise.all([
    isEmpty
      ? requestPoll(ctx, businessAccountId)
      : events.length === 0 ||
        succeeds(
          ctx.runMutation(notifications.upsertNotification, { businessAccountId, source, events }),
          "stored",
        ),
    succeeds(ctx.runMutation(limits.webhookIntake.countCallback, { businessAccountId, replays }), "counted"),
  ]);
  if (isStored) return null;
  if (!isEmpty) await requestPoll(ctx, businessAccountId);
  return notStored;
}

function tooMany(error: string, retryAfterMs: number): Answer {
  return {
    status: 429,
    body: { error },
    headers: { "Retry-After": String(Math.ceil(retryAfterMs / 1_000)) },
  };
}

/** The answer to a callback whose token was looked up in vain. */
async function answerUnknownToken(ctx: ActionCtx): Promise<Answer> {
  const address = await callerAddress(ctx);
  // Where many at once conflict, it is not counted: what matters is that it is refused.
  const retryAfterMs = await ctx
    .runMutation(internal.accounts.unknownTokens.count, { address })
    .catch(() => 0);
  return retryAfterMs > 0 ? tooMany("Too many callbacks with an unknown token.", retryAfterMs) : unauthorized;
}

async function answerFor(ctx: ActionCtx, request: Request): Promise<Answer> {
  if (request.method !== "POST") {
    return { status: 405, body: { error: "Only POST is allowed here." }, headers: { Allow: "POST" } };
  }
  const now = Date.now();
  const token = tokenOfCallback(new URL(request.url));
  if (token === null) return unauthorized;
  const credential = await ctx.runQuery(notifications.getCredentialByToken, {
    tokenHash: await hashSecretToken(token),
    receivedAt: now,
  });
  if (credential === null) return await answerUnknownToken(ctx);

  const { businessAccountId, retryAfterMs } = credential;
  if (retryAfterMs > 0) return tooMany("Too many callbacks for this store.", retryAfterMs);
  const unreadable = { events: [], replays: 0 };
  const text = await readLimited(request);
  if (text === null) {
    const failed = await accept(ctx, businessAccountId, unreadable);
    return failed ?? { status: 413, body: { error: `The body must be under ${BODY_BYTES_LIMIT} bytes.` } };
  }
  const body = readCallbackBody(text, now);
  if (!body.ok) {
    console.warn(`A callback was refused: ${body.field}: ${body.message}`);
    const failed = await accept(ctx, businessAccountId, unreadable);
    return failed ?? { status: 400, body: { error: body.message, field: body.field } };
  }
  const failed = await accept(ctx, businessAccountId, body);
  return failed ?? { status: 200, body: { accepted: body.events.length, ignored: body.replays } };
}

export const bricklinkWebhook = httpAction(async (ctx: ActionCtx, request) => {
  const { status, body, headers } = await answerFor(ctx, request).catch((error: unknown) => {
    console.error("A callback could not be answered.", error);
    return notStored;
  });
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });
});
