import { closeSync, openSync, readSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface LongestBlock {
  /** Milliseconds by the clock that the main thread did not come round to waiting work. */
  readonly clockMs: number;
  /**
   * Milliseconds that the main thread itself computed without a break: what the program is to blame for when others use the
   * processor too. Null where the system does not tell.
   */
  readonly ownMs: number | null;
}

export interface BlockWatch {
  /** Ends the watch. */
  stop(): LongestBlock;
}

const resolutionMs = 1;

/** Watches from now on how long the main thread is busy without a break. */
export function watchBlocks(): BlockWatch {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  const processor = mainThreadClock();
  let longest = 0;
  let last = processor?.milliseconds() ?? 0;
  const timer = setInterval(() => {
    const now = processor?.milliseconds() ?? 0;
    longest = Math.max(longest, now - last);
    last = now;
  }, resolutionMs);
  delays.enable();
  return {
    stop() {
      delays.disable();
      clearInterval(timer);
      processor?.close();
      return {
        clockMs: Math.max(0, delays.max / 1e6 - resolutionMs),
        ownMs: processor === null ? null : longest,
      };
    },
  };
}

interface ThreadClock {
  milliseconds(): number;
  close(): void;
}

/** Linux counts the processor time of each thread; the first number is nanoseconds. */
function mainThreadClock(): ThreadClock | null {
  try {
    const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    const text = Buffer.alloc(80);
    return {
      milliseconds: () =>
        Number.parseInt(text.toString('latin1', 0, readSync(file, text, 0, text.length, 0)), 10) / 1e6,
      close: () => closeSync(file),
    };
  } catch {
    return null;
  }
}
