/** One measured number. */
export type Figure = { name: string; value: number; unit: string };

/** A part of the benchmark, which yields its figures as it measures them. */
export type Part = { name: string; measure: () => AsyncGenerator<Figure> };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The duration in milliseconds of each of `times` sequential runs. */
export async function timesOf(times: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const startedAt = performance.now();
    await work(run);
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

/** Rounds to three significant digits, which is the precision of these measurements. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
