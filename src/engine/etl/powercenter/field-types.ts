/** Types of PowerCenter: the database types of definitions and the transformation types of ports. */
import type { Column, TypeFamily } from '../../../shared/model/schema.ts';

export interface FieldType {
  readonly rawType: string;
  readonly type: TypeFamily;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
}

const families: readonly (readonly [RegExp, TypeFamily])[] = [
  [
    /^(?:n?varchar2?|n?char2?|n?string|n?text|long(?: varchar)?|n?clob|dbclob|character(?: varying)?|graphic|vargraphic|sysname|lvarchar|enum|set)\b/,
    'string',
  ],
  [
    /^(?:small ?integer|smallint|integer|int|bigint|tinyint|byteint|int(?:2|4|8)|mediumint|(?:small|big)?serial|unsigned|year)\b/,
    'integer',
  ],
  [/^(?:bit|bool(?:ean)?)\b/, 'boolean'],
  [/^(?:decimal|dec|number|numeric|packed|zoned|comp-?3|(?:small)?money|num(?:ber)?\(p,s\))/, 'decimal'],
  [/^(?:double|float|real|binary_(?:float|double))/, 'float'],
  [/^(?:uniqueidentifier|uuid)\b/, 'uuid'],
  [/^(?:timestamp|date ?time|smalldatetime|date\/time)/, 'timestamp'],
  [/^time\b/, 'time'],
  [/^date\b/, 'date'],
  [/^(?:interval)\b/, 'interval'],
  [/^(?:n?blob|binary|varbinary|image|raw|long raw|bytea|byte|varbyte|rowversion)/, 'binary'],
  [/^xml/, 'xml'],
];

/** The family of a type name; `date` of Oracle has a time of day. */
function familyOf(name: string, databaseType: string): TypeFamily {
  const lower = name.trim().toLowerCase();
  if (databaseType.toLowerCase() === 'oracle' && lower === 'date') return 'timestamp';
  return families.find(([pattern]) => pattern.test(lower))?.[1] ?? 'other';
}

/** The type of a field or port, from its type name and the precision and scale written beside it. */
export function toFieldType(
  name: string,
  precision: number | null,
  scale: number | null,
  databaseType = '',
): FieldType {
  const type = familyOf(name, databaseType);
  const base = name.trim().replace(/\(.*\)$/, '');
  if (type === 'string')
    return {
      rawType: precision === null ? base : `${base}(${precision})`,
      type,
      length: precision,
      precision: null,
      scale: null,
    };
  if (type === 'decimal') {
    if (precision === null) return { rawType: base, type, length: null, precision: null, scale: null };
    const integer = (scale ?? 0) === 0 && /^num|^dec/i.test(base);
    return {
      rawType: `${base}(${precision},${scale ?? 0})`,
      type: integer ? 'integer' : 'decimal',
      length: null,
      precision,
      scale: scale ?? 0,
    };
  }
  if (type === 'integer') return { rawType: base, type, length: null, precision, scale: null };
  if (type === 'binary') return { rawType: base, type, length: precision, precision: null, scale: null };
  return { rawType: base, type, length: null, precision: null, scale: null };
}

/** `type` as part of a column of the schema model. */
export function toColumnType(
  type: FieldType,
): Pick<Column, 'rawType' | 'type' | 'length' | 'precision' | 'scale' | 'timeZone'> {
  return { ...type, timeZone: false };
}

/** The DuckDB type that holds every value of `type`: bounds of text are not enforced by DuckDB and are kept for the reader. */
export function toDuckDbType(type: Pick<FieldType, 'type' | 'length' | 'precision' | 'scale'>): string {
  switch (type.type) {
    case 'string':
      return type.length === null || type.length <= 0 ? 'VARCHAR' : `VARCHAR(${type.length})`;
    case 'integer':
      return integerType(type.precision);
    case 'decimal':
      return type.precision === null || type.precision <= 0
        ? 'DECIMAL(38,10)'
        : `DECIMAL(${Math.min(type.precision, 38)},${Math.min(Math.max(type.scale ?? 0, 0), Math.min(type.precision, 38))})`;
    case 'float':
      return 'DOUBLE';
    case 'boolean':
      return 'BOOLEAN';
    case 'date':
      return 'DATE';
    case 'timestamp':
      return 'TIMESTAMP';
    case 'time':
      return 'TIME';
    case 'binary':
      return 'BLOB';
    default:
      return 'VARCHAR';
  }
}

function integerType(precision: number | null): string {
  if (precision === null || precision <= 0) return 'BIGINT';
  if (precision <= 9) return 'INTEGER';
  return precision <= 18 ? 'BIGINT' : `DECIMAL(${Math.min(precision, 38)},0)`;
}
