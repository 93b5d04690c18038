/** What the server refuses is said in German too. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConvexError } from "convex/values";
import ts from "typescript";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

function nameOf(property: ts.ObjectLiteralElementLike): string {
  return property.name?.getText() ?? "";
}

/** The codes in `{ code: "…", message: … }`, as errors have them, and in `refusal("…", …)`. Failures of BrickLink have no message. */
function codesInCode(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const callee = ts.isCallExpression(node) ? node.expression.getText() : "";
    // Of zod, about an answer of BrickLink.
    if (callee.endsWith(".addIssue")) return;
    const [first] = ts.isCallExpression(node) ? node.arguments : [];
    if (callee === "refusal" && first !== undefined && ts.isStringLiteral(first)) found.push(first.text);
    if (ts.isObjectLiteralExpression(node) && node.properties.some((each) => nameOf(each) === "message")) {
      const code = node.properties.find((each) => nameOf(each) === "code");
      if (code && ts.isPropertyAssignment(code) && ts.isStringLiteral(code.initializer))
        found.push(code.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The codes in "Throws ConvexError `one`, `two`, or as `other` does.": those too that are thrown by a variable. */
function codesInComments(text: string): string[] {
  return [...text.replaceAll(/\n\s*\*\s/g, " ").matchAll(/Throws ConvexError ([^.]*)\./g)].flatMap(
    ([, list = ""]) =>
      [...list.replaceAll(/\bas `\w+`/g, "").matchAll(/`(\w+)`/g)].map(([, code = ""]) => code),
  );
}

function codesOf(file: string): string[] {
  const text = readFileSync(join("convex", file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return [...codesInCode(source), ...codesInComments(text)];
}

const codes = new Set(
  readdirSync("convex", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("_generated"))
    .flatMap(codesOf),
);

const refused = new ConvexError({ code: "lastOwner", message: "A store needs an owner." });

/** errorText as the page has it in a language. */
async function errorTextIn(language: string): Promise<(error: unknown) => string> {
  vi.stubGlobal("localStorage", { getItem: () => language });
  vi.resetModules();
  const { errorText, loadRefusals } = await import("../../../src/ui/errorText");
  await loadRefusals();
  return errorText;
}

it("every code with which the server refuses a call has a German sentence, and no other has one", async () => {
  vi.stubGlobal("localStorage", { getItem: () => "de" });
  vi.resetModules();
  const { refusalText } = await import("../../../src/ui/refusalText");
  expect(codes.size).toBeGreaterThan(40);
  expect(Object.keys(refusalText).sort()).toEqual([...codes].sort());
});

it("a refusal is told in the page's language: in English as the server words it", async () => {
  expect((await errorTextIn("en"))(refused)).toBe("A store needs an owner.");
  expect((await errorTextIn("de"))(refused)).toMatch(/^Ein Shop braucht einen Inhaber\./);
});

it("a refusal of a code that the page does not know is told as the server words it, in German too", async () => {
  const unknown = new ConvexError({ code: "newer", message: "Wait." });
  expect((await errorTextIn("de"))(unknown)).toBe("Wait.");
  expect((await errorTextIn("de"))(new Error("offline"))).toMatch(/^Das hat nicht geklappt\./);
});
