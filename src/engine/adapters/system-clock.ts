import type { Clock } from '../ports/clock.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  elapsed: () => performance.now() / 1000,
};
