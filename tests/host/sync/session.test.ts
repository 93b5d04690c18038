// @vitest-environment node
/** The sync protocol, message by message: behaviour that the official clients rely on and do not expose. */
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";
import { beforeEach, describe, expect, it } from "vitest";
import type { Deployment } from "../../../local/host/deployment";
import { clientFor, fixturePath, recordingLog, open, waitUntil } from "../harness";
import { connectTo, type Message, type Version } from "./protocolClient";

let deployment: Deployment;
let lines: string[];
let call: ReturnType<typeof clientFor>;
beforeEach(async () => {
  const listening = recordingLog();
  ({ lines } = listening);
  deployment = await open({ functions: fixturePath("edgeCases"), log: listening.log });
  call = clientFor(deployment);
});

const insert = (text: string, owner = "ann") => call.mutation("tasks:insert", { owner, text });
const texts = async (owner = "ann") => (await call.query("tasks:of", { owner })) as string[];
const runsOf = (owner: string) => lines.filter((line) => line === `counted ${owner}`).length;
const timeOf = (ts: string) => Buffer.from(ts, "base64").readBigUInt64LE();

const connect = (sessionId: string, more: Record<string, unknown> = {}) =>
  connectTo(deployment, sessionId, more);

const isResponse = (requestId: number) => (message: Message) =>
  message.type === "MutationResponse" && message.requestId === requestId;

describe("a mutation", () => {
  it("a mutation that is sent again after its response was lost gets the same response and is applied once", async () => {
    const first = await connect("session");
    first.mutate(0, "tasks:insert", { owner: "ann", text: "once" });
    const answered = await first.find(isResponse(0));
    first.socket.terminate();
    const second = await connect("session");
    second.mutate(0, "tasks:insert", { owner: "ann", text: "once" });
    expect(await second.find(isResponse(0))).toEqual(answered);
    // The client waits for a transition to the commit's time in this case too.
    await second.find(({ type, endVersion }) => type === "Transition" && endVersion?.ts === answered.ts);
    expect(await texts()).toEqual(["once"]);
  });

  it("two sessions' mutations with the same request number are both applied", async () => {
    for (const session of ["one", "other"]) {
      const client = await connect(session);
      client.mutate(0, "tasks:insert", { owner: "ann", text: session });
      await client.find(isResponse(0));
    }
    expect(await texts()).toEqual(["one", "other"]);
  });

  it("a mutation that throws is answered with success false and writes nothing", async () => {
    const client = await connect("session");
    client.mutate(0, "tasks:insert", { owner: "ann", text: "x", fail: true });
    expect(await client.find(isResponse(0))).toMatchObject({ success: false });
    expect(await texts()).toEqual([]);
  });

  it("mutations of one socket are applied and answered in the order in which they were sent", async () => {
    const client = await connect("session");
    const order = Array.from({ length: 40 }, (_, index) => String(index));
    for (const text of order) client.mutate(Number(text), "tasks:insert", { owner: "ann", text });
    await client.find(isResponse(39));
    expect(await texts()).toEqual(order);
    const answers = client.messages.filter(({ type }) => type === "MutationResponse");
    expect(answers.map(({ requestId }) => String(requestId))).toEqual(order);
  });

  it("a mutation is answered before an action that was sent earlier on the same socket ends", async () => {
    const client = await connect("session");
    client.send({ type: "Action", requestId: 0, udfPath: "tasks:unawaitedInAction", args: [{}] });
    client.mutate(1, "tasks:insert", { owner: "ann", text: "x" });
    await client.find(({ type }) => type === "ActionResponse");
    expect(client.messages.findIndex(isResponse(1))).toBe(0);
  });
});

describe("a mutation that another identity sent before", () => {
  const authenticate = (client: Awaited<ReturnType<typeof connect>>) =>
    client.send({ type: "Authenticate", tokenType: "Admin", value: deployment.adminKey, baseVersion: 0 });

  it("a mutation that is sent again by another identity fails, and gets neither the first one's answer nor applied", async () => {
    const first = await connect("session");
    authenticate(first);
    first.mutate(0, "tasks:insert", { owner: "ann", text: "secret" });
    const answered = await first.find(isResponse(0));
    const stranger = await connect("session");
    stranger.mutate(0, "tasks:insert", { owner: "ann", text: "strange" });
    const refused = await stranger.find(isResponse(0));
    expect(refused).toMatchObject({
      success: false,
      result: expect.stringContaining("Another identity") as string,
    });
    const again = await connect("session");
    authenticate(again);
    again.mutate(0, "tasks:insert", { owner: "ann", text: "secret" });
    expect(await again.find(isResponse(0))).toEqual(answered);
    expect(await texts()).toEqual(["secret"]);
  });

  it("a mutation before Connect is a fatal error, because its answer would be stored for every such client", async () => {
    const client = await connect("");
    client.mutate(0, "tasks:insert", { owner: "ann", text: "x" });
    await client.find(({ type }) => type === "FatalError");
    expect(await texts()).toEqual([]);
  });
});

describe("transitions", () => {
  it("transitions join without a gap, their time never decreases, and one reaches the time of every mutation", async () => {
    const client = await connect("session");
    client.subscribe(1, 0, "tasks:counted", { owner: "ann" });
    for (let requestId = 0; requestId < 10; requestId += 1) {
      client.mutate(requestId, "tasks:insert", { owner: requestId % 2 ? "ann" : "ben", text: "x" });
      await insert("between");
    }
    client.subscribe(2, 1, "tasks:counted", { owner: "ben" });
    await client.find(({ endVersion }) => endVersion?.querySet === 2);
    let version: Version = { querySet: 0, identity: 0, ts: "AAAAAAAAAAA=" };
    for (const { startVersion, endVersion } of client.messages.filter(({ type }) => type === "Transition")) {
      expect(startVersion).toEqual(version);
      if (!endVersion) throw new Error("A transition has no end version.");
      expect(timeOf(endVersion.ts)).toBeGreaterThanOrEqual(timeOf(version.ts));
      version = endVersion;
    }
    for (const [index, { type, ts }] of client.messages.entries()) {
      if (type !== "MutationResponse" || ts === undefined) continue;
      const after = client.messages.slice(index);
      const reached = after.some(({ endVersion }) => endVersion && timeOf(endVersion.ts) >= timeOf(ts));
      expect(reached).toBe(true);
    }
  });

  it("a wrong base version, an unknown message, a timestamp in the future and one that is none are fatal errors", async () => {
    const ahead = await connect("ahead");
    ahead.subscribe(3, 0, "tasks:counted", { owner: "ann" });
    const invalid = await connect("invalid");
    invalid.send({ type: "Nonsense" });
    const future = Buffer.alloc(8, 0x7f).toString("base64");
    const early = await connect("early", { maxObservedTimestamp: future });
    const malformed = await connect("malformed", { maxObservedTimestamp: "x" });
    for (const client of [ahead, invalid, early, malformed]) {
      await client.find(({ type }) => type === "FatalError");
      await waitUntil(() => client.socket.readyState === WebSocket.CLOSED);
    }
  });
});

describe("a subscription", () => {
  it("a subscription reruns only when a document in its read set is written", async () => {
    const client = await connect("session");
    client.subscribe(1, 0, "tasks:counted", { owner: "ann" });
    client.subscribe(2, 1, "tasks:counted", { owner: "ben" });
    await client.find(({ endVersion }) => endVersion?.querySet === 2);
    for (let count = 0; count < 5; count += 1) await insert("x", "cid");
    await insert("x", "ben");
    await client.find(
      ({ modifications }) =>
        modifications?.some(({ queryId, value }) => queryId === 1 && value === 1) ?? false,
    );
    expect([runsOf("ann"), runsOf("ben")]).toEqual([1, 2]);
  });

  it("a burst of commits causes fewer reruns than commits and ends with the last state", async () => {
    const client = await connect("session");
    client.subscribe(1, 0, "tasks:counted", { owner: "ann" });
    await client.find(({ endVersion }) => endVersion?.querySet === 1);
    await call.mutation("tasks:scheduleMany", { owner: "ann", total: 40 });
    await client.find(({ modifications }) => modifications?.some(({ value }) => value === 40) ?? false);
    expect(runsOf("ann")).toBeLessThan(40);
  });

  it("a subscription that fails sends QueryFailed without details and recovers when its documents change", async () => {
    const id = await insert("fail");
    const client = await connect("session");
    client.subscribe(1, 0, "tasks:counted", { owner: "ann" });
    const failed = await client.find(({ modifications }) => modifications?.length === 1);
    expect(failed.modifications).toMatchObject([{ type: "QueryFailed", queryId: 0 }]);
    expect(JSON.stringify(failed)).not.toContain("a task requests the failure");
    await call.mutation("tasks:removeAny", { id });
    await client.find(({ modifications }) => modifications?.some(({ value }) => value === 0) ?? false);
  });

  it("a removed subscription is confirmed with QueryRemoved and never reruns", async () => {
    const client = await connect("session");
    client.subscribe(1, 0, "tasks:counted", { owner: "ann" });
    client.send({
      type: "ModifyQuerySet",
      baseVersion: 1,
      newVersion: 2,
      modifications: [{ type: "Remove", queryId: 0 }],
    });
    const removal = await client.find(({ endVersion }) => endVersion?.querySet === 2);
    expect(removal.modifications).toEqual([{ type: "QueryRemoved", queryId: 0 }]);
    await insert("x");
    await wait(30);
    expect(runsOf("ann")).toBe(1);
  });
});

describe("an internal function", () => {
  it("an internal function is reported as not found to clients on every route", async () => {
    const client = await connect("session");
    client.mutate(0, "tasks:hidden", {});
    client.send({ type: "Action", requestId: 1, udfPath: "tasks:neverResolve", args: [{}] });
    const answers = [
      await client.find(isResponse(0)),
      await client.find(({ type }) => type === "ActionResponse"),
    ];
    for (const { success, result } of answers) {
      expect([success, result]).toEqual([false, expect.stringContaining("Could not find public function")]);
    }
    await expect(call.mutation("tasks:hidden")).rejects.toThrow("Could not find public function");
    const run = await fetch(`${deployment.url}/api/run/papers/hidden`, {
      method: "POST",
      body: '{"args":{}}',
    });
    expect(await run.json()).toMatchObject({ status: "error" });
    expect(await texts("hidden")).toEqual([]);
  });
});
