/** What a session works with, and what it is asked for. */
import type { RunEvent } from '../graph/run-thread.ts';
import type { NodeDependencies, ReviewPolicy } from '../nodes/dependencies.ts';
import type { Clock } from '../ports/clock.ts';
import type { Sha256 } from '../ports/hash.ts';

export interface SessionDependencies extends Omit<NodeDependencies, 'decisions' | 'patterns' | 'reviewPolicy'> {
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** `portolan 0.1.0`, for manifests. */
  readonly generator: string;
}

export interface RunRequest {
  readonly policy: ReviewPolicy;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}
