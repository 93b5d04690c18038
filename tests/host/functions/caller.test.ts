// @vitest-environment node
/** Whose calls go first: those that somebody waits for. */
import { expect, it } from "vitest";
import {
  adminCaller,
  anonymousCaller,
  isWaitedFor,
  systemCaller,
  unknownOrigin,
  type Caller,
} from "../../../local/host/functions/caller";

const origin = { ...unknownOrigin, ip: "127.0.0.1" };
const scheduled: Caller = { ...systemCaller, origin: { ...unknownOrigin, scheduledFunctionId: "id" } };

it.each([
  ["a client's call", anonymousCaller(origin)],
  ["a client's call from an unknown address", anonymousCaller(unknownOrigin)],
  ["an operator's call", adminCaller(origin)],
  ["what an HTTP action calls", { ...anonymousCaller(origin), isTrusted: true }],
])("%s is waited for", (_, caller) => expect(isWaitedFor(caller)).toBe(true));

it.each([
  ["a cron", systemCaller],
  ["a scheduled function", scheduled],
  ["what a scheduled action calls", { ...scheduled, isTrusted: true }],
])("%s is not waited for", (_, caller) => expect(isWaitedFor(caller)).toBe(false));
