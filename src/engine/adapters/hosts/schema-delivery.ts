/**
 * Handing a large schema from a child process to its parent in pieces that the parent asks for, so that taking them in never
 * keeps the parent from its window for long.
 */
import type { SchemaFile, Table } from '../../../shared/model/schema.ts';
import type { DdlResult } from '../../ports/input-reader.ts';

/** Results without their tables, and the ticket to fetch those with; null where they all fit in. */
export interface Delivery {
  readonly results: readonly DdlResult[];
  readonly ticket: number | null;
}

/** Tables of one file, in order; `done` with the last piece of all. */
export interface Piece {
  readonly file: number;
  readonly tables: readonly Table[];
  readonly done: boolean;
}

const columnsAPiece = 2000;

/** The child's side. */
export interface Shelf {
  put(results: readonly DdlResult[]): Delivery;
  next(ticket: number): Piece;
  forget(ticket: number): void;
}

export function createShelf(): Shelf {
  const waiting = new Map<number, Iterator<Piece, unknown>>();
  let lastTicket = 0;
  return {
    put(results) {
      const pieces = [...piecesOf(results)];
      if (pieces.length <= 1) return { results, ticket: null };
      lastTicket += 1;
      waiting.set(lastTicket, pieces[Symbol.iterator]());
      return { results: results.map((result) => withTables(result, [])), ticket: lastTicket };
    },
    next(ticket) {
      const piece = waiting.get(ticket)?.next().value as Piece | undefined;
      if (piece === undefined) throw new Error(`nothing waits under ticket ${ticket}`);
      if (piece.done) waiting.delete(ticket);
      return piece;
    },
    forget: (ticket) => void waiting.delete(ticket),
  };
}

function piecesOf(results: readonly DdlResult[]): readonly Piece[] {
  const pieces: { file: number; tables: Table[]; done: boolean }[] = [];
  for (const [file, result] of results.entries()) {
    if (!result.ok) continue;
    let columns = Infinity;
    for (const table of result.schema.tables) {
      if (columns >= columnsAPiece) {
        pieces.push({ file, tables: [], done: false });
        columns = 0;
      }
      pieces.at(-1)?.tables.push(table);
      columns += table.columns.length + 1;
    }
  }
  const last = pieces.at(-1);
  if (last !== undefined) last.done = true;
  return pieces;
}

const withTables = (result: DdlResult, tables: readonly Table[]): DdlResult =>
  result.ok ? { ...result, schema: { ...result.schema, tables } satisfies SchemaFile } : result;

/** The parent's side: fetches piece after piece and gives the results whole. `forget` is told where it is given up. */
export async function collect(
  { results, ticket }: Delivery,
  host: { next(ticket: number): Promise<Piece>; forget(ticket: number): Promise<void> },
  signal: AbortSignal | undefined,
): Promise<readonly DdlResult[]> {
  if (ticket === null) return results;
  const tables: Table[][] = results.map(() => []);
  for (let done = false; !done;) {
    if (signal?.aborted === true) {
      await host.forget(ticket);
      signal.throwIfAborted();
    }
    const piece = await host.next(ticket);
    tables[piece.file]?.push(...piece.tables);
    done = piece.done;
  }
  return results.map((result, file) => withTables(result, tables[file] ?? []));
}
