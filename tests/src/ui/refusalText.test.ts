/** What the server refuses is said in German too. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConvexError } from "convex/values";
import ts from "typescript";
import { expect, it } from "vitest";
import { errorText } from "../../../src/ui/errorText";

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

/** Read and not imported: a page in English, as in Node, has none of them. */
function germanCodes(): string[] {
  const file = "src/ui/refusalText.ts";
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isGerman = ts.isPropertyAssignment(node) && nameOf(node) === "de";
    if (isGerman && ts.isObjectLiteralExpression(node.initializer)) {
      found.push(...node.initializer.properties.map(nameOf));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it("every code with which the server refuses a call has a German sentence, and no other has one", () => {
  expect(codes.size).toBeGreaterThan(40);
  expect(germanCodes().sort()).toEqual([...codes].sort());
});

it("a refusal is told in English as the server words it, and any other error as a lost connection", () => {
  expect(errorText(new ConvexError({ code: "lastOwner", message: "A store needs an owner." }))).toBe(
    "A store needs an owner.",
  );
  expect(errorText(new Error("offline"))).toBe(
    "That did not work. Check the connection, reload the page and try again.",
  );
});
