import fc from "fast-check";
import { expect, it } from "vitest";
import { paginate } from "../../../src/parcels/paginate";

const page = { firstPage: 100, nextPage: 150, foot: 30 };

it("rows that fit on the first page with the foot make one page, and one row more makes two", () => {
  expect(paginate({ ...page, rows: [20, 20, 30] })).toEqual([{ start: 0, end: 3 }]);
  expect(paginate({ ...page, rows: [20, 20, 20, 20] })).toEqual([
    { start: 0, end: 3 },
    { start: 3, end: 4 },
  ]);
});

it("an order without lines has one page", () => {
  expect(paginate({ ...page, rows: [] })).toEqual([{ start: 0, end: 0 }]);
});

const height = fc.double({ min: 5, max: 60, noNaN: true });

it("every row is on exactly one page, in its order, and no page with more than one row is fuller than its room", () => {
  fc.assert(
    fc.property(
      fc.array(height, { minLength: 1, maxLength: 80 }),
      height,
      fc.double({ min: 60, max: 300, noNaN: true }),
      fc.double({ min: 60, max: 300, noNaN: true }),
      (rows, foot, firstPage, nextPage) => {
        const pages = paginate({ rows, foot, firstPage, nextPage });
        expect(
          pages.flatMap(({ start, end }) => rows.slice(start, end).map((_, index) => start + index)),
        ).toEqual(rows.map((_, index) => index));
        pages.forEach(({ start, end }, index) => {
          expect(end).toBeGreaterThan(start);
          const isLast = index === pages.length - 1;
          const filled = rows.slice(start, end).reduce((sum, row) => sum + row, isLast ? foot : 0);
          const room = index === 0 ? firstPage : nextPage;
          if (end - start > 1) expect(filled).toBeLessThanOrEqual(room + 0.001);
        });
      },
    ),
  );
});
