/** What one client can ask of the host at once. */
import { beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Deployment } from "../../../local/host/deployment";
import { clientFor, fixturePath, open, recordingLog, waitUntil } from "../harness";
import { connectTo } from "./protocolClient";

let deployment: Deployment;
let lines: string[];
beforeEach(async () => {
  const listening = recordingLog();
  ({ lines } = listening);
  deployment = await open({ functions: fixturePath("edgeCases"), log: listening.log });
});

const runs = () => lines.filter((line) => line.startsWith("counted")).length;
const adds = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    type: "Add",
    queryId: from + index,
    udfPath: "tasks:counted",
    args: [{ owner: `owner ${from + index}` }],
  }));
const removes = (count: number) =>
  Array.from({ length: count }, (_, queryId) => ({ type: "Remove", queryId }));

type Client = Awaited<ReturnType<typeof connectTo>>;
const modify = (client: Client, version: number, modifications: unknown[]) =>
  client.send({
    type: "ModifyQuerySet",
    baseVersion: version - 1,
    newVersion: version,
    modifications,
  });

async function fatalErrorOf(client: Client): Promise<string> {
  const { error = "" } = await client.find(({ type }) => type === "FatalError");
  await waitUntil(() => client.socket.readyState === WebSocket.CLOSED);
  return error;
}

describe("a live client's subscriptions", () => {
  it("a connection subscribes to 1,000 queries, exchanges them all at once, and ends with the 1,001st", async () => {
    const client = await connectTo(deployment, "session");
    modify(client, 1, adds(0, 1_000));
    modify(client, 2, [...removes(1_000), ...adds(1_000, 1_000)]);
    await client.find(({ endVersion }) => endVersion?.querySet === 2);
    modify(client, 3, adds(2_000, 1));
    expect(await fatalErrorOf(client)).toContain("1,000 queries");
    expect(runs()).toBe(2_000);
  });

  it("a message with 170,000 queries ends its connection before one of them runs", async () => {
    const client = await connectTo(deployment, "session");
    modify(
      client,
      1,
      Array.from({ length: 170_000 }, () => ({})),
    );
    expect(await fatalErrorOf(client)).toContain("2,000");
    expect(runs()).toBe(0);
  });

  it("a message of more than 4 MiB ends its connection with the reason", async () => {
    const client = await connectTo(deployment, "session");
    client.mutate(0, "tasks:insert", { owner: "ann", text: "x".repeat(4 * 1024 * 1024) });
    expect(await fatalErrorOf(client)).toContain("4 MiB");
    expect(await clientFor(deployment).query("tasks:of", { owner: "ann" })).toEqual([]);
  });

  it("a client that sends 600 messages at once, of which the host reads 100 ahead, gets every one answered", async () => {
    const client = await connectTo(deployment, "session");
    const count = 600;
    for (let requestId = 0; requestId < count; requestId += 1) {
      client.mutate(requestId, "tasks:insert", { owner: "ann", text: "x".repeat(1_000) });
    }
    await client.find(({ requestId }) => requestId === count - 1);
    expect(client.messages.filter(({ type }) => type === "MutationResponse")).toHaveLength(count);
  });
});

describe("the HTTP API of functions", () => {
  const post = (path: string, body: unknown) =>
    fetch(`${deployment.url}${path}`, { method: "POST", body: JSON.stringify(body) });

  it("a batch of 1,000 queries is answered, and one of 1,001 is refused before one of them runs", async () => {
    const batch = (length: number) => ({
      queries: Array.from({ length }, () => ({ path: "tasks:counted", args: { owner: "ann" } })),
    });
    const answered = await post("/api/query_batch", batch(1_000));
    expect(((await answered.json()) as { results: unknown[] }).results).toHaveLength(1_000);
    const refused = await post("/api/query_batch", batch(1_001));
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("1,000 queries")]);
    expect(runs()).toBe(1_000);
  });

  it("a call with a body of more than 4 MiB is answered 413, and the host goes on", async () => {
    const args = { owner: "ann", text: "x".repeat(4 * 1024 * 1024) };
    for (const path of ["/api/mutation", "/api/query_batch", "/api/run/tasks/insert"]) {
      const refused = await post(path, { path: "tasks:insert", args });
      expect([path, refused.status, await refused.text()]).toEqual([
        path,
        413,
        expect.stringContaining("4 MiB"),
      ]);
    }
    expect(await clientFor(deployment).query("tasks:of", { owner: "ann" })).toEqual([]);
  });
});

describe("a live query's arguments", () => {
  it("arguments nested deeper than can be written fail their query, and the connection goes on", async () => {
    const client = await connectTo(deployment, "session");
    const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    const added = JSON.stringify({ type: "Add", queryId: 0, udfPath: "tasks:counted", args: ["DEEP"] });
    const message = JSON.stringify({
      type: "ModifyQuerySet",
      baseVersion: 0,
      newVersion: 1,
      modifications: ["ADDED"],
    });
    client.socket.send(message.replace('"ADDED"', added.replace('"DEEP"', deep)));
    const isOf = (version: number) => (sent: { endVersion?: { querySet: number } }) =>
      sent.endVersion?.querySet === version;
    const { modifications = [] } = await client.find(isOf(1));
    expect(modifications).toMatchObject([{ type: "QueryFailed" }]);
    modify(client, 2, adds(1, 1));
    await client.find(isOf(2));
  });
});
