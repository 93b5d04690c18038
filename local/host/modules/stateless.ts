/**
 * Finds the files of an app that can keep nothing from one run to the next: their constants are literals, functions, and
 * what convex/server, convex/values and zod make of these, and nothing in them is changed. Whatever is not plainly so
 * counts as state, and so does a file that imports one with state.
 */
import {
  parse,
  type AnonymousFunctionDeclaration,
  type AnyNode,
  type ArrowFunctionExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  type Program,
} from "acorn";
import type { Target } from "./realm/inside/modules";

/**
 * What a name at the top of a file stands for. "declarative": a function that makes constants of constants and keeps nothing,
 * or what one has made.
 */
type Origin = "declarative" | "other";

type Statement = Program["body"][number];
type AnyFunction =
  FunctionDeclaration | AnonymousFunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** `names`: its own constants and functions. `exports`: what those that it exports stand for. */
type StatelessFile = { names: string[]; exports: ReadonlyMap<string, Origin> };

/** `source`: JavaScript with its imports and exports. `imports`: what each of them stands for. */
export type SourceFile = { source: string; imports: Readonly<Record<string, Target>> };

/** Packages whose functions make declarations, which they keep nowhere. */
const DECLARATIVE_PACKAGE = /\/node_modules\/(convex|zod)\//;

const CONVERSIONS = ["BigInt", "Boolean", "Number", "String"];
/** Global names that always stand for the same; also `process`, whose variables no function can change. */
const GLOBALS = new Set([...CONVERSIONS, "Infinity", "Math", "NaN", "process", "undefined"]);
/** Global functions that keep nothing, by the object that they belong to. */
const GLOBAL_FUNCTIONS: Readonly<Record<string, RegExp>> = {
  Date: /^parse$/,
  JSON: /./,
  Math: /^(?!random$)/,
  Object: /^(entries|fromEntries|keys|values)$/,
};
/** Methods of arrays and texts that make something new. */
const MAKING =
  /^(at|concat|every|filter|find|flat|flatMap|includes|join|map|padStart|reduce|repeat|replace|slice|some|split|toLowerCase|toSorted|toUpperCase|trim)$/;
/** Methods that change an array or a collection. */
const CHANGING = /^(add|clear|copyWithin|delete|fill|pop|push|reverse|set|shift|sort|splice|unshift)$/;
/** Functions of Object and Reflect that change their first argument. */
const CHANGING_FUNCTION = /^(assign|define|delete|set)/;

/** Names that stand for something else in the function that a file becomes. */
const PARAMETERS = new Set(["module", "exports", "require"]);

/** The stateless ones among files, with the names of their constants and functions. */
export function statelessFiles(files: ReadonlyMap<string, SourceFile>): Map<string, string[]> {
  const read = new Map<string, StatelessFile | undefined>();
  const fileAt = (path: string): StatelessFile | undefined => {
    if (read.has(path)) return read.get(path);
    // Files that import each other count as having state.
    read.set(path, undefined);
    const file = files.get(path);
    const found = file && new FileReader(file.imports, fileAt).read(file.source);
    read.set(path, found);
    return found;
  };
  const found = [...files.keys()].map((path): [string, StatelessFile | undefined] => [path, fileAt(path)]);
  return new Map(found.flatMap(([path, file]) => (file ? [[path, file.names]] : [])));
}

class FileReader {
  private readonly origins = new Map<string, Origin>();
  private readonly libraries = new Set<string>();
  private readonly exports = new Map<string, Origin>();
  private readonly names: string[] = [];

  constructor(
    private readonly imports: SourceFile["imports"],
    private readonly fileAt: (path: string) => StatelessFile | undefined,
  ) {}

  /** Undefined when the file may keep state. */
  read(source: string): StatelessFile | undefined {
    const program = parsed(source);
    if (!program) return undefined;
    for (const statement of program.body) {
      const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      // Functions can be used above the place where they stand.
      if (declaration?.type === "FunctionDeclaration") this.name(declaration.id.name, "other");
    }
    const isStateless =
      program.body.every((statement) => this.isDeclaration(statement)) &&
      !anyWithin(program, (node) => this.changesOwn(node)) &&
      !this.names.some((name) => PARAMETERS.has(name));
    return isStateless ? { names: this.names, exports: this.exports } : undefined;
  }

  private name(name: string, origin: Origin): void {
    if (!this.origins.has(name)) this.names.push(name);
    this.origins.set(name, origin);
  }

  /** What an import gives for a name; undefined when it is of a file with state. */
  private importFrom(specifier: unknown): ((name: string) => Origin) | undefined {
    const target = this.imports[String(specifier)];
    if (!target || "value" in target) return undefined;
    if ("library" in target) {
      const origin = DECLARATIVE_PACKAGE.test(target.library) ? "declarative" : "other";
      return () => origin;
    }
    const file = this.fileAt(target.file);
    return file && ((name) => file.exports.get(name) ?? "other");
  }

  /** Whether a statement only declares names that stand for constants, which are noted. */
  private isDeclaration(statement: Statement): boolean {
    switch (statement.type) {
      case "ImportDeclaration": {
        const from = this.importFrom(statement.source.value);
        for (const specifier of from ? statement.specifiers : []) {
          const { name } = specifier.local;
          const imported = specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : "";
          this.origins.set(name, from?.(imported) ?? "other");
          if ("library" in (this.imports[String(statement.source.value)] ?? {})) this.libraries.add(name);
        }
        return from !== undefined;
      }
      case "ExportAllDeclaration":
        return this.importFrom(statement.source.value) !== undefined;
      case "ExportNamedDeclaration":
        if (statement.source) return this.importFrom(statement.source.value) !== undefined;
        if (statement.declaration && !this.isDeclaration(statement.declaration)) return false;
        for (const { local, exported } of statement.specifiers) {
          this.exports.set(nameOf(exported), this.origins.get(nameOf(local)) ?? "other");
        }
        return true;
      case "VariableDeclaration":
        return (
          statement.kind === "const" &&
          statement.declarations.every(({ id, init }) => {
            if (!init || !this.isConstant(init)) return false;
            const names = declaredNames(id);
            const origin = isFunction(init) ? this.originOfFunction(init) : this.originOf(init);
            for (const name of names ?? []) this.name(name, origin);
            return names !== undefined;
          })
        );
      case "FunctionDeclaration":
        this.name(statement.id.name, this.originOfFunction(statement));
        return true;
      case "ClassDeclaration":
        this.name(statement.id.name, "other");
        return statement.body.body.every(
          (member) => member.type !== "StaticBlock" && !member.static && !member.computed,
        );
      case "EmptyStatement":
        return true;
      default:
        return false;
    }
  }

  /** A function is declarative when it changes nothing, and calls others that are, or methods of what it was given. */
  private originOfFunction(node: AnyFunction): Origin {
    const locals = localsOf(node);
    const isMethodOfLocal = (callee: AnyNode) =>
      callee.type === "MemberExpression" &&
      !callee.computed &&
      locals.has(rootOf(callee) ?? "") &&
      !CHANGING.test(nameOf(callee.property));
    const isUnclear = (part: AnyNode) =>
      /^(Assignment|Update|New|Class|Await|Yield|TaggedTemplate)Expression$|^ClassDeclaration$/.test(
        part.type,
      ) ||
      (part.type === "UnaryExpression" && part.operator === "delete") ||
      (part.type === "CallExpression" && !this.isDeclarative(part.callee) && !isMethodOfLocal(part.callee));
    return anyWithin(node.body, isUnclear) ? "other" : "declarative";
  }

  private originOf(node: AnyNode): Origin {
    return this.origins.get(rootOf(node) ?? "") ?? "other";
  }

  /** Whether an expression is the same whenever it is evaluated, and nothing can be kept in it but by changing it. */
  private isConstant(node: AnyNode | null): boolean {
    if (node === null) return true;
    const areConstant = (parts: readonly (AnyNode | null)[]) => parts.every((part) => this.isConstant(part));
    switch (node.type) {
      case "Literal":
        // A pattern with one of these flags remembers where it last found something.
        return !/[gy]/.test(node.regex?.flags ?? "");
      case "ArrowFunctionExpression":
        return true;
      case "FunctionExpression":
        // A method could keep something in its object.
        return !anyWithin(node.body, ({ type }) => type === "ThisExpression");
      case "Identifier":
        return this.origins.has(node.name) || GLOBALS.has(node.name);
      case "TemplateLiteral":
        return areConstant(node.expressions);
      case "ArrayExpression":
        return areConstant(node.elements);
      case "ObjectExpression":
        return areConstant(node.properties);
      case "Property":
        return node.kind === "init" && areConstant(node.computed ? [node.key, node.value] : [node.value]);
      case "SpreadElement":
        return this.isConstant(node.argument);
      case "UnaryExpression":
        return node.operator !== "delete" && this.isConstant(node.argument);
      case "BinaryExpression":
      case "LogicalExpression":
        return areConstant([node.left, node.right]);
      case "ConditionalExpression":
        return areConstant([node.test, node.consequent, node.alternate]);
      case "ChainExpression":
        return this.isConstant(node.expression);
      case "MemberExpression":
        return this.isConstant(node.object) && (!node.computed || this.isConstant(node.property));
      case "CallExpression":
        return this.isDeclarative(node.callee) && areConstant(node.arguments);
      default:
        return false;
    }
  }

  /** Whether a call makes a constant, if its arguments are constants. */
  private isDeclarative(callee: AnyNode): boolean {
    if (this.originOf(callee) === "declarative") return true;
    if (callee.type === "Identifier") return CONVERSIONS.includes(callee.name);
    if (callee.type !== "MemberExpression" || callee.computed) return false;
    const { object, property } = callee;
    const method = nameOf(property);
    const isGlobal = object.type === "Identifier" && !this.origins.has(object.name);
    if (isGlobal && GLOBAL_FUNCTIONS[object.name]?.test(method)) return true;
    return MAKING.test(method);
  }

  /** Whether a node changes what a name at the top of the file stands for. */
  private changesOwn(node: AnyNode): boolean {
    switch (node.type) {
      case "AssignmentExpression":
      case "ForInStatement":
      case "ForOfStatement":
        return node.left.type !== "VariableDeclaration" && anyWithin(node.left, (part) => this.isOfOwn(part));
      case "UpdateExpression":
        return this.isOfOwn(node.argument);
      case "UnaryExpression":
        return node.operator === "delete" && this.isOfOwn(node.argument);
      case "CallExpression": {
        const [{ callee }, first] = [node, node.arguments[0]];
        if (callee.type !== "MemberExpression" || callee.computed) return false;
        const method = nameOf(callee.property);
        return /^(Object|Reflect)$/.test(nameOf(callee.object))
          ? CHANGING_FUNCTION.test(method) && first !== undefined && this.isOfOwn(first)
          : CHANGING.test(method) && this.isOfOwn(callee.object);
      }
      default:
        return false;
    }
  }

  private isOfOwn(node: AnyNode): boolean {
    const root = rootOf(node);
    return root !== undefined && this.origins.has(root) && !this.libraries.has(root);
  }
}

/** Undefined for syntax that the parser does not know, although esbuild does, such as decorators. */
function parsed(source: string): Program | undefined {
  try {
    return parse(source, { ecmaVersion: "latest", sourceType: "module" });
  } catch {
    return undefined;
  }
}

/** The name with which a chain of members and calls begins. */
function rootOf(node: AnyNode): string | undefined {
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "MemberExpression":
      return rootOf(node.object);
    case "CallExpression":
      return rootOf(node.callee);
    case "ChainExpression":
      return rootOf(node.expression);
    default:
      return undefined;
  }
}

/** The names that a declaration gives; undefined for a pattern within a pattern, or with defaults. */
function declaredNames(id: AnyNode): string[] | undefined {
  if (id.type === "Identifier") return [id.name];
  if (id.type !== "ObjectPattern") return undefined;
  const names = id.properties.flatMap((property) =>
    property.type === "Property" && property.value.type === "Identifier" ? [property.value.name] : [],
  );
  return names.length === id.properties.length ? names : undefined;
}

function nameOf(node: AnyNode): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" ? String(node.value) : "";
}

function isFunction(node: AnyNode): node is AnyFunction {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

/** The names of a function's own parameters and variables, and of those of functions in it. */
function localsOf(root: AnyFunction): Set<string> {
  const names = new Set<string>();
  const noteIdentifiers = (node: AnyNode) => {
    if (node.type === "Identifier") names.add(node.name);
    return false;
  };
  anyWithin(root, (node) => {
    const declared = isFunction(node) ? node.params : node.type === "VariableDeclarator" ? [node.id] : [];
    for (const pattern of declared) anyWithin(pattern, noteIdentifiers);
    return false;
  });
  return names;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value;
}

function anyWithin(node: AnyNode, is: (node: AnyNode) => boolean): boolean {
  if (is(node)) return true;
  return Object.values(node)
    .flat()
    .some((child) => isNode(child) && anyWithin(child, is));
}
