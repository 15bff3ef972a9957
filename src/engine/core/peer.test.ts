import { describe, expect, it } from 'vitest';
import { PortolanError } from '../../shared/errors.ts';
import { type CallContext, type Methods, type Peer, type Port, createPeer } from './peer.ts';

/** Two ends of a channel that clones what it carries, as a real one does. */
function channel(): readonly [Port, Port] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const end = (own: 0 | 1): Port => ({
    send: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of listeners[1 - own] ?? []) listener(copy);
      });
    },
    onMessage: (listener) => void listeners[own]?.push(listener),
  });
  return [end(0), end(1)];
}

function pair(methods: Methods, ours: Methods = {}): { here: Peer; there: Peer } {
  const [a, b] = channel();
  return { here: createPeer(a, ours), there: createPeer(b, methods) };
}

describe('a peer', () => {
  it('calls the other side, and is called by it, at the same time', async () => {
    const { here, there } = pair({ double: (n: number) => n * 2 }, { name: () => 'here' });
    expect(await Promise.all([here.call('double', 21), there.call('name', null), here.call('double', 4)])).toEqual([
      42,
      'here',
      8,
    ]);
  });

  it('keeps the kind of an error across the channel', async () => {
    const { here } = pair({
      fail: () => {
        throw new PortolanError('UNSUPPORTED', 'No', { hint: 'Do else.' });
      },
    });
    await expect(here.call('fail', null)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: 'No',
      hint: 'Do else.',
    });
    await expect(here.call('constructor', null)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('passes progress on and cancels', async () => {
    const { here } = pair({
      slow: (_input: unknown, { signal, report }: CallContext) =>
        new Promise((_resolve, reject) => {
          report(1);
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });
    const controller = new AbortController();
    const seen: unknown[] = [];
    const call = here.call('slow', null, {
      signal: controller.signal,
      onProgress: (payload) => {
        seen.push(payload);
        controller.abort();
      },
    });
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(seen).toEqual([1]);
  });

  it('rejects what is in flight when the other side is gone, and everything after', async () => {
    const { here } = pair({ never: () => new Promise(() => undefined) });
    const call = here.call('never', null);
    here.close(new PortolanError('INTERNAL', 'The reader process ended'));
    await expect(call).rejects.toMatchObject({ message: 'The reader process ended' });
    await expect(here.call('never', null)).rejects.toMatchObject({ message: 'The reader process ended' });
  });
});
