import type { QualifiedName } from './read-name.ts';

/** A reference as written; without columns it means the primary key of the table. */
export interface Reference extends QualifiedName {
  readonly columns: readonly string[];
}

/** What a column definition says. Members that it does not mention are undefined, so that ALTER can merge. */
export interface ColumnDraft {
  name: string;
  readonly line: number;
  rawType: string;
  nullable: boolean | undefined;
  default: string | null | undefined;
  comment: string | null | undefined;
  identity: boolean;
  generated: string | undefined;
  primaryKey: boolean;
  unique: boolean;
  /** Name of the constraint that was declared last, for the constraints of this column. */
  constraintName: string | null;
  references: { readonly name: string | null; readonly to: Reference } | undefined;
  /** Indexes that the definition carries (SQL Server). */
  readonly indexes: { readonly name: string; readonly columns: readonly string[]; readonly unique: boolean }[];
  readonly checks: { readonly name: string | null; readonly text: string }[];
  /** Where ALTER TABLE … ADD puts it: behind or before a column, or first (null); at the end where nothing is said. */
  place: { readonly after: string | null } | { readonly before: string } | undefined;
  /** Attributes that no rule knows. */
  readonly unknown: string[];
}

export function newColumnDraft(name: string, line: number): ColumnDraft {
  return {
    name,
    line,
    rawType: '',
    nullable: undefined,
    default: undefined,
    comment: undefined,
    identity: false,
    generated: undefined,
    primaryKey: false,
    unique: false,
    constraintName: null,
    references: undefined,
    indexes: [],
    checks: [],
    place: undefined,
    unknown: [],
  };
}
