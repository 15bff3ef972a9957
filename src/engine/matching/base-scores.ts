/** A quick score for every pair of columns and every pair of tables: it routes tables and picks the candidates that are looked at closely. */
import type { ColumnView } from './column-view.ts';
import type { JobContext } from './job-context.ts';
import type { Multiply } from '../ports/embedder.ts';
import { indexNames } from './name-index.ts';
import { balanced, nameOverlap } from './name-overlap.ts';
import { indexSpellings } from './spelling-index.ts';
import { familyCompatibility } from './type-compatibility.ts';
import { containment } from './value-overlap.ts';
import { dotRows, multiplyRows } from './vectors.ts';

export interface BaseScores {
  /** How many pairs of columns there are. */
  readonly pairs: number;
  /** The scores of a source column with all targets. */
  rowOf(source: ColumnView): Float32Array;
  scoreOf(source: ColumnView, target: ColumnView): number;
  /** Nobody asks for the scores of this source column and those before it any more: of a large job they are by far the largest of all data. */
  release(source: ColumnView): void;
  /** Row-major, source table × target table; comparable within a row. */
  readonly tables: Float64Array;
}

type RowOf = BaseScores['rowOf'];

/** Source columns multiplied at a time. */
const ROWS = 512;
/** Scores kept in one piece. */
const BLOCK = 2 ** 24;
const NO_ROWS = new Float32Array(0);
/** How much each rendering's similarity in meaning counts. */
const MEANING = [
  ['name', 0.3],
  ['context', 0.2],
  ['comment', 0.2],
] as const;

/** Weighted sums of name, MiniLM, type and value similarity. */
export async function scoreAllPairs(context: JobContext, multiply: Multiply = multiplyRows): Promise<BaseScores> {
  const { source, target } = context;
  const targets = target.columns.length;
  // A block is larger than what an allocator keeps for itself once it is free.
  const rows = Math.ceil(BLOCK / Math.max(1, targets));
  const blocks = Array.from(
    { length: Math.ceil(source.columns.length / rows) },
    (_, i) => new Float32Array(Math.min(rows, source.columns.length - i * rows) * targets),
  );
  const blockOf = ({ index }: ColumnView): Float32Array => blocks[Math.floor(index / rows)] as Float32Array;
  const placeOf = ({ index }: ColumnView): number => (index % rows) * targets;
  const rowOf: RowOf = (column) => blockOf(column).subarray(placeOf(column), placeOf(column) + targets);
  await addMeaning(context, rowOf, multiply);
  addNamesAndTypes(context, rowOf);
  addValues(context, rowOf);
  followReferences(context, rowOf, scoreTables(context, rowOf));
  return {
    pairs: source.columns.length * targets,
    rowOf,
    scoreOf: (from, to) => blockOf(from)[placeOf(from) + to.index] as number,
    release: ({ index }) => void blocks.fill(NO_ROWS, 0, Math.floor((index + 1) / rows)),
    tables: scoreTables(context, rowOf),
  };
}

async function addMeaning({ source, target, vectors }: JobContext, rowOf: RowOf, multiply: Multiply): Promise<void> {
  if (vectors === null) return;
  const targets = target.columns.length;
  for (const [id, weight] of MEANING) {
    const [a, b] = [vectors.source.columns[id], vectors.target.columns[id]];
    if (a.isEmpty || b.isEmpty) continue;
    for (let from = 0; from < source.columns.length; from += ROWS) {
      const to = Math.min(source.columns.length, from + ROWS);
      const products = await multiply(
        a.values.subarray(from * a.dimensions, to * a.dimensions),
        b.values,
        a.dimensions,
      );
      for (const column of source.columns.slice(from, to)) {
        const row = rowOf(column);
        const first = (column.index - from) * targets;
        for (let t = 0; t < targets; t += 1) row[t] = (row[t] as number) + weight * (products[first + t] as number);
      }
    }
  }
}

function addNamesAndTypes({ source, target, sourceWords, targetWords, words }: JobContext, rowOf: RowOf): void {
  const targets = target.columns.length;
  const names = indexNames(targetWords.names, words);
  const contexts = indexNames(targetWords.contexts, words);
  const spellings = indexSpellings(target.columns.map((column) => column.grams));
  const [name, inContext, spelling] = [0, 1, 2].map(() => new Float32Array(targets)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const types = new Map<string, Float32Array>();
  for (const a of source.columns) {
    names.compareAll(sourceWords.names[a.index] as Int32Array, name);
    contexts.compareAll(sourceWords.contexts[a.index] as Int32Array, inContext);
    spellings.compareAll(a.grams, spelling);
    const type =
      types.get(a.column.type) ??
      Float32Array.from(target.columns, (b) => familyCompatibility(a.column.type, b.column.type));
    types.set(a.column.type, type);
    const row = rowOf(a);
    for (let t = 0; t < targets; t += 1) {
      row[t] =
        (row[t] as number) +
        0.35 * (name[t] as number) +
        0.25 * (inContext[t] as number) +
        0.15 * (spelling[t] as number) +
        0.1 * (type[t] as number);
    }
  }
}

function addValues({ source, target, likeness }: JobContext, rowOf: RowOf): void {
  if (likeness === null) return;
  for (const a of source.columns) {
    if (a.values === null) continue;
    const scores = rowOf(a);
    const row = likeness.rowOf(a.index);
    for (const b of target.columns) {
      if (b.values === null) continue;
      const shared = row.sharedValues[b.index] as number;
      const overlap = containment(shared, a.values.values.size, b.values.values.size);
      const data = 0.2 * (row.words[b.index] as number) + 0.2 * (row.triples[b.index] as number);
      scores[b.index] = (scores[b.index] as number) + 0.3 * overlap + data;
    }
  }
}

/** Columns that point to corresponding tables gain; a reference and a plain column lose. Keys then draw their tables together. */
function followReferences(context: JobContext, rowOf: RowOf, tables: Float64Array): void {
  const targetTables = context.target.tables.length;
  const best = context.source.tables.map((table) =>
    tables
      .subarray(table.index * targetTables, (table.index + 1) * targetTables)
      .reduce((most, score) => Math.max(most, score), 0),
  );
  const referring = context.target.columns.filter(
    ({ index }) => (context.targetWords.references[index] as number) >= 0,
  );
  for (const a of context.source.columns) {
    const from = context.sourceWords.references[a.index] as number;
    const scores = rowOf(a);
    for (const b of from < 0 ? referring : context.target.columns) {
      const to = context.targetWords.references[b.index] as number;
      const gain =
        from < 0 || to < 0
          ? -0.1
          : 0.4 * Math.exp(8 * ((tables[from * targetTables + to] as number) - (best[from] as number)));
      scores[b.index] = (scores[b.index] as number) + gain;
    }
  }
}

/** The largest number in a part of the list, at least 0. */
function largest(values: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; i += 1) {
    const value = values[i] as number;
    if (value > most) most = value;
  }
  return most;
}

/** A table goes where its columns find counterparts and where name and comment say so. */
function scoreTables(context: JobContext, rowOf: RowOf): Float64Array {
  const { source, target, vectors } = context;
  const out = new Float64Array(source.tables.length * target.tables.length);
  for (const a of source.tables) {
    const rows = source.columns.slice(a.from, a.to).map(rowOf);
    for (const b of target.tables) {
      const names = balanced(
        nameOverlap(
          context.sourceWords.tables[a.index] as Int32Array,
          context.targetWords.tables[b.index] as Int32Array,
          context.words,
        ),
      );
      const meaning = vectors === null ? 0 : dotRows(vectors.source.tables, a.index, vectors.target.tables, b.index);
      let sum = 0;
      for (const row of rows) sum += largest(row, b.from, b.to);
      out[a.index * target.tables.length + b.index] = 0.4 * names + 0.4 * meaning + sum / Math.max(1, a.to - a.from);
    }
  }
  return out;
}
