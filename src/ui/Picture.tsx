import { useState } from "react";
import { Swatch } from "./Swatch";
import classes from "./Picture.module.css";

/**
 * Folders of BrickLink's image server by item type. Below them are colour ids, which are 0 for items other than
 * parts.
 */
const imageFolders: Record<string, string | undefined> = {
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
  className?: string | undefined;
};

/**
 * BrickLink's picture of an item over its colour swatch, which shows where there is no picture or it cannot be
 * loaded.
 */
export function Picture({ itemType, partNumber, colorId, colorName, className = "" }: PictureProps) {
  const [hasFailed, setHasFailed] = useState(false);
  const folder = imageFolders[itemType];
  return (
    <span className={`${classes.picture} ${className}`}>
      <Swatch colorId={colorId} colorName={colorName} />
      {folder !== undefined && !hasFailed && (
        <img
          src={`https://img.bricklink.com/ItemImage/${folder}/${colorId}/${encodeURIComponent(partNumber)}.png`}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => setHasFailed(true)}
        />
      )}
    </span>
  );
}
