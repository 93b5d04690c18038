import text from "./text.module.css";

/** "2 x 4", "1 x 2 x 2/3". Captured, so that splitting keeps it. */
const SIZE = /(\d[\d/]*(?: [x×] \d[\d/]*)+)/;

/** An item's name, in which no size is broken over two lines. */
export function ItemName({ name }: { name: string }) {
  // Not by no-break spaces: the typeface writes the x between two digits as × with ordinary ones only.
  return name.split(SIZE).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} className={text.unbroken}>
        {part}
      </span>
    ),
  );
}
