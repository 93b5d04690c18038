import { expect, it } from "vitest";
import { createRandom } from "../../local/bricklink/random";
import { SimulatorState } from "../../local/bricklink/simulatorState";
import { inMemoryPersistence } from "../../local/bricklink/store/persistence";

it("buyers of a demo store write messages, and rate the seller once their orders are completed", () => {
  const simulator = new SimulatorState(createRandom(7), Date.now, inMemoryPersistence);
  simulator.createStore("s", 40);
  const orders = () => [...simulator.store("s").model.orders.values()];
  const rated = () => orders().filter(({ feedback }) => feedback.length > 0);
  for (let event = 0; event < 500; event += 1) {
    simulator.simulateActivity();
    expect(rated().filter(({ status }) => status !== "COMPLETED")).toEqual([]);
  }
  expect(orders().filter(({ messages }) => messages.length > 0).length).toBeGreaterThan(2);
  expect(rated().length).toBeGreaterThan(2);
});
