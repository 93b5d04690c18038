import { expect, it } from "vitest";
import { neighboursAt } from "../../../src/orders/order/neighbours";

const rows = [{ orderNumber: 30 }, { orderNumber: 20 }, { orderNumber: 10 }];

it.each([
  [30, 0, { previous: null, next: 20 }],
  [20, 1, { previous: 30, next: 10 }],
  [10, 2, { previous: 20, next: null }],
])("the neighbours of order %i at place %i are those above and below it", (orderNumber, place, expected) => {
  expect(neighboursAt(rows, orderNumber, place)).toEqual(expected);
});

it.each([
  [0, { previous: null, next: 30 }],
  [1, { previous: 30, next: 20 }],
  [3, { previous: 10, next: null }],
])("an order that has left the table from place %i has those that were around it", (place, expected) => {
  expect(neighboursAt(rows, 99, place)).toEqual(expected);
});
