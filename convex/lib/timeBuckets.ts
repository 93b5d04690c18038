/** Counting by day or hour, in the viewer's time zone: the browser sends when each bucket begins. */
import { ConvexError } from "convex/values";

/** A month of days, or two days of hours. */
const BUCKETS_MAX = 48;

/** The index of the last bucket that starts at or before `at`; -1 when `at` lies before all. `starts` ascend. */
export function bucketIndexOf(starts: readonly number[], at: number): number {
  return starts.findLastIndex((startsAt) => startsAt <= at);
}

/** Throws ConvexError `bucketsInvalid` unless there are 1 to 48 starts in ascending order. */
export function requireBuckets(starts: readonly number[]): void {
  const isAscending = starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? start));
  if (starts.length === 0 || starts.length > BUCKETS_MAX || !isAscending) {
    throw new ConvexError({
      code: "bucketsInvalid",
      message: `Give 1 to ${BUCKETS_MAX} start times in ascending order.`,
    });
  }
}
