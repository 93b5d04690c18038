/** Transitions that are too long for one message, and clients that are too slow to receive every transition. */
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { clientFor, fixturePath, liveClient, open, queryAt, waitUntil } from "../harness";

const functions = fixturePath("basic");
const MEGABYTE = 1024 * 1024;

it("a query result of several megabytes reaches an unmodified client, in chunks", async () => {
  const deployment = await open({ functions });
  const call = clientFor(deployment);
  const text = "x".repeat(0.9 * MEGABYTE);
  for (let rank = 0; rank < 7; rank += 1) await call.mutation("notes:add", { owner: "ann", text, rank });
  let seen: { text: string }[] = [];
  liveClient(deployment).onUpdate(queryAt("notes:of"), { owner: "ann" }, (notes) => {
    seen = notes as { text: string }[];
  });
  await waitUntil(() => seen.length === 7);
  expect(seen.every((note) => note.text === text)).toBe(true);
});

it("a client that stops reading gets fewer transitions than commits and ends with the last state", async () => {
  const deployment = await open({ functions });
  const call = clientFor(deployment);
  const socket = new WebSocket(`${deployment.url.replace("http", "ws")}/api/1.48.0/sync`);
  await new Promise((resolve) => socket.once("open", resolve));
  const transitions: { modifications: { value?: { text: string }[] }[] }[] = [];
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString()) as { type: string } & (typeof transitions)[number];
    if (message.type === "Transition") transitions.push(message);
  });
  socket.send(JSON.stringify({ type: "Connect", sessionId: crypto.randomUUID(), connectionCount: 0 }));
  const add = { type: "Add", queryId: 0, udfPath: "notes:of", args: [{ owner: "ann" }] };
  socket.send(
    JSON.stringify({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: [add] }),
  );
  await waitUntil(() => transitions.length === 1);

  const id = await call.mutation("notes:add", { owner: "ann", text: "", rank: 1 });
  await waitUntil(() => transitions.length === 2);
  socket.pause();
  const edits = 120;
  for (let edit = 0; edit < edits; edit += 1) {
    await call.mutation("notes:edit", { id, text: `${edit} ${"x".repeat(0.3 * MEGABYTE)}` });
  }
  socket.resume();
  const latest = () => transitions.at(-1)?.modifications[0]?.value?.[0]?.text ?? "";
  await waitUntil(() => latest().startsWith(`${edits - 1} `));
  expect(transitions.length).toBeLessThan(edits);
  socket.terminate();
});
