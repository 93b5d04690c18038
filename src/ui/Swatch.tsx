import { colorRgb } from "./colours";
import classes from "./Swatch.module.css";

type SwatchProps = { colorId: number; colorName: string | null };

/** What a colour looks like. One that is not known is hatched. */
export function Swatch({ colorId, colorName }: SwatchProps) {
  const color = colorRgb(colorId);
  return (
    <span
      className={classes.swatch}
      role="img"
      aria-label={colorName ?? `Colour ${colorId}`}
      data-unknown={color === undefined || undefined}
      style={{ backgroundColor: color }}
    />
  );
}
