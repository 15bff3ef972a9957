/** A value brought to the declared type of a field, with what Alteryx does to values that do not fit. */
import { strength } from '../../../expr/typed-sql.ts';
import { atom, type Value, type ValueKind } from '../../../expr/alteryx/value.ts';
import type { FieldType } from '../field-type.ts';
import type { Draft } from './draft.ts';

interface Source {
  readonly sql: string;
  readonly kind: ValueKind;
  /** Characters at most, where that is known. */
  readonly size?: number | null;
  readonly literal?: string | boolean | null | undefined;
}

const isWhole = (type: FieldType): boolean => type.kind === 'integer';

function toText(source: Source, type: FieldType, draft: Draft): string {
  const text = ((): string => {
    switch (source.kind) {
      case 'string':
        return source.sql;
      case 'date':
        return `strftime(${source.sql}, '%Y-%m-%d')`;
      case 'datetime':
        return `strftime(${source.sql}, '%Y-%m-%d %H:%M:%S')`;
      case 'double':
        draft.note('Doubles turn to text with at most 15 significant digits');
        return `format('{:.15g}', ${source.sql})`;
      case 'boolean':
        return `CASE WHEN ${source.sql} THEN 'True' WHEN NOT ${parenthesised(source.sql)} THEN 'False' END`;
      default:
        return `CAST(${source.sql} AS VARCHAR)`;
    }
  })();
  if (type.size === null) return text;
  if (typeof source.literal === 'string' && source.literal.length <= type.size) return text;
  if (source.kind === 'string' && typeof source.size === 'number' && source.size <= type.size) return text;
  if (source.kind !== 'string' && source.kind !== 'unknown' && type.size >= 30) return text;
  return `left(${text}, ${type.size})`;
}

const parenthesised = (sql: string): string => (/^[\w."]+$/.test(sql) ? sql : `(${sql})`);

function toNumber(source: Source, type: FieldType, draft: Draft): string {
  switch (source.kind) {
    case 'string':
    case 'unknown': {
      draft.note('Text that is no number gives NULL');
      return isWhole(type)
        ? `TRY_CAST(round(TRY_CAST(${source.sql} AS DOUBLE)) AS ${type.sqlType})`
        : `TRY_CAST(${source.sql} AS ${type.sqlType})`;
    }
    case 'double':
    case 'decimal':
      if (!isWhole(type)) return `TRY_CAST(${source.sql} AS ${type.sqlType})`;
      draft.note('Numbers are rounded to whole ones, half away from zero');
      return `TRY_CAST(round(${source.sql}) AS ${type.sqlType})`;
    case 'integer':
    case 'boolean':
      return `TRY_CAST(${source.sql} AS ${type.sqlType})`;
    default:
      draft.doubt(`A ${source.kind} value is put in a field of type ${type.name}`, 0.5);
      return `CAST(NULL AS ${type.sqlType})`;
  }
}

/** SQL of the value in the type of the field. */
export function castTo(source: Source, type: FieldType, draft: Draft): string {
  if (source.literal === null) return `CAST(NULL AS ${type.sqlType.replace(/^VARCHAR\(\d+\)$/, 'VARCHAR')})`;
  if (type.kind === 'string') return toText(source, type, draft);
  if (type.kind === 'blob')
    return source.kind === 'blob'
      ? source.sql
      : `CAST(${toText({ ...source }, { ...type, size: null }, draft)} AS BLOB)`;
  if (type.kind === 'integer' || type.kind === 'double' || type.kind === 'decimal')
    return toNumber(source, type, draft);
  if (source.kind === type.kind) return source.sql;
  if (type.kind === 'boolean' && source.kind === 'string') {
    draft.note('The text False, 0 and the empty text are false');
    return `coalesce(lower(${source.sql}) NOT IN ('false', '0', ''), FALSE)`;
  }
  return `TRY_CAST(${source.sql} AS ${type.sqlType})`;
}

/** A column as a value for the operators of the expression language. */
export function valueOf(sql: string, type: FieldType): Value {
  return atom(sql, type.kind, { simple: true, strength: strength.atom });
}
