import { describe, expect, it } from 'vitest';
import { meanPool } from './mean-pool.ts';

describe('meanPool', () => {
  it('averages the tokens of the asked text only and scales to length 1', () => {
    const hidden = Float32Array.from([9, 9, 9, 9, 1, 2, 5, 6]);
    expect([...meanPool(hidden, 1, 2, 2)]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  });

  it('leaves a zero vector as it is', () => {
    expect([...meanPool(new Float32Array(4), 0, 2, 2)]).toEqual([0, 0]);
  });
});
