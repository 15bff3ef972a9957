/** What a derived column is made of after a person has rewritten its expression. */
import { type Mapping, isDerived } from '../../../shared/model/mapping.ts';
import { type ColumnRef, type Table, tableKey } from '../../../shared/model/schema.ts';

/** The mappings; a derived one that was changed has the columns of its table as sources that its expression names. */
export function withNamedSources(mappings: readonly Mapping[], source: readonly Table[]): readonly Mapping[] {
  if (!mappings.some(isRewritten)) return mappings;
  const tables = new Map(source.map((table) => [tableKey({ schema: table.schema, table: table.name }), table]));
  return mappings.map((mapping) => {
    const table = isRewritten(mapping) ? tables.get(tableKey(mapping.source)) : undefined;
    if (table === undefined) return mapping;
    const sources = namedColumns(mapping.transformation.expression, table);
    return { ...mapping, sources, source: sources[0] ?? { ...mapping.source, column: '' } };
  });
}

const isRewritten = (mapping: Mapping): boolean => isDerived(mapping) && mapping.status === 'modified';

/** Identifiers outside of text literals that are columns of the table, in the order in which they are named. */
function namedColumns(expression: string, table: Table): readonly ColumnRef[] {
  const byName = new Map(table.columns.map(({ name }) => [name.toLowerCase(), name]));
  const pieces = expression.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|[\s\S]/gu) ?? [];
  const names = pieces.flatMap((piece) => byName.get(piece.replace(/^"|"$/g, '').toLowerCase()) ?? []);
  return [...new Set(names)].map((column) => ({ schema: table.schema, table: table.name, column }));
}
