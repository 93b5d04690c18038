/** One measured number. A part of the benchmark yields its own as it gets them. */
export type Figure = { name: string; value: number; unit: string };

export type Part = { name: string; measure: () => AsyncGenerator<Figure> };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that each of `times` runs takes, one after the other. */
export async function timesOf(times: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const startedAt = performance.now();
    await work(run);
    taken.push(performance.now() - startedAt);
  }
  return taken;
}

/** Three digits say what such a figure has to say. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
