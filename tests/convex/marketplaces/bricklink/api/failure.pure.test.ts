import { expect, it } from "vitest";
import { failureOf, redacted } from "../../../../../convex/marketplaces/bricklink/api/failure";

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

it.each([
  ["a token bound to another address", "TOKEN_IP_MISMATCHED: consumer: 7A1B IP: 203.0.113.7", "authAddress"],
  ["a clock that is off", "Invalid Timestamp: 1718000000", "authClock"],
  ["any other reason", "SIGNATURE_INVALID", "auth"],
])("a refusal of the keys because of %s has a code of its own", (_, description, code) => {
  expect(failureOf({ code: 401, message: "BAD_OAUTH_REQUEST", description }).code).toBe(code);
});
