/** MiniLM vectors of all columns and tables of both sides, one matrix per rendering; equal texts are embedded once. */
import { PortolanError } from '../../shared/errors.ts';
import type { Embedder, Multiply } from '../ports/embedder.ts';
import type { SideView } from './column-view.ts';
import { renderColumn, renderTable, renderTableName, textIds, type TextId } from './renderings.ts';

/** Row-major vectors; a row of zeros where there is no such text. */
export interface Matrix {
  readonly values: Float32Array;
  readonly dimensions: number;
  /** True where no row has a text; there are no values then. */
  readonly isEmpty: boolean;
}

/**
 * The ways in which MiniLM sees a column, each a feature of its own: averaging them all would lose what tells them apart. The
 * name within its table and the name with its values are mixed from the vectors of their parts: on benchmarks that is
 * as good as embedding them as one text, and a third of the work.
 */
export interface SideVectors {
  readonly columns: Readonly<Record<TextId | 'context' | 'values', Matrix>>;
  readonly tables: Matrix;
}

export interface EmbeddingOptions {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Texts of one length go through the model together: the more at a time, the fuller its batches. */
const TEXTS_AT_A_TIME = 8192;
/** How much the table's name counts in a name within its table, and examples in a name with its values. */
const TABLE_SHARE = 0.3;
const EXAMPLES_SHARE = 1;

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
  for (let at = 0; at < texts.length; at += TEXTS_AT_A_TIME) {
    if (signal?.aborted === true) throw new PortolanError('CANCELLED', 'Matching was cancelled');
    const report = (done: number): void => onProgress(at + done, texts.length);
    all.set(await embedder.embed(texts.slice(at, at + TEXTS_AT_A_TIME), signal, report), at * dimensions);
    onProgress(Math.min(texts.length, at + TEXTS_AT_A_TIME), texts.length);
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
  const vectorsOf = (side: SideView): SideVectors => {
    const [name, comment, examples] = textIds.map((id) =>
      gather(side.columns.map((column) => renderColumn(column, id))),
    ) as [Matrix, Matrix, Matrix];
    const tableNames = gather(side.tables.map(renderTableName));
    return {
      columns: {
        name,
        comment,
        examples,
        context: mixRows(name, tableNames, TABLE_SHARE, (row) => side.columns[row]?.table.index ?? null),
        values: mixRows(name, examples, EXAMPLES_SHARE, (row) => (side.columns[row]?.values == null ? null : row)),
      },
      tables: gather(side.tables.map(renderTable)),
    };
  };
  return { source: vectorsOf(source), target: vectorsOf(target) };
}

function* textsOf(side: SideView): Generator<string | null> {
  for (const column of side.columns) for (const id of textIds) yield renderColumn(column, id);
  for (const table of side.tables) yield* [renderTableName(table), renderTable(table)];
}

/** Of each row of `a` the sum with `share` times the row of `b` that belongs to it, at length one; zeros where none does. */
function mixRows(a: Matrix, b: Matrix, share: number, rowOfB: (row: number) => number | null): Matrix {
  if (a.isEmpty || b.isEmpty) return { ...b, isEmpty: true, values: new Float32Array(0) };
  const { dimensions } = a;
  const values = new Float32Array(a.values.length);
  for (let row = 0; row * dimensions < values.length; row += 1) {
    const other = rowOfB(row);
    if (other === null) continue;
    const to = row * dimensions;
    let square = 0;
    for (let i = 0; i < dimensions; i += 1) {
      const sum = (a.values[to + i] as number) + share * (b.values[other * dimensions + i] as number);
      values[to + i] = sum;
      square += sum * sum;
    }
    const length = Math.sqrt(square) || 1;
    for (let i = to; i < to + dimensions; i += 1) values[i] = (values[i] as number) / length;
  }
  return { values, dimensions, isEmpty: false };
}

/** The dot product of two rows: the cosine, for vectors of length one. */
export function dotRows(a: Matrix, rowA: number, b: Matrix, rowB: number): number {
  const { dimensions } = a;
  if (a.isEmpty || b.isEmpty) return 0;
  const left = a.values;
  const right = b.values;
  let i = rowA * dimensions;
  let j = rowB * dimensions;
  const end = i + dimensions;
  // Four sums at a time: each addition would wait for the one before it.
  let sum = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (const last = end - 3; i < last; i += 4, j += 4) {
    sum += (left[i] as number) * (right[j] as number);
    second += (left[i + 1] as number) * (right[j + 1] as number);
    third += (left[i + 2] as number) * (right[j + 2] as number);
    fourth += (left[i + 3] as number) * (right[j + 3] as number);
  }
  for (; i < end; i += 1, j += 1) sum += (left[i] as number) * (right[j] as number);
  return sum + second + third + fourth;
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
