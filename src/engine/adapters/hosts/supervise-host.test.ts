import { describe, expect, it } from 'vitest';
import type { HostProcess } from '../../ports/host.ts';
import { superviseHost } from './supervise-host.ts';

/** A child that answers `ok`, or dies on `die`. */
function fakeChild(log: string[]): HostProcess {
  let listener: (message: unknown) => void = () => undefined;
  let exit: (how: string) => void = () => undefined;
  log.push('start');
  return {
    send(message) {
      const { kind, seq, method } = message as { kind: string; seq: number; method: string };
      if (kind !== 'call') return;
      if (method === 'die') queueMicrotask(() => exit('signal SIGSEGV'));
      else queueMicrotask(() => listener({ kind: 'done', seq, value: 'ok' }));
    },
    onMessage: (given) => {
      listener = given;
    },
    onExit: (given) => {
      exit = given;
    },
    kill: () => log.push('kill'),
  };
}

describe('a supervised host', () => {
  it('rejects the call that lost its child, says which child and how, and starts a new one for the next call', async () => {
    const log: string[] = [];
    const host = superviseHost('reader', () => fakeChild(log), { now: () => '', elapsed: () => 0 });
    await expect(host.call('die', null)).rejects.toMatchObject({
      message: 'The reader process ended unexpectedly (signal SIGSEGV)',
    });
    expect(await host.call('work', null)).toBe('ok');
    expect(log).toEqual(['start', 'start']);
  });

  it('stops restarting a child that keeps dying, until a minute has passed', async () => {
    let now = 0;
    const host = superviseHost('reader', () => fakeChild([]), { now: () => '', elapsed: () => now });
    for (let i = 0; i < 4; i += 1) await expect(host.call('die', null)).rejects.toThrow('ended unexpectedly');
    await expect(host.call('work', null)).rejects.toThrow('4 times within a minute');
    now = 61;
    expect(await host.call('work', null)).toBe('ok');
  });
});
