import { useEffect, useState } from 'react';

const tick = 500;

/** Seconds so far: what main last said, plus the time since while it goes on. */
export function useElapsed(seconds: number, going: boolean): number {
  const [waited, setWaited] = useState({ after: seconds, since: 0 });
  useEffect(() => {
    if (!going) return undefined;
    const start = performance.now();
    const timer = setInterval(() => setWaited({ after: seconds, since: (performance.now() - start) / 1000 }), tick);
    return () => clearInterval(timer);
  }, [seconds, going]);
  return seconds + (going && waited.after === seconds ? waited.since : 0);
}
