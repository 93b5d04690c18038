/**
 * The two environments in which functions run. Queries and mutations ("transaction") are deterministic: no fetch, no
 * timers, a frozen clock and a seeded Math.random. Actions have the real ones. In neither is anything of Node defined.
 * See realm/inside/globals.ts.
 */
export type Environment = "transaction" | "action";
