import { expect, it } from "vitest";
import { findEntries, inGroups, neighbour, orderNumberIn, type Entry } from "../../../src/palette/entries";

const entry = (label: string, words?: string): Entry => ({
  id: label,
  group: "actions",
  label,
  ...(words !== undefined && { words }),
  run: () => undefined,
});

const entries = [entry("Dark colours", "night theme"), entry("Light colours"), entry("Sign out", "log out")];

const found = (typed: string) => findEntries(entries, typed).map(({ label }) => label);

it("entries are found by the beginnings of their words and of words that mean the same, in any order", () => {
  expect(found("")).toHaveLength(3);
  expect(found("col da")).toEqual(["Dark colours"]);
  expect(found("log")).toEqual(["Sign out"]);
  expect(found("ark")).toEqual([]);
});

it("entries are gone through in the order in which their groups are shown", () => {
  const action = entry("Dark colours");
  const screen = { ...entry("Health"), group: "screens" as const };
  const order = { ...entry("Order 1"), group: "orders" as const };
  expect(inGroups([action, order, screen])).toEqual([order, screen, action]);
});

it("an order number is read alone and after “fetch order”, and nowhere else", () => {
  expect(orderNumberIn(" 31415926 ")).toBe(31_415_926);
  expect(orderNumberIn("Fetch order 31415926")).toBe(31_415_926);
  expect(orderNumberIn("fetch #7")).toBe(7);
  expect(orderNumberIn("Fetch order ")).toBeNull();
  expect(orderNumberIn("3001 red")).toBeNull();
});

it("the arrows go around the ends of the list, and to its first entry when the one before is gone", () => {
  expect(neighbour(entries, "Dark colours", -1)).toBe("Sign out");
  expect(neighbour(entries, "Sign out", 1)).toBe("Dark colours");
  expect(neighbour(entries, "gone", 1)).toBe("Dark colours");
  expect(neighbour([], null, 1)).toBeNull();
});
