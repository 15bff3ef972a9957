import { describe, expect, it } from 'vitest';
import type { Clock } from '../ports/clock.ts';
import type { Checkpointer, StoredCheckpoint } from '../ports/checkpointer.ts';
import type { Graph, GraphNode } from './graph.ts';
import { rewindThread, runThread, startThread } from './run-thread.ts';

interface Counter {
  readonly value: number;
  readonly approved?: boolean;
}

const clock: Clock = { now: () => '2026-01-01T00:00:00.000Z', elapsed: () => 0 };

function memoryCheckpointer(): Checkpointer {
  const stored: StoredCheckpoint[] = [];
  return {
    prepare: async () => {},
    put(checkpoint, state) {
      const full = { ...checkpoint, stateHash: JSON.stringify(state) };
      stored.push({ checkpoint: full, state: structuredClone(state) });
      return full;
    },
    latest: (threadId) => stored.findLast((entry) => entry.checkpoint.threadId === threadId) ?? null,
    get: (id) => stored.find((entry) => entry.checkpoint.id === id) ?? null,
    read: async (id) => stored.find((entry) => entry.checkpoint.id === id) ?? null,
    list: () => stored.map((entry) => entry.checkpoint),
  };
}

function graphOf(nodes: readonly GraphNode<Counter>[], next: Graph<Counter>['next']): Graph<Counter> {
  return { entry: (nodes[0] as GraphNode<Counter>).id, nodes: new Map(nodes.map((node) => [node.id, node])), next };
}

const add: GraphNode<Counter> = {
  id: 'add',
  writes: ['value'],
  run: async (state) => ({ writes: { value: state.value + 1 } }),
};

describe('runThread', () => {
  it('follows edges back as well as forward until the graph ends', async () => {
    const checkpointer = memoryCheckpointer();
    const graph = graphOf([add], (_id, state) => (state.value < 3 ? 'add' : null));
    startThread({ graph, checkpointer, threadId: 't', clock }, { value: 0 });
    const outcome = await runThread({
      graph,
      checkpointer,
      threadId: 't',
      clock,
      signal: new AbortController().signal,
    });
    expect(outcome).toMatchObject({ status: 'finished', state: { value: 3 } });
    expect(checkpointer.list().map((checkpoint) => checkpoint.node)).toEqual(['start', 'add', 'add', 'add']);
  });

  it('stops at an interrupt and runs the same node again when it is continued', async () => {
    const checkpointer = memoryCheckpointer();
    let approved = false;
    const review: GraphNode<Counter> = {
      id: 'review',
      writes: ['approved'],
      run: async () => (approved ? { writes: { approved } } : { writes: {}, interrupt: 'waiting' }),
    };
    const graph = graphOf([review, add], (id) => (id === 'review' ? 'add' : null));
    const options = { graph, checkpointer, threadId: 't', clock, signal: new AbortController().signal };
    startThread(options, { value: 0 });
    expect((await runThread(options)).status).toBe('interrupted');
    approved = true;
    expect(await runThread(options)).toMatchObject({ status: 'finished', state: { value: 1, approved: true } });
  });

  it('keeps the state before a failed node, so that the next run tries that node again', async () => {
    const checkpointer = memoryCheckpointer();
    let broken = true;
    const flaky: GraphNode<Counter> = {
      id: 'flaky',
      writes: ['value'],
      run: async (state) => {
        if (broken) throw new Error('disk full');
        return { writes: { value: state.value + 10 } };
      },
    };
    const graph = graphOf([add, flaky], (id) => (id === 'add' ? 'flaky' : null));
    const options = { graph, checkpointer, threadId: 't', clock, signal: new AbortController().signal };
    startThread(options, { value: 0 });
    expect(await runThread(options)).toMatchObject({
      status: 'failed',
      node: 'flaky',
      error: { message: 'disk full' },
      state: { value: 1 },
    });
    broken = false;
    expect(await runThread(options)).toMatchObject({ status: 'finished', state: { value: 11 } });
  });

  it('reports a cancelled run as cancelled and not as failed', async () => {
    const checkpointer = memoryCheckpointer();
    const controller = new AbortController();
    const slow: GraphNode<Counter> = {
      id: 'slow',
      writes: [],
      run: async () => {
        controller.abort();
        throw new Error('interrupted');
      },
    };
    const graph = graphOf([slow], () => null);
    const options = { graph, checkpointer, threadId: 't', clock, signal: controller.signal };
    startThread(options, { value: 0 });
    expect(await runThread(options)).toMatchObject({ status: 'cancelled', error: null });
  });

  it('refuses a write that the node did not declare, since no checkpoint would be known to hold it', async () => {
    const checkpointer = memoryCheckpointer();
    const sneaky: GraphNode<Counter> = {
      id: 'sneaky',
      writes: ['approved'],
      run: async () => ({ writes: { value: 7 } }),
    };
    const graph = graphOf([sneaky], () => null);
    const options = { graph, checkpointer, threadId: 't', clock, signal: new AbortController().signal };
    startThread(options, { value: 0 });
    expect(await runThread(options)).toMatchObject({ status: 'failed', state: { value: 0 } });
  });

  it('goes on from any node with the latest state after a rewind', async () => {
    const checkpointer = memoryCheckpointer();
    const graph = graphOf([add], () => null);
    const options = { graph, checkpointer, threadId: 't', clock, signal: new AbortController().signal };
    startThread(options, { value: 0 });
    await runThread(options);
    rewindThread(options, 'add', { value: 40 });
    expect(await runThread(options)).toMatchObject({ status: 'finished', state: { value: 41 } });
  });
});
