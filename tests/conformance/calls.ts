/** Calls that the conformance tests share. Each takes an engine. */
import { ConvexError } from "convex/values";
import { afterEach, beforeEach, vi } from "vitest";
import type { Engine } from "./engines";
import { mutationAt, queryAt } from "./functions";

export const DAY_MS = 24 * 60 * 60_000;

/** Installs fake timers for each test of the file that calls it. */
export function useFakeTimers(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(new Date("2026-11-20T10:00:00Z"));
  });
  afterEach(() => vi.useRealTimers());
}

export const add = (t: Engine, owner: string, rank: number) => t.mutation(mutationAt("add"), { owner, rank });
export const all = (t: Engine) => t.query(queryAt("all"), {});
export const jobs = (t: Engine) => t.query(queryAt("jobs"), {});
export const runScheduled = (t: Engine) => t.finishAllScheduledFunctions(vi.runAllTimers);

/** The data of the ConvexError that the caller receives. */
export async function dataOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return "no error";
  } catch (error) {
    if (error instanceof ConvexError) return error.data as unknown;
    return "an error without data";
  }
}

export type Page = { ranks: number[]; isDone: boolean; next: string };

export function pageOf(t: Engine, cursor: string | null, more: Record<string, unknown> = {}): Promise<Page> {
  const { isDescending = false, above = -1, ...options } = more;
  const paginationOpts = { numItems: 4, cursor, ...options };
  return t.query(queryAt("page"), { isDescending, above, paginationOpts }) as Promise<Page>;
}
