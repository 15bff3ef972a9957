/** Rows that refer to a row which is not there, over declared and inferred references. */
import type { InferredRelationship, QualityIssue } from '../../../shared/model/profile.ts';
import { tableKey } from '../../../shared/model/schema.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { type DataColumn, type LoadedTable, dataColumns, figure } from './loaded-table.ts';
import { keyOf, rowsText } from './quality-issues.ts';

interface Reference {
  readonly from: LoadedTable;
  readonly to: LoadedTable;
  readonly pairs: readonly (readonly [from: string, to: string])[];
  readonly declared: boolean;
}

/** One issue for each reference with orphans; a reference to a table without data is not checked. */
export async function orphanIssues(
  session: SqlSession,
  tables: readonly LoadedTable[],
  inferred: readonly InferredRelationship[],
): Promise<readonly QualityIssue[]> {
  const issues: QualityIssue[] = [];
  for (const reference of [...declaredReferences(tables), ...inferredReferences(tables, inferred)]) {
    const query = await orphanQuery(session, reference);
    if (query === null) continue;
    const rows = figure((await session.query(query)).rows[0]?.[0]);
    if (rows === 0) continue;
    const names = reference.pairs.map(([from]) => from).join(', ');
    const kind = reference.declared ? 'the foreign key' : 'the likely reference';
    const message = `${names} refers to no row of ${keyOf(reference.to.table)} in ${rowsText(rows)} (${kind} to ${reference.pairs.map(([, to]) => to).join(', ')})`;
    issues.push({
      table: keyOf(reference.from.table),
      column: reference.pairs.length === 1 ? names : null,
      kind: 'orphan',
      rows,
      message,
      query,
    });
  }
  return issues;
}

function declaredReferences(tables: readonly LoadedTable[]): readonly Reference[] {
  return tables.flatMap((from) =>
    from.table.foreignKeys.flatMap((key): readonly Reference[] => {
      const to = findTable(tables, key.references.schema ?? from.table.schema, key.references.table);
      if (to === undefined) return [];
      const targets = key.references.columns.length > 0 ? key.references.columns : to.table.primaryKey;
      if (targets.length !== key.columns.length) return [];
      return [
        {
          from,
          to,
          pairs: key.columns.map((column, index) => [column, targets[index] ?? ''] as const),
          declared: true,
        },
      ];
    }),
  );
}

function inferredReferences(
  tables: readonly LoadedTable[],
  inferred: readonly InferredRelationship[],
): readonly Reference[] {
  return inferred.flatMap((relationship): readonly Reference[] => {
    const from = tables.find((loaded) => keyOf(loaded.table) === tableKey(relationship.from));
    const to = tables.find((loaded) => keyOf(loaded.table) === tableKey(relationship.to));
    if (from === undefined || to === undefined) return [];
    return [{ from, to, pairs: [[relationship.from.column, relationship.to.column]], declared: false }];
  });
}

/** By schema and name without case; by name alone where no schema fits. */
export function findTable(
  tables: readonly LoadedTable[],
  schema: string | null,
  name: string,
): LoadedTable | undefined {
  const named = tables.filter((loaded) => loaded.table.name.toLowerCase() === name.toLowerCase());
  return named.find((loaded) => (loaded.table.schema ?? '').toLowerCase() === (schema ?? '').toLowerCase()) ?? named[0];
}

async function orphanQuery(session: SqlSession, reference: Reference): Promise<string | null> {
  const fromColumns = await dataColumns(session, reference.from);
  const toColumns = await dataColumns(session, reference.to);
  const comparisons: string[] = [];
  const filled: string[] = [];
  for (const [fromName, toName] of reference.pairs) {
    const from = named(fromColumns, fromName);
    const to = named(toColumns, toName);
    if (from === undefined || to === undefined) return null;
    comparisons.push(
      from.dataType === to.dataType
        ? `t.${to.sql} = f.${from.sql}`
        : `CAST(t.${to.sql} AS VARCHAR) = CAST(f.${from.sql} AS VARCHAR)`,
    );
    filled.push(`f.${from.sql} IS NOT NULL`);
  }
  return `SELECT count(*) FROM ${reference.from.sqlName} AS f WHERE ${filled.join(' AND ')} AND NOT EXISTS (SELECT 1 FROM ${reference.to.sqlName} AS t WHERE ${comparisons.join(' AND ')})`;
}

function named(columns: readonly DataColumn[], name: string): DataColumn | undefined {
  return columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}
