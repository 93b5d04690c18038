/** What the page says stands in `words`, in a file whose name ends with Text.ts. The types see to it that each language has all of it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

/** Development only: names of components and examples of what they show. */
const GALLERY = "components/";

/** The names of the languages, each in its own. */
const LANGUAGE = "language/language.ts";

/** On paper, for buyers of any country: in English. */
const PAPER = /^parcels\/(Slip|slip)/;

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/.test(file) && !file.startsWith(GALLERY) && file !== LANGUAGE && !PAPER.test(file),
);

/** Attributes that nobody reads or hears. */
const TECHNICAL =
  /^(class|style|key$|id$|to$|href$|name$|type$|role$|data-|auto|d$|viewBox$|sizes$|transform$|size$)/i;

/** A word of two letters on its own in JSX, or elsewhere two words, or one that begins like a label. */
const WORD = /\p{L}{2,}/u;
const PHRASE = /\p{L}{2,}[,.:;]? \p{L}+|^\p{Lu}\p{Ll}+[\s.,:]?$/u;

/** Values of properties of style, and names that the browser, a library or BrickLink gave. */
const NAMES =
  /^(Enter|Escape|Space|Tab|Arrow\w+|Home|End|Page\w+|Backspace|Delete|Shift|Control|Meta|Alt|Exhausted|Notification|None)$|[[\]{}]|sans-serif|^\((pointer|max-width): /;

function isTechnical(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent))
    return true;
  if (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  // Names of another system's, which a type lists: `"Received" satisfies PaymentStatus`.
  let list: ts.Node = parent;
  while (ts.isArrayLiteralExpression(list) || ts.isAsExpression(list)) list = list.parent;
  if (ts.isSatisfiesExpression(list)) return true;
  // What is compared is not shown: the kind of event "Order".
  if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) return true;
  for (let each: ts.Node = node; !ts.isSourceFile(each); each = each.parent) {
    // For developers, in the browser's console.
    if (ts.isNewExpression(each) && /Error$/.test(each.expression.getText())) return true;
    if (ts.isJsxAttribute(each)) return TECHNICAL.test(each.name.getText());
    if (ts.isTypeNode(each)) return true;
  }
  return false;
}

/** What a file says by itself, each with its line. */
function sentencesIn(file: string): string[] {
  const path = join("src", file);
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isWords = ts.isCallExpression(node) && node.expression.getText() === "words";
    if (isWords && file.endsWith("Text.ts")) return;
    const isText = ts.isJsxText(node) && WORD.test(node.text);
    const isString =
      (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) &&
      PHRASE.test(node.text.trim()) &&
      !NAMES.test(node.text) &&
      !isTechnical(node);
    if (isText || isString) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${path}:${line + 1} ${node.getText().trim().replaceAll(/\s+/g, " ")}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it("every sentence of the page stands in a words file, in each language", () => {
  expect(files.flatMap(sentencesIn)).toEqual([]);
});
