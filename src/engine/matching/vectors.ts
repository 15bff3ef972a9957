/** MiniLM vectors of all columns and tables of both sides, one matrix per rendering; equal texts are embedded once. */
import { PortolanError } from '../../shared/errors.ts';
import type { Embedder, Multiply } from '../ports/embedder.ts';
import type { SideView } from './column-view.ts';
import { renderColumn, renderingIds, renderTable, type RenderingId } from './renderings.ts';

/** Row-major vectors; a row of zeros where there is no such text. */
export interface Matrix {
  readonly values: Float32Array;
  readonly dimensions: number;
  /** True where no row has a text; there are no values then. */
  readonly isEmpty: boolean;
}

export interface SideVectors {
  readonly columns: Readonly<Record<RenderingId, Matrix>>;
  readonly tables: Matrix;
}

export interface EmbeddingOptions {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal | undefined;
}

const BATCH = 512;

/** Both sides' vectors; null without an embedder. `onProgress` gets texts done and texts in all. */
export async function embedSides(
  source: SideView,
  target: SideView,
  embedder: Embedder | null,
  { onProgress, signal }: EmbeddingOptions,
): Promise<{ readonly source: SideVectors; readonly target: SideVectors } | null> {
  if (embedder === null) return null;
  const numbers = new Map<string, number>();
  for (const side of [source, target]) {
    for (const text of textsOf(side)) if (text !== null && !numbers.has(text)) numbers.set(text, numbers.size);
  }
  const texts = [...numbers.keys()];
  const { dimensions } = embedder;
  const all = new Float32Array(texts.length * dimensions);
  for (let at = 0; at < texts.length; at += BATCH) {
    if (signal?.aborted === true) throw new PortolanError('CANCELLED', 'Matching was cancelled');
    all.set(await embedder.embed(texts.slice(at, at + BATCH), signal), at * dimensions);
    onProgress(Math.min(texts.length, at + BATCH), texts.length);
  }
  const gather = (wanted: readonly (string | null)[]): Matrix => {
    if (wanted.every((text) => text === null)) return { values: new Float32Array(0), dimensions, isEmpty: true };
    const matrix = new Float32Array(wanted.length * dimensions);
    wanted.forEach((text, row) => {
      if (text === null) return;
      const number = numbers.get(text) as number;
      matrix.set(all.subarray(number * dimensions, (number + 1) * dimensions), row * dimensions);
    });
    return { values: matrix, dimensions, isEmpty: false };
  };
  const vectorsOf = (side: SideView): SideVectors => ({
    columns: {
      name: gather(side.columns.map((column) => renderColumn(column, 'name'))),
      context: gather(side.columns.map((column) => renderColumn(column, 'context'))),
      comment: gather(side.columns.map((column) => renderColumn(column, 'comment'))),
      values: gather(side.columns.map((column) => renderColumn(column, 'values'))),
      examples: gather(side.columns.map((column) => renderColumn(column, 'examples'))),
    },
    tables: gather(side.tables.map(renderTable)),
  });
  return { source: vectorsOf(source), target: vectorsOf(target) };
}

function* textsOf(side: SideView): Generator<string | null> {
  for (const column of side.columns) for (const id of renderingIds) yield renderColumn(column, id);
  for (const table of side.tables) yield renderTable(table);
}

/** The dot product of two rows: the cosine, for vectors of length one. */
export function dotRows(a: Matrix, rowA: number, b: Matrix, rowB: number): number {
  const { dimensions } = a;
  if (a.isEmpty || b.isEmpty) return 0;
  let sum = 0;
  const fromA = rowA * dimensions;
  const fromB = rowB * dimensions;
  for (let i = 0; i < dimensions; i += 1) sum += (a.values[fromA + i] as number) * (b.values[fromB + i] as number);
  return sum;
}

/** All products of the rows of `a` with the rows of `b`, row-major. */
export const multiplyRows: Multiply = async (a, b, dimensions) => {
  const rowsA = a.length / dimensions;
  const rowsB = b.length / dimensions;
  const out = new Float32Array(rowsA * rowsB);
  const matrices = [a, b].map((values) => ({ values, dimensions, isEmpty: false })) as [Matrix, Matrix];
  for (let s = 0; s < rowsA; s += 1) {
    for (let t = 0; t < rowsB; t += 1) out[s * rowsB + t] = dotRows(matrices[0], s, matrices[1], t);
  }
  return out;
};
