import { expect, it } from "vitest";
import { clientFor, fixturePath, open, recordingLog } from "../harness";

it("the log says which argument was refused and never its value, which may be a password", async () => {
  const { log, lines } = recordingLog();
  const deployment = await open({ functions: fixturePath("basic"), log });
  const secret = "correct horse battery";
  const refusals: Record<string, unknown>[] = [
    { owner: "ann", rank: 1, text: [secret] },
    { owner: "ann", rank: secret, text: "x" },
    { owner: "ann", rank: 1, text: "x", password: secret },
  ];
  for (const args of refusals) {
    await expect(clientFor(deployment).mutation("notes:add", args)).rejects.toThrow("Server Error");
  }
  // A query's arguments are in the address of a GET request, and an HTTP action's token in its path.
  await fetch(`${deployment.siteUrl}/broken?token=${encodeURIComponent(secret)}`);
  const text = lines.join("\n");
  expect(text).toContain("Path: .rank");
  expect(text).toContain("a string of 21 characters");
  expect(text).not.toContain("horse");
});
