import { PortolanError } from '../../../shared/errors.ts';
import { type Methods, type Peer, createPeer } from '../../core/peer.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Host, HostName, HostProcess, StartHost } from '../../ports/host.ts';

/** The child is gone, or not started again because it went too often. */
export class HostEnded extends PortolanError {}

const MAX_STARTS = 4;
const WINDOW_SECONDS = 60;

/**
 * A host that starts on first use and again after a crash, at most four times a minute. A crash rejects the calls in
 * flight with the child's name and how it ended. `methods` are what the child may call in the parent.
 */
export function superviseHost(name: HostName, start: StartHost, clock: Clock, methods: Methods = {}): Host {
  let running: { process: HostProcess; peer: Peer } | null = null;
  let starts: number[] = [];

  const launch = (): Peer => {
    const now = clock.elapsed();
    starts = starts.filter((at) => now - at < WINDOW_SECONDS);
    if (starts.length >= MAX_STARTS) {
      throw new HostEnded('INTERNAL', `The ${name} process ended ${starts.length} times within a minute`, {
        hint: 'Restart Portolan; if it goes on, leave out the file that was being read.',
      });
    }
    starts.push(now);
    const process = start(name);
    const peer = createPeer(process, methods);
    const current = { process, peer };
    process.onExit((how) => {
      if (running === current) running = null;
      peer.close(
        new HostEnded('INTERNAL', `The ${name} process ended unexpectedly (${how})`, {
          hint: 'The work that it did is lost, everything else is kept. Try again.',
        }),
      );
    });
    running = current;
    return peer;
  };

  return {
    call: async (method, input, options) => (running?.peer ?? launch()).call(method, input, options),
    stop() {
      const current = running;
      running = null;
      current?.peer.close(new PortolanError('CANCELLED', `The ${name} process was stopped`));
      current?.process.kill();
    },
  };
}
