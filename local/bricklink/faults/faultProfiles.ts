/** How badly BrickLink behaves, as chances: drawn from one seed, so that a bad day can be repeated. */
import type { Random } from "../random";

export const faultKinds = [
  "html503",
  "error500",
  "envelope401",
  "http429",
  "timeout",
  "reset",
  "half",
  "slow",
  "drip",
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type Weather = {
  /** Of a call going wrong, and in which ways. */
  fault: number;
  kinds: readonly FaultKind[];
  /** Of a callback never sent, of being sent up to three times, and of coming late, after later ones too. */
  suppress: number;
  repeat: number;
  delay: number;
};

const well: Weather = { fault: 0, kinds: [], suppress: 0, repeat: 0, delay: 0 };

/** What tests and demos switch between; their names are what /control takes. */
export const weathers = {
  calm: well,
  // Everything now and then.
  rough: { fault: 0.3, kinds: faultKinds, suppress: 0.3, repeat: 0.3, delay: 0.3 },
  // A call now and then; callbacks as they like.
  gusty: {
    fault: 0.08,
    kinds: faultKinds.filter((kind) => kind !== "timeout"),
    suppress: 0.2,
    repeat: 0.3,
    delay: 0.2,
  },
  // Calls are answered well; callbacks are lost, doubled and late.
  garbled: { ...well, suppress: 0.3, repeat: 0.3, delay: 0.3 },
  // BrickLink answers 401 in waves during maintenance (BrickSync FAQ), and 503 between them.
  maintenance: { ...well, fault: 0.9, kinds: ["envelope401", "html503"] },
  // Not to be reached at all.
  down: { ...well, fault: 1, kinds: ["html503", "reset", "timeout"] },
  // The callback URL is wrong, or BrickLink has forgotten it.
  deaf: { ...well, suppress: 1 },
} as const satisfies Record<string, Weather>;
export type WeatherName = keyof typeof weathers;

export const weatherNames = Object.keys(weathers) as [WeatherName, ...WeatherName[]];

/** How this call goes wrong; undefined when it does not. */
export function drawFault({ fault, kinds }: Weather, random: Random): FaultKind | undefined {
  return kinds.length > 0 && random.chance(fault) ? random.pick(kinds) : undefined;
}

const COPIES_MAX = 3;
const LATE_MS_MAX = 10 * 60_000;

/** After how many milliseconds a notification is sent, once an entry; empty when it never is. */
export function drawDeliveries({ suppress, repeat, delay }: Weather, random: Random): number[] {
  if (random.chance(suppress)) return [];
  const copies = random.chance(repeat) ? random.between(2, COPIES_MAX) : 1;
  return Array.from({ length: copies }, () => (random.chance(delay) ? random.between(1, LATE_MS_MAX) : 0));
}
