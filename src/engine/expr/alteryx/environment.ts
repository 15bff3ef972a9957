/** What an Alteryx expression is translated against. */
import { columnName } from '../duckdb-name.ts';
import type { ValueKind } from './value.ts';

export interface FieldInfo {
  readonly kind: ValueKind;
  /** SQL that stands for the field; put in parentheses where needed by the one who gives it. */
  readonly sql: string;
  /** What is taken for granted about it. */
  readonly note?: string;
}

export interface AlteryxEnvironment {
  /** The field of that name, null where there is none. `Row-1:Name` and `_CurrentField_` are asked for like any other. */
  readonly field: (name: string) => FieldInfo | null;
  /** SQL of a workflow constant or question, e.g. `Question.Region`; a DuckDB variable of its name where null. */
  readonly constant: (name: string) => FieldInfo | null;
  /** How `=` compares text; the sources disagree, so that it can be chosen. */
  readonly textComparison: 'case_sensitive' | 'case_insensitive';
  /** True where a person has said how it does. */
  readonly comparisonIsSaid?: boolean;
}

/** An environment without known fields: every name is a column of unknown type. */
export const openAlteryxEnvironment: AlteryxEnvironment = {
  field: (name) => (isConstantName(name) ? null : (otherRow(name) ?? { kind: 'unknown', sql: columnName(name) })),
  constant: () => null,
  textComparison: 'case_sensitive',
};

/** `Row-1:Name` of a Multi-Row Formula. */
function otherRow(name: string): FieldInfo | null {
  const [, sign, count, field = ''] = /^Row([+-])(\d{1,3}):(.+)$/is.exec(name) ?? [];
  if (count === undefined) return null;
  return {
    kind: 'unknown',
    sql: `${sign === '-' ? 'lag' : 'lead'}(${columnName(field)}, ${count}) OVER (ORDER BY __seq)`,
    note: 'Rows are in the order of __seq, in one group, and a row that is not there has NULL',
  };
}

/** A constant of the workflow, or an input of a macro's question, written like a field. */
export function isConstantName(name: string): boolean {
  return /^(?:Engine|User|Question)\./i.test(name) || /^#\d+$/.test(name);
}
