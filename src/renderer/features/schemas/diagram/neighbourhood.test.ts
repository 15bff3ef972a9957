import { describe, expect, it } from 'vitest';
import { drawnAtMost, firstFocus, neighbourhood } from './neighbourhood.ts';

const tables = (keys: readonly string[]) => keys.map((key) => ({ key, columns: 1, rows: null, keys: [] }));
const relation = (from: string, to: string) => ({
  from,
  to,
  fromColumns: ['x'],
  toColumns: ['id'],
  declared: true,
  score: null,
  evidence: '',
});
const chain = {
  tables: tables(['a', 'b', 'c', 'd', 'alone']),
  relations: [relation('a', 'b'), relation('b', 'c'), relation('c', 'd'), relation('c', 'c')],
};
const keys = (focus: string | null, reach: number) =>
  neighbourhood(chain, focus, reach)
    .tables.map((table) => table.key)
    .join('');

describe('the tables around one', () => {
  it('are reached along references in either direction, step by step', () => {
    expect([keys('b', 1), keys('b', 2), keys('d', 1), keys('alone', 3)]).toEqual(['abc', 'abcd', 'cd', 'alone']);
    expect(neighbourhood(chain, 'b', 1).relations.map(({ from, to }) => from + to)).toEqual(['ab', 'bc', 'cc']);
  });

  it('are all without a focus, as long as they can be drawn', () => {
    expect(keys(null, 1)).toBe('abcdalone');
    expect(firstFocus(chain)).toBeNull();
  });

  it('start at the table with the most references where there are too many', () => {
    const names = Array.from({ length: drawnAtMost + 20 }, (_, i) => `t${i}`);
    const star = { tables: tables(names), relations: names.slice(1, 40).map((name) => relation(name, 't7')) };
    expect(firstFocus(star)).toBe('t7');
    const all = neighbourhood(star, null, 1);
    expect([all.tables.length, all.left]).toEqual([drawnAtMost, 20]);
    expect(neighbourhood(star, 't7', 1).left).toBe(0);
  });
});
