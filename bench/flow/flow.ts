/** The part `flow`: what an order costs, and how fast the running system is. */
import type { Part } from "../figure";
import { measureCounts } from "./counts";
import { measureGrowth } from "./growth";
import { measureSystem } from "./system";

export const flow: Part = {
  name: "flow",
  async *measure() {
    yield* measureCounts();
    yield* measureSystem();
    yield* measureGrowth();
  },
};
