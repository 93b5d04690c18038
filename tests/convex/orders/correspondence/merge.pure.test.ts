import fc from "fast-check";
import { expect, it } from "vitest";
import { mergeMessages, MESSAGES_PER_ORDER_MAX } from "../../../../convex/orders/correspondence/merge";
import { boundedMessage } from "../../../../convex/orders/correspondence/schema";

const anyMessage = fc.record(
  { sentAt: fc.integer({ min: 1, max: 200 }), body: fc.constantFrom("a", "b", ""), from: fc.constant("ann") },
  { requiredKeys: ["sentAt", "body"] },
);
const anyMessages = fc.array(anyMessage, { maxLength: 300 });

type Message = Parameters<typeof mergeMessages>[1][number];

function merged(stored: readonly Message[], sent: readonly Message[]): Message[] {
  const { added, dropped } = mergeMessages(stored, sent);
  return [...stored.filter((message) => !dropped.includes(message)), ...added];
}

it("merging what is stored already changes nothing, however it is listed", () => {
  fc.assert(
    fc.property(anyMessages, (sent) => {
      const stored = merged([], sent);
      expect(mergeMessages(stored, sent)).toEqual({ added: [], dropped: [] });
      expect(mergeMessages(stored, sent.toReversed())).toEqual({ added: [], dropped: [] });
    }),
  );
});

it("at most a hundred messages are kept, each once, and none that is older than one that was dropped", () => {
  fc.assert(
    fc.property(anyMessages, anyMessages, (first, second) => {
      const kept = merged(merged([], first), second);
      expect(kept.length).toBeLessThanOrEqual(MESSAGES_PER_ORDER_MAX);
      const contents = kept.map((message) => JSON.stringify([message.sentAt, message.from, message.body]));
      expect(new Set(contents).size).toBe(kept.length);
      const oldest = Math.min(...kept.map(({ sentAt }) => sentAt));
      const all = [...first, ...second].filter(({ sentAt }) => sentAt > oldest);
      for (const { sentAt, from, body } of all)
        expect(contents).toContain(JSON.stringify([sentAt, from, body]));
    }),
  );
});

it("a message that its marketplace does not send any more stays", () => {
  const stored = [{ sentAt: 1, body: "a" }];
  expect(merged(stored, [])).toEqual(stored);
});

it("a long message is cut, says so, and is no other when it is sent again", () => {
  const long = boundedMessage({ sentAt: 1, body: `${"x".repeat(7_999)}😀 and more` });
  expect(long).toEqual({ sentAt: 1, body: "x".repeat(7_999), isCut: true });
  expect(mergeMessages([long], [long]).added).toEqual([]);
});
