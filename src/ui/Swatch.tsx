import { colorHex } from "./bricklinkColors";
import classes from "./Swatch.module.css";
import { uiText } from "./uiText";

type SwatchProps = { colorId: number; colorName: string | null };

/** A square of a BrickLink colour; hatched where the colour is unknown. */
export function Swatch({ colorId, colorName }: SwatchProps) {
  const color = colorHex(colorId);
  return (
    <span
      className={classes.swatch}
      role="img"
      aria-label={colorName ?? uiText.noColor(colorId)}
      data-unknown={color === undefined || undefined}
      style={{ backgroundColor: color }}
    />
  );
}
