import type { ColumnDraft } from './column-draft.ts';

/** What a query gives, as far as it can be told. */
export interface QueryColumns {
  readonly columns: readonly ColumnDraft[];
  /** A star over something that is not known stands for more columns than these. */
  readonly open: boolean;
  /** A table of the query is not known, at least not yet. */
  readonly unknown: boolean;
}
