/** The rules that are plain values: money, retries, matching, settling a line, tokens, sealing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchLine, type LotCandidate, type Wanted } from "../../../convex/inventory/matching";
import { nothingHeld, settleLine, type Phase } from "../../../convex/inventory/reservation";
import { takeFromWindow } from "../../../convex/marketplaces/bricklink/activity";
import { pokedPollAt } from "../../../convex/marketplaces/bricklink/arrivals";
import { callbackTokenOf, newCallbackToken } from "../../../convex/marketplaces/bricklink/callbackToken";
import { failureOf, redacted } from "../../../convex/marketplaces/bricklink/failure";
import { parseMoney } from "../../../convex/marketplaces/bricklink/money";
import {
  nextAttemptDelayMs,
  RETRY_DELAYS_MS,
} from "../../../convex/marketplaces/bricklink/notificationState";
import { knownStatuses, phaseOf, tabOf } from "../../../convex/marketplaces/bricklink/orderStatus";
import { openKeys, sealKeys } from "../../../convex/marketplaces/bricklink/sealing";

describe("money", () => {
  it.each([
    ["13.1210", 131_210n],
    ["0.0000", 0n],
    ["18.00", 180_000n],
    ["7", 70_000n],
    ["-0.0500", -500n],
    ["1.23450000", 12_345n],
  ])("reads %s exactly", (text, amount) => expect(parseMoney(text)).toBe(amount));

  it.each(["", "1,20", "1.23456", "abc", "1e3", "."])("refuses %j rather than round it", (text) => {
    expect(parseMoney(text)).toBeUndefined();
  });

  it("is exact for every amount of four decimals", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), (amount) => {
        const digits = String(amount < 0n ? -amount : amount).padStart(5, "0");
        const text = `${amount < 0n ? "-" : ""}${digits.slice(0, -4)}.${digits.slice(-4)}`;
        expect(parseMoney(text)).toBe(amount);
      }),
    );
  });
});

describe("retries", () => {
  it("wait about 30 s, 2 min, 10 min, 30 min, 2 h and 6 h, and end", () => {
    for (const [index, delay] of RETRY_DELAYS_MS.entries()) {
      expect(nextAttemptDelayMs(index + 1, "retry", 0)).toBe(delay);
      expect(nextAttemptDelayMs(index + 1, "retry", 1)).toBe(delay * 1.25);
    }
    expect(nextAttemptDelayMs(RETRY_DELAYS_MS.length + 1, "retry", 0)).toBeUndefined();
  });
  it("of what BrickLink does not have end after the second", () => {
    expect(nextAttemptDelayMs(1, "retryOnce", 0)).toBe(30_000);
    expect(nextAttemptDelayMs(2, "retryOnce", 0)).toBeUndefined();
  });
  it("wait as long as the server asks, when that is longer", () => {
    expect(nextAttemptDelayMs(1, "retry", 0, 90_000)).toBe(90_000);
    expect(nextAttemptDelayMs(1, "retry", 0, 10)).toBe(30_000);
  });
});

describe("settling a line", () => {
  const phases: Phase[] = ["open", "shipped", "cancelled"];
  const steps = fc.array(
    fc.record({ phase: fc.constantFrom(...phases), required: fc.integer({ min: 0, max: 20 }) }),
    { maxLength: 20 },
  );

  it("never holds more than there is, and its movements are exactly its changes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), steps, (stock, walk) => {
        let [onHand, reserved] = [stock, 0];
        let holding = nothingHeld;
        for (const { phase, required } of walk) {
          const settled = settleLine(phase, required, holding, onHand - reserved);
          for (const { onHandDelta, reservedDelta } of settled.movements) {
            onHand += onHandDelta;
            reserved += reservedDelta;
            expect(reserved).toBeGreaterThanOrEqual(0);
            expect(reserved).toBeLessThanOrEqual(onHand);
          }
          holding = settled.holding;
          expect(reserved).toBe(holding.reserved);
          expect(onHand).toBe(stock - holding.fulfilled);
          if (phase === "open") expect(holding.reserved + settled.short).toBe(required);
          expect(settleLine(phase, required, holding, onHand - reserved).movements).toEqual([]);
        }
      }),
    );
  });

  it("shipped while short sends what was held and records the rest", () => {
    const settled = settleLine("shipped", 5, { ...nothingHeld, reserved: 3 }, 0);
    expect(settled).toEqual({
      holding: { reserved: 0, fulfilled: 3, shippedWithoutStock: 2 },
      short: 0,
      movements: [{ kind: "fulfil", onHandDelta: -3, reservedDelta: -3 }],
    });
    expect(settleLine("shipped", 5, settled.holding, 9).movements).toEqual([]);
  });

  it("first seen when it was shipped takes what has left the shelf", () => {
    expect(settleLine("shipped", 5, nothingHeld, 4)).toEqual({
      holding: { reserved: 0, fulfilled: 4, shippedWithoutStock: 1 },
      short: 0,
      movements: [
        { kind: "reserve", onHandDelta: 0, reservedDelta: 4 },
        { kind: "fulfil", onHandDelta: -4, reservedDelta: -4 },
      ],
    });
  });

  it("cancelled after shipping leaves the goods out", () => {
    const shipped = { reserved: 0, fulfilled: 5, shippedWithoutStock: 1 };
    const { holding, movements } = settleLine("cancelled", 6, shipped, 9);
    expect([holding, movements]).toEqual([shipped, []]);
  });
});

describe("matching", () => {
  const goods = {
    itemType: "PART",
    partNumber: "3001",
    colorId: 5,
    condition: "new",
    location: "A1",
  } as const;
  const lot = (changes: Partial<LotCandidate>): LotCandidate => ({
    ...goods,
    quantityOnHand: 10,
    quantityReserved: 0,
    createdAt: 1,
    ...changes,
  });
  const wanted: Wanted = { ...goods, sourceLotId: "bricklink:1", quantity: 4 };

  it("takes the lot imported under the line's own id before any other", () => {
    const imported = lot({ sourceLotId: "bricklink:1", location: "Z9", quantityOnHand: 0 });
    expect(matchLine(wanted, [lot({}), imported])).toEqual({ kind: "sourceLot", lot: imported });
  });
  it("of several exact fits takes the one with enough, then the oldest", () => {
    const young = lot({ createdAt: 3 });
    const old = lot({ createdAt: 2 });
    const oldest = lot({ createdAt: 1, quantityReserved: 8 });
    expect(matchLine(wanted, [young, oldest, old])).toEqual({ kind: "exact", lot: old });
    expect(matchLine({ ...wanted, quantity: 99 }, [young, old, oldest])).toEqual({
      kind: "exact",
      lot: oldest,
    });
  });
  it.each([
    ["another bin", { location: "A2" }],
    ["another colour", { colorId: 6 }],
    ["another condition", { condition: "used" as const }],
    ["another kind of item", { itemType: "MINIFIG" }],
    ["another completeness", { completeness: "sealed" as const }],
  ])("does not take %s", (_, changes) => {
    expect(matchLine(wanted, [lot(changes)])).toEqual({ kind: "unmatched" });
  });
  it("without a bin takes the only lot of these goods, and guesses among none", () => {
    const noBin = { ...wanted, location: "" };
    expect(matchLine(noBin, [lot({ location: "B7" })])).toMatchObject({ kind: "onlyFit" });
    expect(matchLine(noBin, [lot({ location: "B7" }), lot({ location: "B8" })])).toEqual({
      kind: "unmatched",
    });
  });
});

describe("statuses", () => {
  it("keep goods promised in every open and problem state, and in one nobody has heard of", () => {
    const closed = new Set(["SHIPPED", "RECEIVED", "COMPLETED", "CANCELLED", "PURGED"]);
    for (const status of knownStatuses) expect(phaseOf(status) === "open").toBe(!closed.has(status));
    expect([phaseOf("NEW_STATUS"), tabOf("NEW_STATUS")]).toEqual(["open", "problem"]);
    expect(phaseOf("constructor")).toBe("open");
  });
});

describe("failures", () => {
  it("never repeat a key", () => {
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
  it("know BrickLink's words for too many calls", () => {
    const said = failureOf({ code: 400, message: "X", description: "blocked consumer_key 7A" });
    expect(said.code).toBe("rateLimited");
  });
});

describe("windows and pokes", () => {
  it("count up to the limit and start anew when their time is over", () => {
    const full = { startedAt: 1_000, count: 5 };
    expect(takeFromWindow(full, 1, 5, 100, 1_099)).toEqual({ ok: false, freeAt: 1_100 });
    expect(takeFromWindow(full, 1, 5, 100, 1_100)).toEqual({
      ok: true,
      window: { startedAt: 1_100, count: 1 },
    });
    expect(takeFromWindow({ startedAt: 1_000, count: 4 }, 2, 5, 100, 1_000).ok).toBe(false);
  });
  it("poll at once, then once for all pokes of a spacing", () => {
    expect(pokedPollAt(undefined, 1_000)).toBe(1_000);
    expect(pokedPollAt(1_000, 2_000)).toBe(6_000);
    expect(pokedPollAt(6_000, 3_000)).toBeUndefined();
    expect(pokedPollAt(6_000, 60_000)).toBe(60_000);
  });
});

describe("secrets", () => {
  const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };
  const key = (byte: string) => btoa(byte.repeat(32));

  it("open again under their key and for their business only", async () => {
    const sealed = await sealKeys(keys, "business-1", key("k"));
    expect(await openKeys(sealed, "business-1", key("k"))).toEqual(keys);
    await expect(openKeys(sealed, "business-2", key("k"))).rejects.toThrow("cannot be opened");
    await expect(openKeys(sealed, "business-1", key("l"))).rejects.toThrow("cannot be opened");
    await expect(sealKeys(keys, "business-1", "c2hvcnQ=")).rejects.toThrow("CREDENTIALS_KEY");
  });
  it("are never sealed alike twice", async () => {
    const once = await sealKeys(keys, "b", key("k"));
    const twice = await sealKeys(keys, "b", key("k"));
    expect(once.iv).not.toBe(twice.iv);
  });
  it("in a callback's address are of one shape, in the path or the query", () => {
    const token = newCallbackToken();
    const at = (rest: string) => callbackTokenOf(new URL(`https://x.test/api/bricklink/webhook${rest}`));
    expect(at(`/${token}`)).toBe(token);
    expect(at(`?webhookToken=${token}`)).toBe(token);
    for (const wrong of ["", "/", `/${token}x`, `/${token}/more`, "?webhookToken=", `/${token.slice(1)}!`]) {
      expect(at(wrong)).toBeNull();
    }
  });
});
