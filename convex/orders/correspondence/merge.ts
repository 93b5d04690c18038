/** Which messages of an order are stored and which go, when its marketplace has sent them again. Pure. */
import type { Message } from "./schema";

/** Messages kept of one order; of more, the latest. */
export const MESSAGES_PER_ORDER_MAX = 100;

/**
 * What tells two messages of an order apart. Marketplaces give messages no id, so that all that they say has to: with at most a
 * hundred to compare, a hash would save nothing.
 */
function contentOf({ sentAt, from, subject, body }: Message): string {
  return JSON.stringify([sentAt, from ?? null, subject ?? null, body]);
}

/** Later ones first; of one instant, in an order that does not depend on how they were listed. */
function compareLatestFirst(a: Message, b: Message): number {
  return b.sentAt - a.sentAt || (contentOf(a) < contentOf(b) ? -1 : 1);
}

/**
 * Merges what was sent into what is stored: the latest hundred of both are kept, each once. A stored message that is not sent any
 * more stays. Merging the same again changes nothing.
 */
export function mergeMessages<Stored extends Message>(
  stored: readonly Stored[],
  sent: readonly Message[],
): { added: Message[]; dropped: Stored[] } {
  const storedContents = new Set(stored.map(contentOf));
  const unknown = new Map(sent.map((message) => [contentOf(message), message]));
  for (const content of storedContents) unknown.delete(content);
  const kept = new Set<Message>(
    [...stored, ...unknown.values()].sort(compareLatestFirst).slice(0, MESSAGES_PER_ORDER_MAX),
  );
  return {
    added: [...unknown.values()].filter((message) => kept.has(message)),
    dropped: stored.filter((message) => !kept.has(message)),
  };
}
