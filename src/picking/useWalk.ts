import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { linesToMark } from "./pickList";
import { END_OF_WALK } from "./search";
import { neighbourOf, nextToDo, type Stop } from "./stops";
import type { Picking } from "./usePicking";
import { useReports, type Reports } from "./useReports";

export type Walk = {
  /** Where the picker stands; null at the end, where the board is. */
  current: Stop | null;
  left: number;
  total: number;
  goTo: (stop: Stop | null) => void;
  /** Marks the current stop picked and goes to the next one; where there is nothing to mark, it only goes on. */
  goOn: () => void;
  /** To the next stop with something to do, without marking this one; to the board when there is no other. */
  skip: () => void;
  /** To the stop before, done or not. Undefined at the first one. */
  back: (() => void) | undefined;
  /** Takes back the last thing done, a report or a pick, and goes to its stop; at a picked stop, its pick. */
  undo: (() => void) | undefined;
  /** What was reported at the stops. */
  reports: Reports;
};

/**
 * When this person last marked something of the stop picked, milliseconds UTC; null when they did not. The stop can have more to take
 * by now.
 */
function yourPickAt({ lines }: Stop): number | null {
  const times = lines.flatMap(({ picked }) => (picked?.isYou === true ? [picked.at] : []));
  return times.length > 0 ? Math.max(...times) : null;
}

/** The stop that this person picked last; the server knows it, so that undo works after a reload and on another device. */
function yourLastPick(stops: readonly Stop[]): Stop | null {
  let last: { stop: Stop; at: number } | null = null;
  for (const stop of stops) {
    const at = yourPickAt(stop);
    if (at !== null && at >= (last?.at ?? 0)) last = { stop, at };
  }
  return last?.stop ?? null;
}

/** The stop to begin at: where the picker left the walk, or the next one from there that has something to do. */
function firstStop(stops: readonly Stop[], leftAt: string | undefined): Stop | null {
  const left = stops.find(({ key }) => key === leftAt);
  return left?.isToDo === true ? left : nextToDo(stops, left ?? null);
}

/**
 * Where the picker stands among the stops, kept in the address, and the ways on. `leftAt`: the key of the stop at which they left the
 * same walk before.
 */
export function useWalk(stops: readonly Stop[], { setPicked }: Picking, leftAt: string | undefined): Walk {
  const search = useSearch({ from: "/pick" });
  const navigate = useNavigate({ from: "/pick" });
  const chosen = stops.find(({ key }) => key === search.stop);
  const current = search.stop === END_OF_WALK ? null : (chosen ?? firstStop(stops, leftAt));
  const goTo = (stop: Stop | null) =>
    void navigate({ search: { ...search, view: "stop", stop: stop?.key ?? END_OF_WALK }, replace: true });
  const isPinned = search.stop !== undefined;
  useEffect(() => {
    // From now on the stop changes by the picker's doing only, not when a colleague picks it.
    if (!isPinned) goTo(current);
  });
  const reports = useReports(stops);
  const skip = () => goTo(nextToDo(stops, current));
  const goOn = () => {
    if (current?.isToDo === true) {
      reports.forget();
      setPicked?.(linesToMark(current, true), true);
    }
    skip();
  };
  const before = neighbourOf(stops, current, -1);
  const toUndo = current?.isPicked === true ? current : (reports.undoable ?? yourLastPick(stops));
  const undo = (stop: Stop) => {
    if (stop === reports.undoable) reports.undo();
    else setPicked?.(linesToMark(stop, false), false);
    goTo(stop);
  };
  return {
    current,
    left: stops.filter(({ isToDo }) => isToDo).length,
    total: stops.length,
    goTo,
    goOn,
    skip,
    back: before ? () => goTo(before) : undefined,
    undo: setPicked && toUndo ? () => undo(toUndo) : undefined,
    reports,
  };
}
