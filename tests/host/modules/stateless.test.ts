// @vitest-environment node
/** Which files of an app a realm may evaluate once for all runs, because they can keep nothing. */
import { describe, expect, it } from "vitest";
import { statelessFiles, type SourceFile } from "../../../local/host/modules/stateless";

const CONVEX = { library: "/app/node_modules/convex/dist/esm/values/index.js" };

/** Whether a file of this source is stateless. `others`: files that it imports, by their names. */
function isStateless(source: string, others: Record<string, string> = {}): boolean {
  const targets = Object.keys(others).map((name): [string, { file: string }] => [
    `./${name}`,
    { file: name },
  ]);
  const imports: SourceFile["imports"] = {
    "convex/values": CONVEX,
    zod: { library: "/app/node_modules/zod/index.js" },
    cache: { library: "/app/node_modules/cache/index.js" },
    ...Object.fromEntries(targets),
  };
  const files = new Map(
    Object.entries({ ...others, file: source }).map(([name, text]) => [name, { source: text, imports }]),
  );
  return statelessFiles(files).has("file");
}

const V = 'import { v } from "convex/values";';
const Z = 'import { z } from "zod";';

describe("a file keeps nothing that has", () => {
  it.each([
    ["literals, lists and objects", `const a = [1, "b", { c: -2n, d: /x/i }]; export { a };`],
    [
      "what its other constants are made into",
      "const a = [1, 2]; const b = { ...a[0], sum: a.map((x) => x + 1) };",
    ],
    [
      "functions that change their own variables",
      "export function f() { let n = 0; n += 1; return [n].concat(n); }",
    ],
    [
      "validators and functions of convex",
      `${V} const a = v.object({ b: v.array(v.string()) }); const { fields } = a;`,
    ],
    ["schemas of zod with functions in them", `${Z} const a = z.string().transform((text) => text.trim());`],
    [
      "what its own functions make of these",
      `${Z} function maybe(s) { return s.nullish(); } const a = maybe(z.string());`,
    ],
    [
      "classes without static parts",
      "export class A extends Error { b = 1; constructor() { super(); this.b = 2; } }",
    ],
    ["the environment's variables", "export const a = process.env.A;"],
    [
      "an import of a package that only functions call",
      `import { make } from "cache"; const f = () => make();`,
    ],
  ])("%s", (_, source) => expect(isStateless(source)).toBe(true));

  it("imports of such files, and what their functions make", () => {
    const others = { maker: `${V} function list(of) { return v.array(of); } export { list };` };
    expect(isStateless(`${V} import { list } from "./maker"; const a = list(v.string());`, others)).toBe(
      true,
    );
  });
});

describe("a file may keep something that has", () => {
  it.each([
    ["a variable", "let calls = 0; export function f() { return (calls += 1); }"],
    ["a collection", "const seen = new Map();"],
    ["an object that it changes", "const counts = { a: 0 }; export const f = () => (counts.a += 1);"],
    [
      "an object that it changes by a pattern",
      "const counts = {}; export const f = (x) => { [counts.a] = x; };",
    ],
    ["an object that it changes by a loop", "const a = {}; export const f = (x) => { for (a.b of x); };"],
    ["a list that it adds to", "const seen = []; export const f = (x) => seen.push(x);"],
    ["an object that Object.assign changes", "const a = {}; export const f = (b) => Object.assign(a, b);"],
    ["an object of which it deletes", "const a = { b: 1 }; export const f = () => delete a.b;"],
    ["a property of a function", "export function f() { f.calls = 1; }"],
    ["a static property", "export class A { static calls = 0; }"],
    ["a property set on a class", "export class A {} export const f = () => { A.calls = 1; };"],
    ["an object whose method changes it", "const a = { n: 0, next() { return (this.n += 1); } };"],
    ["a getter", "const a = { get b() { return 1; } };"],
    [
      "a closure's variable",
      "const make = () => { let n = 0; return () => (n += 1); }; const next = make();",
    ],
    [
      "a closure's list",
      "const make = () => { const a = []; return (x) => a.push(x); }; const add = make();",
    ],
    ["a closure's collection", "const make = () => new Set(); const seen = make();"],
    ["an instance", "class A {} const a = new A();"],
    ["what a package makes", `import { make } from "cache"; const seen = make();`],
    ["the time", "export const startedAt = Date.now();"],
    ["the time, from a function of its own", "const now = () => Date.now(); export const startedAt = now();"],
    ["chance", "export const seed = Math.random();"],
    ["a pattern that remembers where it found something", "export const word = /x/g;"],
    ["a statement that runs", "const a = {}; console.log(a);"],
    ["syntax that is not known here", "@sealed class A {}"],
    ["a constant that would get another name", "const module = 1;"],
  ])("%s", (_, source) => expect(isStateless(source)).toBe(false));

  it("an import of a file that may", () => {
    expect(
      isStateless(`import { f } from "./counter"; export const g = () => f();`, { counter: "let n = 0;" }),
    ).toBe(false);
    expect(isStateless(`export * from "./counter";`, { counter: "let n = 0;" })).toBe(false);
  });

  it("an import of a file that imports it", () => {
    expect(isStateless(`import "./other";`, { other: `import "./file";`, file: "" })).toBe(false);
  });

  it("a constant that another file makes with a function that may keep something", () => {
    const others = { maker: "export const make = () => { let n = 0; return () => n++; };" };
    expect(isStateless(`import { make } from "./maker"; const next = make();`, others)).toBe(false);
  });
});
