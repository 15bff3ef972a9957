/** Durable states of runs. A state is a set of channels (its keys); a checkpoint names the value of each. */
import type { Checkpoint } from '../../shared/model/project.ts';

export type ChannelValues = Readonly<Record<string, unknown>>;

export interface StoredCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly state: ChannelValues;
}

export interface Checkpointer {
  /** Stores the values of large channels ahead of the checkpoint that names them, in steps that block nobody for long. */
  prepare(state: ChannelValues): Promise<void>;
  /** Stores one checkpoint atomically: either all of it is there after a crash or none. Unchanged channels cost nothing. */
  put(checkpoint: Omit<Checkpoint, 'stateHash'>, state: ChannelValues): Checkpoint;
  latest(threadId: string): StoredCheckpoint | null;
  get(checkpointId: string): StoredCheckpoint | null;
  /** As `get`, in steps that block nobody for long. */
  read(checkpointId: string): Promise<StoredCheckpoint | null>;
  /** Oldest first. */
  list(threadId?: string): readonly Checkpoint[];
}
