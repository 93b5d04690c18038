/**
 * Bounds of values as on Convex: convex-backend, crates/value/src/{array,object,size}.rs and crates/common/src/document.rs.
 * convex-test has none.
 */
import type { Value } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import { hostEngine, messageOf, type Engine } from "./engines";
import { queryAt } from "./functions";

let t: Engine;
beforeEach(() => {
  t = hostEngine();
});

const array = (length: number): Value => Array.from({ length }, () => 1);
const object = (fields: number): Value =>
  Object.fromEntries(Array.from({ length: fields }, (_, index) => [`f${index}`, 1n]));
/** Arrays in arrays, `levels` of them. */
const nested = (levels: number): Value => (levels === 0 ? 1 : [nested(levels - 1)]);

const insert = (value: Value) => t.run((ctx) => ctx.db.insert("anything", { position: 1, value }));
const pass = (value: Value) => t.query(queryAt("echo"), { value });

describe("a document", () => {
  const refused: Record<string, [value: Value, says: RegExp]> = {
    "with an array of more than 8,192 elements": [array(8_193), /ArrayTooLong/],
    "with an object of more than 1,024 fields": [object(1_025), /TooManyFieldsError/],
    "of more than 16 levels": [nested(16), /TooNestedError.*16/],
  };
  it.each(Object.entries(refused))("%s is refused", async (_, [value, says]) => {
    expect(await messageOf(insert(value))).toMatch(says);
  });

  it.each([array(8_192), object(1_024), nested(15)])(
    "a document at the bounds is accepted (%#)",
    async (value) => {
      await insert(value);
    },
  );

  it("a document is refused too when a patch makes it exceed them", async () => {
    const id = await insert(1);
    const patch = t.run((ctx) => ctx.db.patch("anything", id, { value: nested(16) }));
    expect(await messageOf(patch)).toMatch(/TooNestedError/);
  });
});

describe("an argument and a result", () => {
  it("an argument and a result may have 64 levels, with the object of the arguments", async () => {
    expect(await pass(nested(63))).toEqual(nested(63));
    expect(await messageOf(pass(nested(64)))).toMatch(/TooNestedError.*64/);
  });

  it("an argument or a result of more than 8,192 elements or 1,024 fields is refused", async () => {
    expect(await messageOf(pass(array(8_193)))).toMatch(/ArrayTooLong/);
    expect(await messageOf(pass(object(1_025)))).toMatch(/TooManyFieldsError/);
    expect(await messageOf(t.query(queryAt("makeArray"), { length: 8_193 }))).toMatch(/ArrayTooLong/);
  });
});
