import { colorRgb } from "./colours";

type SwatchProps = { colorId: number; colorName: string | null };

/** What a colour looks like. One that is not known is hatched. */
export function Swatch({ colorId, colorName }: SwatchProps) {
  const color = colorRgb(colorId);
  return (
    <span
      className="swatch"
      role="img"
      aria-label={colorName ?? `Colour ${colorId}`}
      data-unknown={color === undefined || undefined}
      style={{ display: "inline-block", flex: "none", backgroundColor: color }}
    />
  );
}
