import { describe, expect, it } from 'vitest';
import { type Steps, atOnce, inTurns } from './in-turns.ts';

function* sum(items: readonly number[], seen: number[] = []): Steps<number> {
  let total = 0;
  for (const item of items) {
    total += item;
    seen.push(item);
    yield 1000;
  }
  return total;
}

describe('work in steps', () => {
  it('gives the same at once and in turns', async () => {
    expect([atOnce(sum([1, 2, 3])), await inTurns(sum([1, 2, 3]))]).toEqual([6, 6]);
  });

  it('lets others have their turn between steps', async () => {
    const seen: number[] = [];
    const work = inTurns(sum([1, 2, 3, 4, 5, 6, 7, 8], seen));
    const reached: number[] = [];
    await new Promise<void>((resolve) =>
      setImmediate(() => {
        reached.push(seen.length);
        resolve();
      }),
    );
    expect(await work).toBe(36);
    expect(reached[0]).toBeLessThan(8);
  });
});
