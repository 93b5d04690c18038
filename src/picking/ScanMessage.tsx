import { IconCheck, IconX } from "@tabler/icons-react";
import classes from "./ScanMessage.module.css";
import { scanText, type ScanResult } from "./scan";

type ScanMessageProps = {
  result: ScanResult;
  /** The bin to go to; null at the end of the walk. */
  goTo: string | null;
};

/** What the latest scan found, by colour, sign and word; the sound is played when it is read. */
export function ScanMessage({ result, goTo }: ScanMessageProps) {
  const isRight = result.kind === "right";
  const Icon = isRight ? IconCheck : IconX;
  return (
    <div className={classes.message} role="alert" data-tone={isRight ? "good" : "bad"}>
      <Icon size={26} stroke={3} aria-hidden /> {scanText(result, goTo)}
    </div>
  );
}
