import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface BlockWatch {
  /** Ends the watch. Milliseconds that the main thread was longest busy without a break. */
  stop(): number;
}

const resolutionMs = 1;

/** Watches from now on how long the main thread does not come round to waiting work. */
export function watchBlocks(): BlockWatch {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  return {
    stop() {
      delays.disable();
      return Math.max(0, delays.max / 1e6 - resolutionMs);
    },
  };
}
