/** The FROM of a generated source query: tables, and how they are joined. */
import type { EtlDefinition } from '../../../../shared/model/etl.ts';
import type { PipelineTable } from '../../../dataflow/model.ts';
import { sqlName, tableRelation } from '../../../dataflow/sql-name.ts';

export interface JoinedSource {
  /** The name under which the query knows the table: the table's own, or the instance's where a table is read twice. */
  readonly id: string;
  readonly instance: string;
  readonly definition: EtlDefinition | null;
  readonly table: PipelineTable;
}

export interface SourceFrom {
  readonly from: string;
  readonly where: readonly string[];
  /** Sources that nothing joins: their rows are multiplied. */
  readonly unjoined: readonly string[];
  /** A user-defined join in braces, still to be rewritten. */
  readonly braces: string | null;
}

function relation(source: JoinedSource): string {
  const name = tableRelation(source.table);
  return source.id.toLowerCase() === source.table.name.toLowerCase() ? name : `${name} AS ${sqlName(source.id)}`;
}

/** Equalities that keys of the definitions imply, from one source to another. */
function keyJoins(
  sources: readonly JoinedSource[],
): readonly { readonly a: string; readonly b: string; readonly sql: string }[] {
  return sources.flatMap((source) =>
    (source.definition?.table.foreignKeys ?? []).flatMap((key) => {
      const other = sources.find(
        (one) => one !== source && one.definition?.table.name.toLowerCase() === key.references.table.toLowerCase(),
      );
      if (other === undefined) return [];
      const sql = key.columns
        .map(
          (column, index) =>
            `${sqlName(source.id)}.${sqlName(column)} = ${sqlName(other.id)}.${sqlName(key.references.columns[index] ?? column)}`,
        )
        .join(' AND ');
      return [{ a: source.id, b: other.id, sql }];
    }),
  );
}

/** How the sources of one qualifier are joined: by the user's join, else by declared keys. */
export function joinSources(sources: readonly JoinedSource[], userJoin: string | null): SourceFrom {
  const from = sources.map(relation).join(', ');
  if (userJoin !== null) {
    const braces = /^\s*\{([\s\S]*)\}\s*$/.exec(userJoin);
    if (braces !== null) return { from, where: [], unjoined: [], braces: braces[1] ?? '' };
    return { from, where: [userJoin], unjoined: [], braces: null };
  }
  const joins = keyJoins(sources);
  const joined = new Set(joins.flatMap((join) => [join.a, join.b]));
  const unjoined =
    sources.length < 2 ? [] : sources.filter((source) => !joined.has(source.id)).map((source) => source.id);
  return { from, where: joins.map((join) => join.sql), unjoined, braces: null };
}
