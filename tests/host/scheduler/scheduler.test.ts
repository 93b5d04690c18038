// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";
import { clientFor, fixturePath, open, waitUntil } from "../harness";

let call: ReturnType<typeof clientFor>;
beforeEach(async () => {
  call = clientFor(await open({ functions: fixturePath("edgeCases") }));
});

const tasksOf = async (owner: string) => await call.query("tasks:of", { owner });

describe("a scheduled function", () => {
  /** convex-backend, async_syscall.rs, `cancel_job`: clients before 1.50 may, without an effect. */
  it("a scheduled mutation that cancels itself while in progress keeps its writes and succeeds", async () => {
    const id = await call.mutation("tasks:scheduleSelfCancelling", { owner: "ann" });
    const state = async () => ((await call.query("tasks:job", { id })) as { state: unknown }).state;
    await waitUntil(async () => JSON.stringify(await state()) === `{"kind":"success"}`);
    expect(await tasksOf("ann")).toEqual(["inProgress"]);
  });

  it("a scheduled action that is cancelled while it runs stays cancelled", async () => {
    const id = await call.mutation("tasks:scheduleUnresolved");
    const state = async () => ((await call.query("tasks:job", { id })) as { state: { kind: string } }).state;
    await waitUntil(async () => (await state()).kind === "inProgress");
    await call.mutation("tasks:cancel", { id });
    expect((await state()).kind).toBe("canceled");
  });
});
