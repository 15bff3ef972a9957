import { describe, expect, it } from 'vitest';
import { type TreeLine, actionOf } from './VirtualTree.tsx';

const line = (key: string, level: number, open: boolean | null): TreeLine => ({
  key,
  level,
  open,
  position: 1,
  siblings: 1,
});
const lines = [line('A', 1, true), line('a1', 2, null), undefined, line('a3', 2, null), line('B', 1, false)];
const toggled = (key: string, current: number) => actionOf(key, lines, current)?.toggle?.key;
const moved = (key: string, current: number) => actionOf(key, lines, current)?.to;

describe('keys in a tree', () => {
  it('move within its bounds, also from no line at all', () => {
    expect([moved('ArrowDown', 0), moved('ArrowDown', 4), moved('ArrowUp', 0), moved('ArrowDown', -1)]).toEqual([
      1, 4, 0, 0,
    ]);
    expect([moved('Home', 3), moved('End', 0), moved('PageDown', 0), moved('PageUp', 4)]).toEqual([0, 4, 4, 0]);
  });

  it('open to the right and go in; close to the left and go out', () => {
    expect([toggled('ArrowRight', 4), moved('ArrowRight', 0)]).toEqual(['B', 1]);
    expect([toggled('ArrowLeft', 0), moved('ArrowLeft', 3)]).toEqual(['A', 0]);
    expect(actionOf('ArrowLeft', lines, 4)).toBeNull();
    expect([toggled('Enter', 4), toggled(' ', 0), toggled('Enter', 1)]).toEqual(['B', 'A', undefined]);
  });

  it('leave letters to the view', () => {
    expect(actionOf('j', lines, 1)).toBeNull();
    expect(actionOf('constructor', lines, 1)).toBeNull();
  });
});
