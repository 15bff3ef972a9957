import type { Decision, Mapping } from '../../src/shared/model/mapping.ts';
import type { ColumnProfile, TableProfile } from '../../src/shared/model/profile.ts';
import { type Column, type Table, type TypeFamily, withoutKeys } from '../../src/shared/model/schema.ts';

/** A column with sensible absent values. */
export function column(name: string, more: Partial<Column> = {}): Column {
  return {
    name,
    rawType: 'VARCHAR(20)',
    type: 'string',
    length: 20,
    precision: null,
    scale: null,
    timeZone: false,
    nullable: true,
    default: null,
    comment: null,
    identity: false,
    generated: null,
    ...more,
  };
}

/** A column of that family without sizes. */
export const typed = (name: string, type: TypeFamily, more: Partial<Column> = {}): Column =>
  column(name, { rawType: type, type, length: null, ...more });

export const integer = (name: string, more: Partial<Column> = {}): Column =>
  column(name, { rawType: 'INTEGER', type: 'integer', length: null, precision: 10, ...more });

export function table(name: string, columns: readonly Column[], more: Partial<Table> = {}): Table {
  return {
    schema: null,
    name,
    kind: 'table',
    comment: null,
    columns,
    ...withoutKeys,
    line: 1,
    ...more,
  };
}

/** An approved direct mapping `a.b` → `c.d`. */
export function mapping(from: string, to: string | null, more: Partial<Mapping> = {}): Mapping {
  const [sourceTable = '', sourceColumn = ''] = from.split('.');
  const [targetTable = '', targetColumn = ''] = (to ?? '').split('.');
  const parts = { semantic: 0.9, type: 1, domain: 0.5, history: 0.5 };
  return {
    id: from,
    source: { schema: null, table: sourceTable, column: sourceColumn },
    target: to === null ? null : { schema: null, table: targetTable, column: targetColumn },
    transformation: to === null ? { type: 'none', expression: 'NULL' } : { type: 'direct', expression: sourceColumn },
    additional: [],
    confidence: 0.9,
    parts,
    status: to === null ? 'unmapped' : 'auto_approved',
    rationale: '',
    reasons: [],
    candidates: [],
    issues: [],
    priority: 2,
    patterns: [],
    ...more,
  };
}

/** A decision of a person about a mapping, with number `seq` in the log. */
export function decision(
  seq: number,
  mappingId: string,
  verdict: Decision['verdict'],
  more: Partial<Decision> = {},
): Decision {
  return {
    seq,
    batch: seq,
    mappingId,
    verdict,
    target: null,
    transformation: null,
    note: null,
    at: '2026-01-01T00:00:00Z',
    undoes: null,
    by: 'person',
    ...more,
  };
}

/** What is known of a column whose values nobody looked at. */
export function columnProfile(name: string, more: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    name,
    nulls: 0,
    distinct: 0,
    min: null,
    max: null,
    minLength: null,
    maxLength: null,
    top: [],
    patterns: [],
    semanticType: null,
    ...more,
  };
}

/** The profile of a table with those columns and rows. */
export function tableProfile(
  key: string,
  columns: readonly ColumnProfile[],
  sample: TableProfile['sample'] = [],
  more: Partial<TableProfile> = {},
): TableProfile {
  return {
    table: key,
    file: `${key}.csv`,
    rows: sample.length,
    columns,
    candidateKeys: [],
    duplicateRows: 0,
    sample,
    issues: [],
    ...more,
  };
}
