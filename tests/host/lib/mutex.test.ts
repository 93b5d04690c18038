// @vitest-environment node
/** Work that excludes each other, in the foreground and in the background. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { Mutex, type Priority } from "../../../local/host/lib/mutex";

/** The order in which pieces of work begin when all are asked for at once. */
async function orderOf(priorities: readonly Priority[]): Promise<string[]> {
  const mutex = new Mutex();
  const begun: string[] = [];
  let running = 0;
  const work = async (name: string) => {
    running += 1;
    expect(running).toBe(1);
    begun.push(name);
    await Promise.resolve();
    running -= 1;
  };
  const numbers = { foreground: 0, background: 0 };
  await Promise.all(
    priorities.map((priority) => {
      numbers[priority] += 1;
      const name = `${priority} ${numbers[priority]}`;
      return mutex.runExclusive(() => work(name), priority);
    }),
  );
  return begun;
}

it("work in the foreground goes before work in the background that waits", async () => {
  const order = await orderOf(["background", "background", "foreground", "foreground"]);
  expect(order).toEqual(["background 1", "foreground 1", "foreground 2", "background 2"]);
});

it("work in the background gets its turn however much there is in the foreground", async () => {
  const order = await orderOf(["foreground", "background", ...Array<Priority>(30).fill("foreground")]);
  expect(order.indexOf("background 1")).toBeLessThan(10);
});

it("one piece of work runs at a time, all of it, and in the order in which each priority was asked for", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom<Priority>("foreground", "background")), async (priorities) => {
      const order = await orderOf(priorities);
      expect(order).toHaveLength(priorities.length);
      for (const priority of ["foreground", "background"] as const) {
        const count = priorities.filter((each) => each === priority).length;
        const expected = Array.from({ length: count }, (_, index) => `${priority} ${index + 1}`);
        expect(order.filter((name) => name.startsWith(priority))).toEqual(expected);
      }
    }),
  );
});

it("work that fails rejects for its caller alone, and the next one runs", async () => {
  const mutex = new Mutex();
  const failing = mutex.runExclusive(() => Promise.reject(new Error("failed")));
  const next = mutex.runExclusive(() => Promise.resolve("next"));
  await expect(failing).rejects.toThrow("failed");
  expect(await next).toBe("next");
});
