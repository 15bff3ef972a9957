/** Tables and files that data flows read and write, as far as the package describes their columns. */
import type { EtlDefinition, EtlMapping, EtlTransformation } from '../../../shared/model/etl.ts';
import type { Column } from '../../../shared/model/schema.ts';
import { propertyOf } from './dts-elements.ts';
import { boundedLength, toFamily, type SsisType } from '../../expr/ssis/data-types.ts';

export interface ExternalColumn {
  readonly id: string;
  readonly name: string;
  readonly type: SsisType;
}

/** The columns of the table or file behind an input or output, with their types there. */
export function externalColumns(
  transformation: EtlTransformation,
  side: 'input' | 'output',
  group: string,
): readonly ExternalColumn[] {
  const prefix = `${side}.${group}.external.`;
  return transformation.properties.flatMap((property): readonly ExternalColumn[] => {
    if (!property.name.startsWith(prefix) || property.value === null) return [];
    const [name = '', type = '', size = '', scale = ''] = property.value.split('\t');
    const number = size === '' ? null : Number(size);
    return [
      {
        id: property.name.slice(prefix.length),
        name,
        type: { name: type, length: number, precision: number, scale: scale === '' ? null : Number(scale) },
      },
    ];
  });
}

/** `[dbo].[Orders]`, `"dbo"."Orders"` or `dbo.Orders` as schema and name. */
export function splitTableName(text: string): { readonly schema: string | null; readonly name: string } {
  const parts = [...text.trim().matchAll(/\[((?:[^\]]|\]\])*)\]|"((?:[^"]|"")*)"|`([^`]*)`|([^.[\]"`]+)/g)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim())
    .filter((part) => part !== '');
  return { schema: parts.length > 1 ? (parts.at(-2) ?? null) : null, name: parts.at(-1) ?? text.trim() };
}

const namePart = String.raw`(?:\[[^\]]{1,128}\]|"[^"]{1,128}"|[\w$#]{1,128})`;
const namePath = String.raw`${namePart}(?:\.(?:${namePart}|\*)){0,3}`;
/** A list of column names and nothing else: what gives a column another name is a query. */
const plainSelect = new RegExp(
  String.raw`^\s*select\s+(?:\*|${namePath})(?:\s*,\s*(?:\*|${namePath}))*\s+from\s+(${namePath})(?:\s+(?:with\s*)?\(\s*nolock\s*\))?\s*;?\s*$`,
  'i',
);

/** The table that a query reads where it is one plain table and nothing else; null otherwise. */
export function plainTableOf(query: string): string | null {
  if (query.length > 20_000 || /\b(?:distinct|top|join)\b/i.test(query)) return null;
  return plainSelect.exec(query)?.[1] ?? null;
}

export interface Access {
  readonly schema: string | null;
  readonly name: string;
  /** The query whose result is read, where it is more than a table. */
  readonly query: string | null;
}

const tableProperties = [
  'OpenRowset',
  'TableOrViewName',
  'TableName',
  'BulkInsertTableName',
  'CollectionName',
  'SiteListName',
] as const;

function firstOf(transformation: EtlTransformation, names: readonly string[]): string | null {
  for (const name of names) {
    const value = propertyOf(transformation.properties, name);
    if (value !== null) return value;
  }
  return null;
}

/** The query of a source that reads one. */
function queryOf(transformation: EtlTransformation): string | null {
  const { properties, kind } = transformation;
  const query = propertyOf(properties, 'SqlCommand');
  if (kind !== 'source' || query === null) return null;
  const mode = propertyOf(properties, 'AccessMode') ?? '0';
  if (mode === '2') return query;
  const named = mode === '0' ? tableProperties : (['OpenRowset', 'TableOrViewName'] as const);
  return firstOf(transformation, named) === null ? query : null;
}

/** The variable that gives the table or the query at run time. What was set before it is kept in the file and not used. */
export function accessVariable(transformation: EtlTransformation): string | null {
  const { properties, kind } = transformation;
  const mode = propertyOf(properties, 'AccessMode');
  if (mode === '1' || (mode === '4' && kind === 'target')) return propertyOf(properties, 'OpenRowsetVariable');
  if (mode === '3' && kind === 'source') return propertyOf(properties, 'SqlCommandVariable');
  if (mode !== null) return null;
  return propertyOf(properties, 'OpenRowsetVariable') ?? propertyOf(properties, 'SqlCommandVariable');
}

/** What a source or destination component reads or writes: a table, a file, or the result of a query. */
export function accessOf(transformation: EtlTransformation): Access {
  const local = (name: string): string => name.replace(/^.*::/, '');
  const variable = accessVariable(transformation);
  if (variable !== null) return { schema: null, name: local(variable), query: null };
  const query = queryOf(transformation);
  if (query !== null) {
    const plain = plainTableOf(query);
    return plain === null
      ? { schema: null, name: transformation.id, query }
      : { ...splitTableName(plain), query: null };
  }
  const table = firstOf(transformation, tableProperties);
  if (table !== null) return { ...splitTableName(table.replace(/\$$/, '')), query: null };
  const connection = propertyOf(transformation.properties, 'connection');
  const result = propertyOf(transformation.properties, 'VariableName');
  return { schema: null, name: result === null ? (connection ?? transformation.id) : local(result), query: null };
}

function toColumn(column: ExternalColumn): Column {
  const { type } = column;
  const family = toFamily(type);
  return {
    name: column.name,
    rawType: type.name,
    type: family,
    length: boundedLength(type),
    precision: family === 'decimal' ? type.precision : null,
    scale: family === 'decimal' ? type.scale : null,
    timeZone: type.name === 'dbtimestampoffset',
    nullable: true,
    default: null,
    comment: null,
    identity: false,
    generated: null,
  };
}

function toDefinition(mapping: EtlMapping, transformation: EtlTransformation): EtlDefinition | null {
  const role = transformation.kind === 'source' ? 'source' : 'target';
  const side = role === 'source' ? 'output' : 'input';
  const groups = transformation.groups.filter((group) => (group.kind === 'input') === (side === 'input'));
  const columns = groups.flatMap((group) => externalColumns(transformation, side, group.name));
  if (columns.length === 0) return null;
  const { schema, name, query } = accessOf(transformation);
  return {
    id: `${mapping.name}/${transformation.id}`,
    role,
    databaseType: propertyOf(transformation.properties, 'connection.kind') ?? transformation.type,
    connection: propertyOf(transformation.properties, 'connection'),
    table: {
      schema,
      name,
      kind: 'definition',
      comment: null,
      columns: columns.map(toColumn),
      primaryKey: [],
      uniques: [],
      foreignKeys: [],
      indexes: [],
      checks: [],
      line: transformation.line,
    },
    properties: query === null ? [] : [{ name: 'SqlCommand', value: query }],
  };
}

/** Definitions of all sources and destinations of a data flow whose columns are known. */
export function definitionsOf(mapping: EtlMapping): readonly EtlDefinition[] {
  return mapping.transformations.flatMap((one) => {
    if (one.kind === 'transform') return [];
    const definition = toDefinition(mapping, one);
    return definition === null ? [] : [definition];
  });
}
