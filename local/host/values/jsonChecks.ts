/**
 * Checks JSON text's values against validators without turning them into Convex values: every call and every write is checked, and
 * nearly all of them match. What these checks cannot tell, `validate` decides.
 */
import { jsonToConvex, type JSONValue } from "convex/values";
import { validate, type IsId, type ValidatorJson } from "./validators";

/** True only for JSON whose value matches. */
type Check = (json: JSONValue, isId: IsId) => boolean;

type ObjectJson = { [key: string]: JSONValue };

/** How convex/values writes an int64: eight bytes in base64. */
const INT64 = /^[A-Za-z0-9+/]{11}=$/;

function isObject(json: JSONValue): json is ObjectJson {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function isInt64(json: JSONValue): boolean {
  if (!isObject(json) || Object.keys(json).length !== 1) return false;
  return typeof json.$integer === "string" && INT64.test(json.$integer);
}

function objectCheck(validator: Extract<ValidatorJson, { type: "object" }>): Check {
  const fields = Object.entries(validator.value).map(([name, { fieldType, optional }]) => ({
    name,
    optional,
    check: checkOf(fieldType),
  }));
  return (json, isId) => {
    if (!isObject(json)) return false;
    let known = 0;
    for (const { name, optional, check } of fields) {
      const value = Object.hasOwn(json, name) ? json[name] : undefined;
      if (value !== undefined) {
        known += 1;
        if (!check(value, isId)) return false;
      } else if (!optional) return false;
    }
    return Object.keys(json).length === known;
  };
}

function checkOf(validator: ValidatorJson): Check {
  switch (validator.type) {
    case "null":
      return (json) => json === null;
    case "number":
    case "boolean":
    case "string":
      return (json) => typeof json === validator.type;
    case "bigint":
      return isInt64;
    case "id":
      return (json, isId) => typeof json === "string" && isId(validator.tableName, json);
    case "literal":
      return (json) => typeof json !== "object" && json === validator.value;
    case "any":
      return (json) => typeof json !== "object" || json === null;
    case "array": {
      const element = checkOf(validator.value);
      return (json, isId) => Array.isArray(json) && json.every((each) => element(each, isId));
    }
    case "union": {
      const members = validator.value.map(checkOf);
      return (json, isId) => members.some((member) => member(json, isId));
    }
    case "object":
      return objectCheck(validator);
    case "record":
    case "bytes":
    case "commitTs":
      return () => false;
  }
}

/** Made once for each validator, since the same ones are used for as long as the functions are loaded. */
const checks = new WeakMap<ValidatorJson, Check>();

/** Whether JSON surely has a value that matches. */
export function surelyFits(validator: ValidatorJson, json: JSONValue, isId: IsId): boolean {
  let check = checks.get(validator);
  if (!check) {
    check = checkOf(validator);
    checks.set(validator, check);
  }
  return check(json, isId);
}

/** Throws as `validate` does for the JSON's value, and as `jsonToConvex` does for JSON that has none. */
export function validateJson(validator: ValidatorJson, json: JSONValue, what: string, isId: IsId): void {
  if (!surelyFits(validator, json, isId)) validate(validator, jsonToConvex(json), what, isId);
}
