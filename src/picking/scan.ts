/** What a scanned label means on a walk. */
import { playTones } from "../ui/tones";
import type { Stop } from "./stops";
import { walkText } from "./walkText";

export type ScanResult =
  /** right: the bin of a stop with something to do. done: of one without. wrong: of none. */
  | { kind: "right" | "done"; scanned: string; stop: Stop }
  | {
      kind: "wrong";
      scanned: string;
      /** The key of the stop at which it was scanned. */ at: string | undefined;
    };

function isSameBin(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Of several stops in one bin, one with something to do comes first, and of those the current one. */
export function readScan(stops: readonly Stop[], current: Stop | null, scanned: string): ScanResult {
  const inBin = stops.filter(({ location }) => isSameBin(location, scanned));
  const toDo = inBin.filter(({ isToDo }) => isToDo);
  const stop = toDo.find(({ key }) => key === current?.key) ?? toDo[0];
  if (stop) return { kind: "right", scanned, stop };
  const [done] = inBin;
  return done ? { kind: "done", scanned, stop: done } : { kind: "wrong", scanned, at: current?.key };
}

/** One high tone for a right bin, two low ones for any other: to be told apart without looking. */
export function playScan({ kind }: ScanResult): void {
  if (kind === "right") playTones([{ frequencyHz: 880, startSeconds: 0 }]);
  else {
    playTones([
      { frequencyHz: 220, startSeconds: 0 },
      { frequencyHz: 165, startSeconds: 0.18 },
    ]);
  }
}

/** What happened, and where to go. `goTo`: the bin of the stop to do. */
export function scanText({ kind, scanned }: ScanResult, goTo: string | null): string {
  if (kind === "right") return walkText.scanRight(scanned);
  if (kind === "done") return walkText.scanDone(scanned);
  return goTo === null ? walkText.scanUnknown(scanned) : walkText.scanWrong(scanned, goTo);
}
