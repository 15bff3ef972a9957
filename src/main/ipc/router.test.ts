import { describe, expect, it } from 'vitest';
import { PortolanError } from '../../shared/errors.ts';
import { type Route, requests } from '../../shared/ipc/contract.ts';
import { type Handlers, createRouter } from './router.ts';

function routerWith(handlers: Partial<Handlers>): { route: ReturnType<typeof createRouter>; bugs: string[] } {
  const bugs: string[] = [];
  return { route: createRouter(handlers as Handlers, (name) => bugs.push(name)), bugs };
}

describe('the request router', () => {
  it('answers a request that it does not know with an error, also for names of every object', async () => {
    const { route } = routerWith({});
    for (const name of ['no.such', 'constructor', '__proto__', 'toString', 7, null])
      expect(await route(name, {})).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
  });

  it('lets nothing past that the contract does not allow: no surplus keys, no wrong types, no oversized lists', async () => {
    let reached = 0;
    const { route } = routerWith({
      'review.decide': () => ((reached += 1), { applied: 0, pending: 0, next: null, also: [] }),
      'output.read': () => ((reached += 1), { text: '' }),
    });
    const decision = { mappingId: 'a', verdict: 'approve' };
    const bad: readonly [Route, unknown][] = [
      ['output.read', { path: 'a', more: 1 }],
      ['output.read', { path: 5 }],
      ['output.read', null],
      ['review.decide', { decisions: [] }],
      ['review.decide', { decisions: Array(501).fill(decision) }],
      ['review.decide', { decisions: [{ ...decision, verdict: 'undo' }] }],
      ['review.decide', { decisions: [{ ...decision, note: 'x'.repeat(2001) }] }],
    ];
    for (const [name, input] of bad)
      expect(await route(name, input)).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
    expect(reached).toBe(0);
  });

  it('refuses a message of many megabytes before parsing it', async () => {
    const { route } = routerWith({});
    expect(await route('output.read', { path: 'x'.repeat(5_000_000) })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('too large') },
    });
  });

  it('keeps code, hint and place of an error, and reports only unexpected ones as bugs', async () => {
    const { route, bugs } = routerWith({
      'output.read': () => {
        throw new PortolanError('INPUT_INVALID', 'No file', {
          hint: 'Export first.',
          where: { file: 'a.sql', line: 3 },
        });
      },
      'history.list': () => {
        throw new TypeError('oops');
      },
    });
    expect(await route('output.read', { path: 'a' })).toEqual({
      ok: false,
      error: { code: 'INPUT_INVALID', message: 'No file', hint: 'Export first.', where: { file: 'a.sql', line: 3 } },
    });
    expect(await route('history.list', {})).toMatchObject({ ok: false, error: { code: 'INTERNAL', message: 'oops' } });
    expect(bugs).toEqual(['history.list']);
  });

  it('has a bounded input for every route', () => {
    const unbounded = Object.entries(requests).filter(([, { input }]) => input.safeParse({ unknown: 1 }).success);
    expect(unbounded.map(([name]) => name)).toEqual([]);
  });
});
