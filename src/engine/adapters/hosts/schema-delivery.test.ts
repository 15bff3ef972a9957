import { describe, expect, it } from 'vitest';
import { readDdl } from '../../readers/ddl/index.ts';
import type { DdlResult } from '../../ports/input-reader.ts';
import { collect, createShelf } from './schema-delivery.ts';

const script = (tables: number, prefix: string): string =>
  Array.from({ length: tables }, (_, i) => `CREATE TABLE ${prefix}${i} (a int, b int, c int);`).join('\n');
const read = (tables: number, file: string): DdlResult => ({
  ok: true,
  schema: readDdl(script(tables, file), { file, dialect: 'ansi' }),
});
const failed: DdlResult = { ok: false, error: { code: 'INPUT_INVALID', message: 'no' } };

describe('a schema that is handed over in pieces', () => {
  it('arrives whole and in order, each piece small', async () => {
    const results = [read(1500, 'x'), failed, read(0, 'e'), read(700, 'y')];
    const shelf = createShelf();
    const sizes: number[] = [];
    const host = {
      next: async (ticket: number) => {
        const piece = shelf.next(ticket);
        sizes.push(piece.tables.length);
        return structuredClone(piece);
      },
      forget: async (ticket: number) => shelf.forget(ticket),
    };
    const delivery = shelf.put(results);
    expect(delivery.results.every((result) => !result.ok || result.schema.tables.length === 0)).toBe(true);
    expect(await collect(delivery, host, undefined)).toEqual(results);
    expect(sizes).toEqual([500, 500, 500, 500, 200]);
    expect(() => shelf.next(delivery.ticket ?? 0)).toThrow('nothing waits');
  });

  it('comes at once where it is small', () => {
    const results = [read(3, 'x')];
    expect(createShelf().put(results)).toEqual({ results, ticket: null });
  });

  it('is forgotten by the child when the parent gives up', async () => {
    const shelf = createShelf();
    const delivery = shelf.put([read(1500, 'x')]);
    const aborted = new AbortController();
    const host = {
      next: async (ticket: number) => {
        aborted.abort(new Error('enough'));
        return shelf.next(ticket);
      },
      forget: async (ticket: number) => shelf.forget(ticket),
    };
    await expect(collect(delivery, host, aborted.signal)).rejects.toThrow('enough');
    expect(() => shelf.next(delivery.ticket ?? 0)).toThrow('nothing waits');
  });
});
