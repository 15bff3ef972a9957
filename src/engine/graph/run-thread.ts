import { type ErrorShape, PortolanError, toErrorShape } from '../../shared/errors.ts';
import type { Checkpoint } from '../../shared/model/project.ts';
import type { ChannelValues, Checkpointer, StoredCheckpoint } from '../ports/checkpointer.ts';
import type { Clock } from '../ports/clock.ts';
import { END, type Graph } from './graph.ts';

export type RunEvent =
  | { readonly type: 'node_started'; readonly node: string }
  | {
      readonly type: 'progress';
      readonly node: string;
      readonly done: number;
      readonly total: number;
      readonly detail: string;
    }
  | {
      readonly type: 'node_finished';
      readonly node: string;
      readonly seconds: number;
      readonly checkpoint: Checkpoint;
    };

export interface RunOutcome<S> {
  readonly status: 'finished' | 'interrupted' | 'failed' | 'cancelled';
  readonly state: Readonly<S>;
  readonly node: string | null;
  readonly reason: string | null;
  readonly error: ErrorShape | null;
}

export interface RunThreadOptions<S> {
  readonly graph: Graph<S>;
  readonly checkpointer: Checkpointer;
  readonly threadId: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Writes the first checkpoint of a thread. The run itself is started by `runThread`. */
export function startThread<S extends object>(
  options: Pick<RunThreadOptions<S>, 'graph' | 'checkpointer' | 'threadId' | 'clock'>,
  state: S,
): void {
  const { graph, checkpointer, threadId, clock } = options;
  checkpointer.put(
    {
      id: `${threadId}-0`,
      threadId,
      parentId: null,
      seq: 0,
      node: 'start',
      next: graph.entry,
      status: 'running',
      writes: Object.keys(state),
      at: clock.now(),
      seconds: 0,
    },
    state as ChannelValues,
  );
}

/**
 * Goes on from the thread's last checkpoint until the graph ends, a node interrupts or fails, or the signal aborts. A
 * failed or cancelled node leaves the state as it was before that node, so the next call runs it again.
 * Throws PortolanError INPUT_INVALID when the thread does not exist.
 */
export async function runThread<S extends object>(options: RunThreadOptions<S>): Promise<RunOutcome<S>> {
  const { checkpointer, threadId } = options;
  let stored = checkpointer.latest(threadId);
  if (stored === null) throw new PortolanError('INPUT_INVALID', `There is no run ${threadId} in this project`);
  while (stored.checkpoint.next !== END) {
    const outcome: StoredCheckpoint | RunOutcome<S> = await runStep(options, stored);
    if ('status' in outcome) return outcome;
    stored = outcome;
    if (stored.checkpoint.status === 'interrupted') {
      return {
        status: 'interrupted',
        state: stored.state as S,
        node: stored.checkpoint.node,
        reason: null,
        error: null,
      };
    }
  }
  return { status: 'finished', state: stored.state as S, node: null, reason: null, error: null };
}

async function runStep<S extends object>(
  options: RunThreadOptions<S>,
  stored: StoredCheckpoint,
): Promise<StoredCheckpoint | RunOutcome<S>> {
  const { graph, clock, signal, onEvent } = options;
  const state = stored.state as S;
  const id = stored.checkpoint.next as string;
  const node = graph.nodes.get(id);
  if (node === undefined)
    throw new PortolanError('INPUT_INVALID', `The run waits for a step "${id}" that this version does not have`, {
      hint: 'Start a new run in this project.',
    });
  const stop = (status: 'failed' | 'cancelled', error: ErrorShape | null): RunOutcome<S> => ({
    status,
    state,
    node: id,
    reason: error?.message ?? null,
    error,
  });
  if (signal.aborted) return stop('cancelled', null);

  onEvent?.({ type: 'node_started', node: id });
  const started = clock.elapsed();
  try {
    const report = (done: number, total: number, detail: string): void =>
      onEvent?.({ type: 'progress', node: id, done, total, detail });
    const result = await node.run(state, { signal, report, clock });
    if (signal.aborted) return stop('cancelled', null);
    await options.checkpointer.prepare(result.writes as ChannelValues);
    const saved = save(options, stored, { id, writes: node.writes, result, seconds: clock.elapsed() - started });
    onEvent?.({ type: 'node_finished', node: id, seconds: saved.checkpoint.seconds, checkpoint: saved.checkpoint });
    return saved;
  } catch (thrown) {
    if (signal.aborted) return stop('cancelled', null);
    return stop('failed', toErrorShape(thrown));
  }
}

interface FinishedStep<S> {
  readonly id: string;
  readonly writes: readonly string[];
  readonly result: { readonly writes: Partial<S>; readonly interrupt?: string };
  readonly seconds: number;
}

function save<S extends object>(
  options: RunThreadOptions<S>,
  before: StoredCheckpoint,
  step: FinishedStep<S>,
): StoredCheckpoint {
  const { graph, checkpointer, threadId, clock } = options;
  const undeclared = Object.keys(step.result.writes).find((key) => !step.writes.includes(key));
  if (undeclared !== undefined) throw new Error(`node ${step.id} writes ${undeclared} without declaring it`);
  const state = { ...before.state, ...step.result.writes } as S;
  const interrupted = step.result.interrupt !== undefined;
  const next = interrupted ? step.id : graph.next(step.id, state);
  const seq = before.checkpoint.seq + 1;
  const status = interrupted ? 'interrupted' : next === END ? 'finished' : 'running';
  const checkpoint = checkpointer.put(
    {
      id: `${threadId}-${seq}`,
      threadId,
      parentId: before.checkpoint.id,
      seq,
      node: step.id,
      next,
      status,
      writes: Object.keys(step.result.writes),
      at: clock.now(),
      seconds: step.seconds,
    },
    state as ChannelValues,
  );
  return { checkpoint, state: state as ChannelValues };
}

/** Continues a thread from `node` with its latest state, as after a changed decision. Earlier checkpoints stay. */
export function rewindThread(
  options: { checkpointer: Checkpointer; threadId: string; clock: Clock },
  node: string,
  patch: ChannelValues = {},
): void {
  const { checkpointer, threadId, clock } = options;
  const latest = checkpointer.latest(threadId);
  if (latest === null) throw new PortolanError('INPUT_INVALID', `There is no run ${threadId} in this project`);
  const seq = latest.checkpoint.seq + 1;
  checkpointer.put(
    {
      id: `${threadId}-${seq}`,
      threadId,
      parentId: latest.checkpoint.id,
      seq,
      node: 'rewind',
      next: node,
      status: 'running',
      writes: Object.keys(patch),
      at: clock.now(),
      seconds: 0,
    },
    { ...latest.state, ...patch },
  );
}
