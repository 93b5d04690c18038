/**
 * The registered functions of convex/, found in its modules, and arguments for them made from their validators: a new
 * function is tested the day it is written.
 */

/** A validator as JSON, as far as arguments use it. */
export type Validator =
  | { type: "null" | "number" | "bigint" | "boolean" | "string" | "bytes" | "any" | "record" }
  | { type: "literal"; value: unknown }
  | { type: "id"; tableName: string }
  | { type: "array"; value: Validator }
  | { type: "union"; value: Validator[] }
  | { type: "object"; value: Record<string, { fieldType: Validator; optional: boolean }> };

export type RegisteredFunction = {
  /** As in the generated api, with dots, e.g. "orders.detail.get". */
  path: string;
  /** As in calls over HTTP, e.g. "orders/detail:get". */
  name: string;
  kind: "query" | "mutation" | "action";
  args: Validator;
};

const modules = import.meta.glob<Record<string, unknown>>(
  ["../../convex/**/*.ts", "!**/_generated/**", "!**/convex.config.ts"],
  { eager: true },
);

function functionsWhere(visibility: "isPublic" | "isInternal"): RegisteredFunction[] {
  return Object.entries(modules).flatMap(([file, exported]) =>
    Object.entries(exported).flatMap(([name, value]) => {
      const registered = value as Record<string, unknown> & { exportArgs?: () => string };
      if (typeof value !== "function" || registered[visibility] !== true || !registered.exportArgs) return [];
      const module = file.replace(/^.*\/convex\//, "").replace(/\.ts$/, "");
      const kind =
        registered.isQuery === true ? "query" : registered.isMutation === true ? "mutation" : "action";
      const args = JSON.parse(registered.exportArgs()) as Validator;
      return [{ path: `${module.replaceAll("/", ".")}.${name}`, name: `${module}:${name}`, kind, args }];
    }),
  );
}

/** The functions that clients may call. */
export function publicFunctions(): RegisteredFunction[] {
  return functionsWhere("isPublic");
}

/** The functions that only the server may call. */
export function internalFunctions(): RegisteredFunction[] {
  return functionsWhere("isInternal");
}

/** The id of a row by its table. */
export type Ids = Record<string, string>;

/**
 * A value that the validator accepts. Optional fields are left out, and null is chosen where it may be. `fields`: values
 * for the fields of these names, at any depth.
 */
export function valueFor(validator: Validator, ids: Ids, fields: Record<string, unknown> = {}): unknown {
  switch (validator.type) {
    case "null":
      return null;
    case "number":
      return 1;
    case "bigint":
      return 1n;
    case "boolean":
      return true;
    case "string":
      return "x";
    case "bytes":
      return new ArrayBuffer(1);
    case "any":
    case "record":
      return {};
    case "literal":
      return validator.value;
    case "id": {
      const id = ids[validator.tableName];
      if (id === undefined) throw new Error(`The test has no id of ${validator.tableName}.`);
      return id;
    }
    case "array":
      return [valueFor(validator.value, ids, fields)];
    case "union": {
      const nothing = validator.value.find(({ type }) => type === "null");
      const [first] = validator.value;
      if (!first) throw new Error("The union is empty.");
      return valueFor(nothing ?? first, ids, fields);
    }
    case "object":
      return Object.fromEntries(
        Object.entries(validator.value)
          .filter(([, { optional }]) => !optional)
          .map(([name, { fieldType }]) => [name, fields[name] ?? valueFor(fieldType, ids, fields)]),
      );
  }
}
