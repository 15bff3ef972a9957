/** A supervised child (worker thread or utility process) that does what would block or might crash the main process. */
import type { CallOptions, Port } from '../core/peer.ts';

export type HostName = 'inference' | 'reader' | 'compute';

/** A started child. `onExit` is called once, with a text that says how it ended. */
export interface HostProcess extends Port {
  onExit(listener: (how: string) => void): void;
  kill(): void;
}

export interface Host {
  /** Starts the child when it is not running. Rejects when the child ends before it answers. */
  call(method: string, input: unknown, options?: CallOptions): Promise<unknown>;
  stop(): void;
}

export type StartHost = (name: HostName) => HostProcess;
