import { type RunView, type nodeStates } from '../../shared/ipc/contract.ts';
import { nodeIds } from '../../shared/model/project.ts';
import type { ProjectSession, RunEvent, RunOutcome } from '../../engine/index.ts';

type NodeView = RunView['nodes'][number];
type NodeState = (typeof nodeStates)[number];

const waiting = (): NodeView[] =>
  nodeIds.map((id) => ({ id, state: 'waiting' as NodeState, done: 0, total: 0, detail: '', seconds: 0 }));

/** What the eight-node strip shows: built from the checkpoints of the run, kept up to date by its events. */
export class RunMonitor {
  #nodes = waiting();
  #status: RunView['status'] = 'none';
  #error: RunView['error'] = null;
  #nodeStartedAt = 0;

  view(): RunView {
    const live = (node: NodeView): NodeView =>
      node.state === 'running' ? { ...node, seconds: (performance.now() - this.#nodeStartedAt) / 1000 } : { ...node };
    return { status: this.#status, nodes: this.#nodes.map(live), error: this.#error };
  }

  /** As a project that has just been opened: what its last run did. */
  restore(session: ProjectSession): void {
    this.#nodes = waiting();
    this.#error = null;
    const latest = session.latestCheckpoint();
    if (latest === null) {
      this.#status = 'none';
      return;
    }
    for (const checkpoint of session.checkpoints().filter((entry) => entry.threadId === latest.threadId)) {
      if (checkpoint.node === 'rewind' && checkpoint.next !== null) {
        this.#resetFrom(checkpoint.next);
        this.#set(checkpoint.next, { state: 'waiting', seconds: 0 });
        continue;
      }
      this.#set(checkpoint.node, {
        state: checkpoint.status === 'interrupted' ? 'interrupted' : 'done',
        seconds: checkpoint.seconds,
      });
    }
    // A run that was cut off is neither running nor finished: it can be continued.
    this.#status = latest.status === 'running' ? 'cancelled' : latest.status === 'failed' ? 'failed' : latest.status;
    this.#skipUnvisited();
  }

  started(fresh: boolean): void {
    if (fresh) this.#nodes = waiting();
    this.#status = 'running';
    this.#error = null;
  }

  event(event: RunEvent): void {
    if (event.type === 'node_started') {
      this.#resetFrom(event.node);
      this.#nodeStartedAt = performance.now();
      this.#set(event.node, { state: 'running', done: 0, total: 0, detail: '' });
    } else if (event.type === 'progress') {
      this.#set(event.node, { done: event.done, total: event.total, detail: event.detail });
    } else {
      const state = event.checkpoint.status === 'interrupted' ? 'interrupted' : 'done';
      this.#set(event.node, { state, seconds: event.seconds, detail: '' });
    }
  }

  ended(outcome: Pick<RunOutcome<unknown>, 'status' | 'node' | 'error'>): void {
    this.#status = outcome.status;
    if (outcome.status === 'failed' && outcome.node !== null) this.#set(outcome.node, { state: 'failed' });
    if (outcome.status === 'cancelled' && outcome.node !== null)
      this.#set(outcome.node, { state: 'waiting', detail: '' });
    this.#error =
      outcome.error === null
        ? null
        : { message: outcome.error.message, ...(outcome.error.hint === undefined ? {} : { hint: outcome.error.hint }) };
    this.#skipUnvisited();
  }

  #set(id: string, patch: Partial<NodeView>): void {
    this.#nodes = this.#nodes.map((node) => (node.id === id ? { ...node, ...patch } : node));
  }

  /** The graph may go back: what comes after the node that runs again is to be done again. */
  #resetFrom(id: string): void {
    const from = nodeIds.findIndex((node) => node === id);
    this.#nodes = this.#nodes.map((node, i) =>
      i > from ? { ...node, state: 'waiting', done: 0, total: 0, detail: '', seconds: 0 } : node,
    );
  }

  /** Review is passed over where nothing is uncertain. */
  #skipUnvisited(): void {
    const last = this.#nodes.findLastIndex((node) => node.state !== 'waiting');
    this.#nodes = this.#nodes.map((node, i) =>
      i < last && node.state === 'waiting' ? { ...node, state: 'skipped' } : node,
    );
  }
}
