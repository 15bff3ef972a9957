import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect, createShelf, type Piece } from './piecewise.ts';

/** The other side of a process: what it is given is a copy. */
function childWith(shelf: ReturnType<typeof createShelf>, seen: Piece[] = []) {
  return {
    next: async (ticket: number) => {
      const piece = structuredClone(shelf.next(ticket));
      seen.push(piece);
      return piece;
    },
    forget: async (ticket: number) => shelf.forget(ticket),
  };
}

const large = (items: number): unknown => ({
  file: 'x',
  lists: [
    { name: 'a', rows: Array.from({ length: items }, (_, n) => ({ n, text: `row ${n}`, parts: [n, [n, 'b']] })) },
    { name: 'b', rows: [] },
    { name: 'c', rows: Array.from({ length: items }, (_, n) => ({ n, inner: Array.from({ length: 9 }, () => 'y') })) },
  ],
});

describe('a value that is handed over in pieces', () => {
  it('arrives whole and in order, whatever is nested in what', async () => {
    const value = large(20_000);
    const shelf = createShelf();
    const seen: Piece[] = [];
    const delivery = shelf.put(value);
    expect(await collect(structuredClone(delivery), childWith(shelf, seen), undefined)).toEqual(value);
    expect(seen.length).toBeGreaterThan(10);
    expect(() => shelf.next(delivery.ticket ?? 0)).toThrow('nothing waits');
  });

  it('arrives whole where single items are larger than a piece', async () => {
    const value = { jobs: [{ lineage: Array.from({ length: 90_000 }, (_, n) => n) }, { lineage: ['z'] }], done: 1 };
    const shelf = createShelf();
    expect(await collect(structuredClone(shelf.put(value)), childWith(shelf), undefined)).toEqual(value);
  });

  it('leaves the value in the child as it was', () => {
    const value = large(5_000);
    const before = structuredClone(value);
    createShelf().put(value);
    expect(value).toEqual(before);
  });

  it('arrives as it is, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.integer({ min: 0, max: 8_000 }), async (inner, times) => {
        const value = [inner, Array.from({ length: times }, () => ({ inner, more: ['q', 1] }))];
        const shelf = createShelf();
        expect(await collect(structuredClone(shelf.put(value)), childWith(shelf), undefined)).toEqual(value);
      }),
      { numRuns: 30 },
    );
  });

  it('comes at once where it is small', () => {
    const value = { file: 'x', rows: [1, 2, 3] };
    expect(createShelf().put(value)).toEqual({ value, ticket: null });
  });

  it('is forgotten by the child when the parent gives up', async () => {
    const shelf = createShelf();
    const delivery = shelf.put(large(20_000));
    const aborted = new AbortController();
    const host = {
      ...childWith(shelf),
      next: async (ticket: number) => {
        aborted.abort(new Error('enough'));
        return shelf.next(ticket);
      },
    };
    await expect(collect(structuredClone(delivery), host, aborted.signal)).rejects.toThrow('enough');
    expect(() => shelf.next(delivery.ticket ?? 0)).toThrow('nothing waits');
  });
});
