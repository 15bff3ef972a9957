/** A quick score for every pair of columns and every pair of tables: it routes tables and picks the candidates that are looked at closely. */
import type { JobContext } from './job-context.ts';
import { balanced, nameOverlap } from './name-overlap.ts';
import { dice } from './string-similarity.ts';
import { familyCompatibility } from './type-compatibility.ts';
import { setOverlap } from './value-overlap.ts';
import { addProducts, dotRows } from './vectors.ts';

export interface BaseScores {
  readonly targets: number;
  /** Row-major, source × target. */
  readonly columns: Float32Array;
  /** Row-major, source table × target table; comparable within a row. */
  readonly tables: Float64Array;
}

/** Weighted sums of name, MiniLM, type and value similarity. */
export function scoreAllPairs(context: JobContext): BaseScores {
  const { source, target, vectors, words, likeness } = context;
  const targets = target.columns.length;
  const scores = new Float32Array(source.columns.length * targets);
  if (vectors !== null) {
    addProducts(scores, vectors.source.columns.name, vectors.target.columns.name, 0.3);
    addProducts(scores, vectors.source.columns.context, vectors.target.columns.context, 0.2);
    addProducts(scores, vectors.source.columns.comment, vectors.target.columns.comment, 0.2);
  }
  for (const a of source.columns) {
    const namesA = context.sourceWords.names[a.index] as Int32Array;
    const contextA = context.sourceWords.contexts[a.index] as Int32Array;
    for (const b of target.columns) {
      const names = balanced(nameOverlap(namesA, context.targetWords.names[b.index] as Int32Array, words));
      const inContext = balanced(nameOverlap(contextA, context.targetWords.contexts[b.index] as Int32Array, words));
      const slot = a.index * targets + b.index;
      const overlap =
        likeness === null || a.values === null || b.values === null
          ? 0
          : setOverlap(likeness.sharedValues[slot] as number, a.values.values.size, b.values.values.size).containment;
      const spelling = 0.15 * dice(a.grams, b.grams);
      const type = 0.1 * familyCompatibility(a.column.type, b.column.type);
      const data =
        likeness === null ? 0 : 0.2 * (likeness.words[slot] as number) + 0.2 * (likeness.triples[slot] as number);
      scores[slot] =
        (scores[slot] as number) + 0.35 * names + 0.25 * inContext + spelling + type + 0.3 * overlap + data;
    }
  }
  followReferences(context, scores, scoreTables(context, scores));
  return { targets, columns: scores, tables: scoreTables(context, scores) };
}

/** Columns that point to corresponding tables gain; a reference and a plain column lose. Keys then draw their tables together. */
function followReferences(context: JobContext, scores: Float32Array, tables: Float64Array): void {
  const targetTables = context.target.tables.length;
  const targets = context.target.columns.length;
  const best = context.source.tables.map((table) =>
    tables
      .subarray(table.index * targetTables, (table.index + 1) * targetTables)
      .reduce((most, score) => Math.max(most, score), 0),
  );
  for (const a of context.source.columns) {
    const from = context.sourceWords.references[a.index] as number;
    for (const b of context.target.columns) {
      const to = context.targetWords.references[b.index] as number;
      if (from < 0 && to < 0) continue;
      const slot = a.index * targets + b.index;
      const gain =
        from < 0 || to < 0
          ? -0.1
          : 0.4 * Math.exp(8 * ((tables[from * targetTables + to] as number) - (best[from] as number)));
      scores[slot] = (scores[slot] as number) + gain;
    }
  }
}

/** A table goes where its columns find counterparts and where name and comment say so. */
function scoreTables(context: JobContext, scores: Float32Array): Float64Array {
  const { source, target, vectors } = context;
  const targets = target.columns.length;
  const out = new Float64Array(source.tables.length * target.tables.length);
  for (const a of source.tables) {
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
      for (let s = a.from; s < a.to; s += 1) {
        let best = 0;
        for (let t = b.from; t < b.to; t += 1) best = Math.max(best, scores[s * targets + t] as number);
        sum += best;
      }
      out[a.index * target.tables.length + b.index] = 0.4 * names + 0.4 * meaning + sum / Math.max(1, a.to - a.from);
    }
  }
  return out;
}
