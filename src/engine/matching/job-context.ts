/** What all signals share in one matching job. */
import type { Lexicon } from '../domains/lexicon.ts';
import type { ColumnView, SideView } from './column-view.ts';
import type { SideVectors } from './vectors.ts';
import { referredTables } from './table-reference.ts';
import { compareValues, type ValueLikeness } from './value-vectors.ts';
import { createWordTable, type WordTable } from './word-table.ts';

export interface SideWords {
  /** Word numbers of each column's name, of table and column together, and of its comment. */
  readonly names: readonly Int32Array[];
  readonly contexts: readonly Int32Array[];
  readonly comments: readonly Int32Array[];
  readonly tables: readonly Int32Array[];
  /** The last word of each column's name, or -1. */
  readonly heads: Int32Array;
  /** Index of the table that each column points to, or -1. */
  readonly references: Int32Array;
}

export interface JobContext {
  readonly source: SideView;
  readonly target: SideView;
  readonly lexicon: Lexicon;
  readonly words: WordTable;
  readonly sourceWords: SideWords;
  readonly targetWords: SideWords;
  readonly vectors: { readonly source: SideVectors; readonly target: SideVectors } | null;
  /** Null where one side has no data. */
  readonly likeness: ValueLikeness | null;
}

/** Numbers all words of both sides and puts the context together. */
export function createJobContext(
  source: SideView,
  target: SideView,
  lexicon: Lexicon,
  vectors: JobContext['vectors'],
): JobContext {
  const documents = [source, target].flatMap((side) => [
    ...side.columns.map((column) => [...column.words, ...column.commentWords]),
    ...side.tables.map((table) => [...table.words]),
  ]);
  const words = createWordTable(documents, lexicon);
  const number = (list: readonly string[]): Int32Array =>
    Int32Array.from(new Set(list.map((word) => words.idOf(word))));
  const sideWords = (side: SideView): SideWords => ({
    names: side.columns.map((column) => number(column.words)),
    contexts: side.columns.map((column: ColumnView) => number([...column.table.words, ...column.words])),
    comments: side.columns.map((column) => number([...column.words, ...column.commentWords])),
    tables: side.tables.map((table) => number(table.words)),
    heads: Int32Array.from(side.columns, (column) => words.idOf(column.words.at(-1) ?? '')),
    references: referredTables(side),
  });
  return {
    source,
    target,
    lexicon,
    words,
    sourceWords: sideWords(source),
    targetWords: sideWords(target),
    vectors,
    likeness: compareValues(source.columns, target.columns),
  };
}
