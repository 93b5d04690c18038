/** Calls of functions: public ones with valid and wrong arguments, internal ones, and names that no function has. */
import { convexToJson, type Value } from "convex/values";
import fc from "fast-check";
import {
  internalFunctions,
  publicFunctions,
  valueFor,
  type RegisteredFunction,
} from "../support/registeredFunctions";
import { known, longText } from "./placeholders";
import { anyValue, variantsOf } from "./values";

/** Who calls: `owner` owns the store, `viewer` may only look at it. */
export type CallerName = "nobody" | "forger" | "viewer" | "owner";

export type Call = {
  name: string;
  kind: RegisteredFunction["kind"];
  args: unknown;
  /** Whether no client may call it, whatever the arguments are. */
  isForbidden: boolean;
};

/** What is called as a person and no store. The viewer may, and would store rows. */
const aboutThePerson = /^(accounts\.(businesses|passwordSignIn|invitations\.accept)|auth)\b/;

/** What the owner may do and the next requests could not be made after. */
const endsTheStore = new Set([
  "auth.signOut",
  "accounts.passwordSignIn.signOutEverywhere",
  "accounts.people.changeRole",
  "accounts.people.remove",
  "marketplaces.bricklink.connection.settings.connect",
  "marketplaces.bricklink.connection.settings.setActive",
  "marketplaces.bricklink.connection.settings.rotateCallback",
]);

/** Ids as placeholders; of a table without rows, a text that is no id. */
export const idTables = [
  "businessAccounts",
  "members",
  "inventoryItems",
  "inventoryLedger",
  "bricklinkOrders",
  "bricklinkOrderItems",
  "bricklinkNotifications",
];
const ids = new Proxy<Record<string, string>>(
  {},
  { get: (_, table: string) => (idTables.includes(table) ? known(`id:${table}`) : `id of ${table}`) },
);

/** A sign-in with the wrong password, which is counted, a sign-up that one change does not make valid, and no sign-ins. */
const signIns = [
  { provider: "password", params: { flow: "signIn", email: "nobody@example.com", password: "x".repeat(10) } },
  { provider: "password", params: { flow: "signUp", email: "nobody", password: "short" } },
  { provider: "github", params: {} },
  { refreshToken: "a|b" },
];

function validArgs({ path, args }: RegisteredFunction): fc.Arbitrary<unknown> {
  if (path === "auth.signIn") return fc.constantFrom(...signIns);
  return fc.constant(convexToJson(valueFor(args, ids) as Value));
}

function callOf(called: RegisteredFunction, isForbidden: boolean): fc.Arbitrary<Call> {
  const { name, kind } = called;
  return validArgs(called)
    .chain(variantsOf)
    .map((args) => ({ name, kind, args, isForbidden }));
}

const unknownNames = fc.oneof(
  fc.constantFrom(
    "",
    ":",
    "::",
    "nothing:here",
    "__proto__:constructor",
    "constructor:prototype",
    "orders/table:__proto__",
    "orders/table:constructor",
    "orders/table:toString",
    "http:default",
    "schema:default",
    "rateLimiter|lib:rateLimit",
    "rateLimiter|lib:resetRateLimit",
    "a|b|c:d",
    "_system/frontend:tables",
    "function://rateLimiter|lib:rateLimit",
    "../../local/host/deployment:openDeployment",
    longText(10_000),
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
);

const kinds = fc.constantFrom<RegisteredFunction["kind"]>("query", "mutation", "action");

/** A call that `caller` may try without changing what the other requests need. */
export function callsBy(caller: CallerName): fc.Arbitrary<Call> {
  const callable = publicFunctions().filter(({ path }) => {
    if (caller === "viewer") return !aboutThePerson.test(path);
    return caller !== "owner" || !endsTheStore.has(path);
  });
  return fc.oneof(
    { weight: 7, arbitrary: fc.oneof(...callable.map((called) => callOf(called, false))) },
    { weight: 2, arbitrary: fc.oneof(...internalFunctions().map((called) => callOf(called, true))) },
    {
      weight: 1,
      arbitrary: fc.record({
        name: unknownNames,
        kind: kinds,
        args: anyValue,
        isForbidden: fc.constant(true),
      }),
    },
  );
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Tokens that this deployment never issued. */
export const forgedTokens: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    ".",
    "..",
    "a.b.c",
    `${encoded({ alg: "none" })}.${encoded({ sub: "x|y", exp: 4e9 })}.`,
    `${encoded({ alg: "RS256" })}.${encoded({ sub: "x|y", aud: "convex", exp: 4e9 })}.AAAA`,
    `${encoded({ alg: "HS256" })}.${encoded({ sub: "x|y", aud: "convex", exp: 4e9 })}.AAAA`,
    `${encoded({ alg: "RS256", kid: "__proto__", jku: "http://127.0.0.1:1/" })}.${encoded([])}.AAAA`,
    `${known("owner")}x`,
    "__proto__",
    longText(5_000),
  ),
  fc.string({ maxLength: 60 }).map((text) => text.replace(/[^!-~]/g, "-")),
);

/** The value of an Authorization header; null for none. */
export function authorizationOf(caller: CallerName): fc.Arbitrary<string | null> {
  if (caller === "nobody") return fc.constant(null);
  if (caller !== "forger") return fc.constant(`Bearer ${known(caller)}`);
  return fc
    .tuple(fc.constantFrom("Bearer", "Bearer", "Convex"), forgedTokens)
    .map(([scheme, token]) => `${scheme} ${token}`);
}
