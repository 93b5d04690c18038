import classes from "./ToteMark.module.css";
import { toteOf, toteText, type ToteShape } from "./totes";

/** A triangle is wide at its foot, so its number stands lower and smaller than in the other shapes. */
const numberPlaces: Record<ToteShape, { y: number; fontSize: number }> = {
  circle: { y: 27, fontSize: 20 },
  square: { y: 27, fontSize: 20 },
  triangle: { y: 34, fontSize: 16 },
  diamond: { y: 26, fontSize: 17 },
  hexagon: { y: 27, fontSize: 20 },
};

function Outline({ shape }: { shape: ToteShape }) {
  switch (shape) {
    case "circle":
      return <circle cx="20" cy="20" r="18" />;
    case "square":
      return <rect x="3" y="3" width="34" height="34" rx="4" />;
    case "triangle":
      return <polygon points="20,1 39,38 1,38" />;
    case "diamond":
      return <polygon points="20,1 39,20 20,39 1,20" />;
    case "hexagon":
      return <polygon points="10,3 30,3 39,20 30,37 10,37 1,20" />;
  }
}

type ToteMarkProps = {
  /** From 1. */
  number: number;
  /** Pixels; default 32. */
  size?: number;
};

/** A tote's number in its shape and colour. The sticker on the tote looks the same. */
export function ToteMark({ number, size = 32 }: ToteMarkProps) {
  const tote = toteOf(number);
  const { y, fontSize } = numberPlaces[tote.shape];
  return (
    <svg
      className={classes.mark}
      viewBox="0 0 40 40"
      width={size}
      height={size}
      role="img"
      aria-label={toteText(tote)}
      data-color={tote.color}
    >
      <Outline shape={tote.shape} />
      <text x="20" y={y} fontSize={fontSize} aria-hidden>
        {number}
      </text>
    </svg>
  );
}
