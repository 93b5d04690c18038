import { useState } from "react";
import { Swatch } from "./Swatch";
import classes from "./Picture.module.css";

/** BrickLink's pictures are by kind of item and, for parts, by colour. Others have no colour: it is 0. */
const folders: Record<string, string | undefined> = {
  PART: "PN",
  SET: "SN",
  MINIFIG: "MN",
  GEAR: "GN",
  BOOK: "BN",
};

type PictureProps = {
  itemType: string;
  partNumber: string;
  colorId: number;
  colorName: string | null;
  /** For its place beside other things. */
  className?: string | undefined;
};

/** BrickLink's picture of an item where the network has it; its colour always. */
export function Picture({ itemType, partNumber, colorId, colorName, className = "" }: PictureProps) {
  const [isShown, setIsShown] = useState(true);
  const folder = folders[itemType];
  return (
    <span className={`${classes.picture} ${className}`}>
      <Swatch colorId={colorId} colorName={colorName} />
      {folder !== undefined && isShown && (
        <img
          src={`https://img.bricklink.com/ItemImage/${folder}/${colorId}/${encodeURIComponent(partNumber)}.png`}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => setIsShown(false)}
        />
      )}
    </span>
  );
}
