import { expect, it } from "vitest";
import { failureOf, redacted } from "../../../../../convex/marketplaces/bricklink/failure";

it("a key in BrickLink's error text never appears in the redacted text", () => {
  const key = "7A1BCD2E3F405162738495A6B7C8D9E0";
  for (const text of [
    `consumer: ${key} IP: 1.2.3.4`,
    `blocked consumer_key: ${key}`,
    `token value: ${key}`,
    key,
  ]) {
    expect(redacted(text)).not.toContain(key);
  }
});

it('an error that says "blocked consumer_key" is classified as rate limiting', () => {
  const failure = failureOf({ code: 400, message: "X", description: "blocked consumer_key 7A" });
  expect(failure.code).toBe("rateLimited");
});
