/** The longest delay of setTimeout, 2^31 - 1 ms or 24.8 days; a longer one would end at once. */
export const TIMER_MAX_MS = 2_147_483_647;
