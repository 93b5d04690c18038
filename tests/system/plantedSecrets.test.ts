/**
 * Secrets that are known to the test are put into a running system, and then looked for in everything that it says: the
 * answers of every public function, errors, its log at the most talkative level, its export, and the page's files.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { convexToJson, type Value } from "convex/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import type { Role } from "../../convex/accounts/schema";
import {
  exportedRows,
  startObservedSystem,
  type ExportedRow,
  type ObservedSystem,
} from "../support/observedSystem";
import { publicFunctions, valueFor, type Ids, type RegisteredFunction } from "../support/registeredFunctions";
import { formsOf, secretsIn, type Secrets } from "../support/secretForms";
import {
  clientWith,
  control,
  createStore,
  eventually,
  freshFolder,
  placeOrder,
  removeFolder,
  signIn,
  type TestStore,
  seenOrder,
} from "../support/system";

const root = resolve(import.meta.dirname, "../..");

/** With characters that URLs, JSON and base64 write differently. */
const PASSWORD = 'plänted "pass/word"+=&?';

let system: ObservedSystem;
let data: string;
let store: TestStore;
let orderNumber: number;
const tokens: Partial<Record<Role, string>> = {};

/** What nobody may read but the system itself, and the person to whom it was given once. */
const secrets: Secrets = {};
/** What staff and owners may read where `permittedInAnswers` says. */
const personalData: Secrets = {};

const EMAIL = "the buyer's e-mail address";
const STREET = "the buyer's street";
const TELEPHONE = "the buyer's telephone number";

/** What of it a function's answer holds, by the function's path. */
const permittedInAnswers: Record<string, string[]> = {
  "orders.detail.get": [EMAIL, STREET, TELEPHONE],
  "orders.parcels.get": [STREET],
};

/** What an export holds of secrets and buyers, and why it may: it is a backup, to be protected as the data folder is. */
const permittedInExport = [
  { table: "bricklinkOrders", field: "buyerEmail", reason: "Orders are sent by it until it is removed." },
  {
    table: "bricklinkOrders",
    field: "shipping",
    reason: "The postal address and telephone number, likewise.",
  },
  { table: "marketplaceCredentials", field: "encryptedKeys", reason: "Its key is not in the export." },
  { table: "marketplaceCredentials", field: "webhookTokenHash", reason: "A SHA-256 of 256 random bits." },
  { table: "invitations", field: "tokenHash", reason: "A SHA-256 of 256 random bits." },
  { table: "authAccounts", field: "secret", reason: "A PBKDF2 hash of the password with its own salt." },
  // Whoever reads both can go on with an open session. SECURITY.md says so.
  { table: "authRefreshTokens", field: "sessionId", reason: "A refresh token is made of two rows' ids." },
];

/** The ids of rows that arguments name. */
let ids: Ids;

async function addMember(role: Role): Promise<string> {
  const owner = clientWith(system.convex, tokens.owner ?? "");
  const { businessAccountId } = store;
  const { token: invitation } = await owner.action(api.accounts.invitations.create, {
    businessAccountId,
    role,
    label: role,
  });
  const session = await signIn(system.convex, { email: `${role}@example.com`, password: PASSWORD }, "signUp");
  await clientWith(system.convex, session.token).action(api.accounts.invitations.accept, {
    token: invitation,
  });
  secrets[`${role}'s used invitation`] = invitation;
  secrets[`${role}'s session token`] = session.token;
  secrets[`${role}'s refresh token`] = session.refreshToken;
  return session.token;
}

/** An order that BrickLink answers first with a cut and an unreadable text, and then as it is. */
async function placeTroubledOrder(): Promise<number> {
  for (const kind of ["truncated", "html200"]) {
    await control(system.bricklink, "POST", "/faults", { store: store.name, endpoint: "/orders/", kind });
  }
  return await placeOrder(system, store.name, { buyer: "planted.buyer" });
}

/** A change at BrickLink of the order that has the personal data. */
async function requestChange(): Promise<void> {
  const owner = clientWith(system.convex, tokens.owner ?? "");
  const { businessAccountId } = store;
  const { requests, writes } = api.marketplaces.bricklink.outbox;
  await owner.mutation(writes.setEnabled, { businessAccountId, isEnabled: true });
  await owner.mutation(requests.request, {
    businessAccountId,
    orders: [await seenOrder(owner, businessAccountId, orderNumber)],
    changes: [{ kind: "status", status: "READY" }],
  });
}

/** A message of the order's buyer. */
async function receiveMessage(): Promise<void> {
  const path = `/stores/${store.name}/orders/${orderNumber}/messages`;
  await control(system.bricklink, "POST", path, { body: "Is it on its way?" });
  const owner = clientWith(system.convex, tokens.owner ?? "");
  const { businessAccountId } = store;
  await eventually(
    () => owner.query(api.orders.correspondence.messages.unread, { businessAccountId }),
    (unread) => unread.length > 0,
  );
}

async function plantPersonalData(): Promise<void> {
  const owner = clientWith(system.convex, tokens.owner ?? "");
  const { businessAccountId } = store;
  orderNumber = await placeOrder(system, store.name, { buyer: "planted.buyer" });
  const order = await eventually(
    () => owner.query(api.orders.detail.get, { businessAccountId, orderNumber }),
    (found) => found !== null,
  );
  const { email, address } = order?.buyer ?? {};
  personalData[EMAIL] = email ?? "";
  personalData[STREET] = address?.address1 ?? "";
  personalData[TELEPHONE] = address?.phoneNumber ?? "";
}

beforeAll(async () => {
  data = await freshFolder();
  system = await startObservedSystem(data);
  store = await createStore(system, "planted", { email: "owner@example.com", password: PASSWORD });
  const ownerSession = await signIn(system.convex, store.credentials);
  tokens.owner = ownerSession.token;
  const stored = JSON.parse(await readFile(join(data, "secrets.json"), "utf8")) as Secrets;
  Object.assign(secrets, {
    "the password": PASSWORD,
    "the consumer key": store.keys.consumerKey,
    "the consumer secret": store.keys.consumerSecret,
    "the token value": store.keys.tokenValue,
    "the token secret": store.keys.tokenSecret,
    "the callback token": store.callbackUrl.replace(/.*\//, ""),
    "the admin key": system.adminKey,
    "the key of the keys": stored.CREDENTIALS_KEY,
    // One line of the key's text, since its lines may be joined in different ways.
    "the signing key": stored.JWT_PRIVATE_KEY?.split(" ")[6],
    "the owner's session token": ownerSession.token,
    "the owner's refresh token": ownerSession.refreshToken,
  });
  tokens.staff = await addMember("staff");
  tokens.viewer = await addMember("viewer");
  const { token: invitation } = await clientWith(system.convex, ownerSession.token).action(
    api.accounts.invitations.create,
    { businessAccountId: store.businessAccountId, role: "viewer", label: "nobody yet" },
  );
  secrets["an open invitation"] = invitation;
  await plantPersonalData();
  await receiveMessage();
  await placeTroubledOrder();
  await requestChange();
  const rows = (await exportedRows(system)).filter(
    ({ document }) => document.businessAccountId === store.businessAccountId,
  );
  ids = Object.fromEntries(rows.map(({ table, document }) => [table, document._id]));
  ids = { returnsToShelf: "none", ...ids, businessAccounts: store.businessAccountId };
});

afterAll(async () => {
  await system.stop();
  await removeFolder(data);
});

/** The answer to a call over HTTP, as text with everything in it. `more`: fields that the function does not take. */
async function answerTo(called: RegisteredFunction, token: string | undefined, more: object = {}) {
  const paginationOpts = { cursor: null, numItems: 100 };
  const fields = { orderNumber, orderNumbers: [orderNumber], numItems: 100, paginationOpts };
  const args = { ...(valueFor(called.args, ids, fields) as Record<string, Value>), ...more };
  const response = await fetch(`${system.convex}/api/${called.kind}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ path: called.name, format: "json", args: convexToJson(args) }),
  });
  return { status: response.status, text: await response.text() };
}

/** Those that change something come last: they end sessions and remove rows. */
const called = publicFunctions().sort((a, b) => Number(b.kind === "query") - Number(a.kind === "query"));

/** Whose sessions the next calls need. */
const endsSessions = /signOut|people:(remove|changeRole)/;

describe("planted secrets", () => {
  it("every planted secret has a value, and is found in each of the forms that are looked for", () => {
    for (const [name, secret] of Object.entries({ ...secrets, ...personalData })) {
      expect([name, secret.length]).toEqual([name, expect.toSatisfy((length: number) => length >= 8)]);
      const text = Buffer.from(`{"before":1,"x":"${secret}"}`);
      const encoded = [text.toString("base64"), text.toString("base64url"), text.toString("hex")];
      for (const form of [...formsOf(secret), ...encoded])
        expect(secretsIn(form, { [name]: secret })).toEqual([name]);
    }
  });

  it.each(Object.entries(permittedInAnswers))(
    "%s shows of the buyer what it is meant to, to staff and owners only",
    async (path, names) => {
      const one = called.find((candidate) => candidate.path === path);
      if (!one) throw new Error(`There is no ${path}.`);
      for (const role of ["owner", "staff", "viewer"] satisfies Role[]) {
        const { text } = await answerTo(one, tokens[role]);
        expect(text).toContain('"status":"success"');
        expect([role, secretsIn(text, personalData)]).toEqual([role, role === "viewer" ? [] : names]);
      }
    },
  );

  it("no refusal repeats a secret that the call contained", async () => {
    const all = { ...secrets, ...personalData };
    const { convex, dashboard, site } = system;
    const token = secrets["the callback token"] ?? "";
    const post = (url: string, body: string, headers: Record<string, string> = {}) =>
      fetch(url, { method: "POST", body, headers });
    const refused = await Promise.all([
      ...called.map(async (one) => (await answerTo(one, tokens.owner, { planted: Object.values(all) })).text),
      ...[
        post(
          `${convex}/api/action`,
          JSON.stringify({ path: "auth:signIn", args: signInWith(`${PASSWORD}!`) }),
        ),
        post(`${convex}/api/mutation`, `{"path": ${JSON.stringify(Object.values(all))}`),
        post(`${convex}/api/query`, "{}", { Authorization: `Bearer ${tokens.owner}x` }),
        post(`${convex}/api/query`, "{}", { Authorization: `Convex ${system.adminKey}x` }),
        post(`${convex}/api/bricklink/webhook/${token}`, "[]"),
        post(`${convex}/http/api/bricklink/webhook/${token}`, Object.values(all).join("\n")),
        post(`${site}/api/bricklink/webhook/${token}`, JSON.stringify([{ event_type: Object.values(all) }])),
        post(`${site}/api/bricklink/webhook/${token}x`, "[]"),
        post(`${site}/${token}`, "[]"),
        post(`${dashboard}/${token}`, "[]"),
        fetch(`${dashboard}/invitation/${secrets["an open invitation"]}`),
        fetch(`${dashboard}/%${token}`),
      ].map(async (response) => (await response).text()),
    ]);
    for (const text of refused)
      expect([text.slice(0, 300), secretsIn(text, all)]).toEqual([text.slice(0, 300), []]);
  });

  it.each<Role | "nobody">(["viewer", "staff", "owner", "nobody"])(
    "no public function answers %s with a secret, nor with a buyer's address but where it is meant to",
    async (caller) => {
      const token = caller === "nobody" ? undefined : tokens[caller];
      let succeeded = 0;
      for (const one of called.filter(({ name }) => !endsSessions.test(name))) {
        const { text } = await answerTo(one, token);
        if (text.includes('"status":"success"')) succeeded += 1;
        const permitted =
          caller === "owner" || caller === "staff" ? (permittedInAnswers[one.path] ?? []) : [];
        const found = secretsIn(text, { ...secrets, ...personalData }).filter(
          (name) => !permitted.includes(name),
        );
        expect([one.path, found]).toEqual([one.path, []]);
      }
      // Most functions must have answered, or nothing was looked through.
      expect(succeeded).toBeGreaterThan(caller === "nobody" ? 0 : 15);
    },
  );

  it("the page's files contain no secret", () => {
    const folder = join(root, "node_modules/.cache/bricklink-orders-dashboard");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const { parentPath, name } of files) {
      const content = readFileSync(join(parentPath, name), "latin1");
      expect([name, secretsIn(content, { ...secrets, ...personalData })]).toEqual([name, []]);
    }
  });

  it("the export contains no secret but what is listed with its reason", async () => {
    const file = join(data, "export.jsonl");
    await exportTo(file);
    const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
    const rows = lines.map((line) => JSON.parse(line) as ExportedRow);
    for (const { table, field } of permittedInExport) {
      const isThere = rows.some((row) => row.table === table && row.document[field] !== undefined);
      expect([table, field, isThere]).toEqual([table, field, true]);
    }
    const withPersonalData = new Set<string>();
    for (const [index, line] of lines.entries()) {
      const table = rows[index]?.table ?? "";
      expect([table, secretsIn(line, secrets)]).toEqual([table, []]);
      if (secretsIn(line, personalData).length > 0) withPersonalData.add(table);
    }
    expect([...withPersonalData]).toEqual(["bricklinkOrders"]);
  });

  // The last test, so that everything above has been logged.
  it("no line that the process logs at its most talkative contains a secret or a buyer's address", () => {
    const lines = system.output().split("\n");
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) {
      expect([line, secretsIn(line, { ...secrets, ...personalData })]).toEqual([line, []]);
    }
  });
});

function signInWith(password: string) {
  return { provider: "password", params: { flow: "signIn", email: "owner@example.com", password } };
}

async function exportTo(file: string): Promise<void> {
  const args = ["--import", "tsx", join(root, "local/cli.ts"), "export", file, "--data", data];
  const code = await new Promise((done) => spawn(process.execPath, args, { cwd: root }).once("close", done));
  if (code !== 0) throw new Error(`The export ended with code ${String(code)}.`);
}
