/** Keeps demo and real data apart: a demo has an account whose password everyone knows. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { HostError } from "./host/lib/errors";

/** The BrickLink that the data comes from. */
export type FolderKind = "simulated" | "real";

const kindFile = z.object({ bricklink: z.enum(["simulated", "real"]) });

const refusals: Record<FolderKind, string> = {
  simulated:
    "holds a demo, whose account everyone can sign in to: start it without --real, or name another folder with --data.",
  real: "holds a real store: start it with --real, or name another folder with --data.",
};

/** A folder's kind; undefined for a new one, and for one that was filled by an import. */
function kindOf(folder: string, file: string): FolderKind | undefined {
  if (existsSync(file)) return kindFile.parse(JSON.parse(readFileSync(file, "utf8"))).bricklink;
  // Written by the simulated BrickLink, also before folders had this file.
  return existsSync(join(folder, "bricklink.sqlite")) ? "simulated" : undefined;
}

/** Makes a new folder one of this kind. Throws HostError `folderOfOtherKind`. */
export function claimFolder(folder: string, kind: FolderKind): void {
  const file = join(folder, "kind.json");
  const known = kindOf(folder, file);
  if (known !== undefined && known !== kind) {
    throw new HostError("folderOfOtherKind", `${folder} ${refusals[known]}`);
  }
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ bricklink: kind }), { mode: 0o600 });
}

/** The folder that a start without --data uses. */
export const defaultFolders: Record<FolderKind, string> = { simulated: ".local", real: ".local-real" };
