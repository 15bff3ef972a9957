import type { Clock } from '../../src/engine/ports/clock.ts';

/** Time that stands still: records made with it are the same in every run. */
export const manualClock: Clock = { now: () => '2026-01-01T00:00:00.000Z', elapsed: () => 0 };
