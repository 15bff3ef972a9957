/** Columns of links and the conversion of values to their types. */
import type { EtlPort } from '../../../../shared/model/etl.ts';
import type { ScalarType } from '../../../expr/environment.ts';
import { columnSqlType } from '../data-types.ts';

export interface LinkColumn {
  readonly name: string;
  /** DuckDB type. */
  readonly sqlType: string;
  readonly nullable: boolean;
}

export function linkColumn(port: EtlPort): LinkColumn {
  return { name: port.name, sqlType: columnSqlType(port), nullable: port.nullable };
}

function length(sqlType: string): number | null {
  const size = /^VARCHAR\((\d+)\)$/.exec(sqlType)?.[1];
  return size === undefined ? null : Number(size);
}

function asText(sql: string, from: string, to: string): string {
  const isText = from.startsWith('VARCHAR');
  const size = length(to);
  const fits = size === null || (isText && (length(from) ?? Infinity) <= size);
  const text = isText ? sql : `CAST(${sql} AS VARCHAR)`;
  return fits ? text : `left(${text}, ${size})`;
}

/** A column of one type where another is declared. */
export function converted(sql: string, from: string, to: string): string {
  if (from === to) return sql;
  if (to.startsWith('VARCHAR')) return asText(sql, from, to);
  if (from === 'INTEGER' && to === 'BIGINT') return sql;
  return from === 'DOUBLE' || from.startsWith('DECIMAL')
    ? toType(sql, from === 'DOUBLE' ? 'double' : 'decimal', to)
    : `TRY_CAST(${sql} AS ${to})`;
}

/** The value of an expression where a column of type `to` is declared: text is cut, decimals are cut off towards zero. */
export function assigned(sql: string, type: ScalarType, to: string): string {
  if (to.startsWith('VARCHAR')) {
    const text =
      type === 'string'
        ? sql
        : type === 'boolean'
          ? `CAST(CAST(${sql} AS INTEGER) AS VARCHAR)`
          : `CAST(${sql} AS VARCHAR)`;
    const size = length(to);
    return size === null ? text : `left(${text}, ${size})`;
  }
  return toType(sql, type, to);
}

function toType(sql: string, type: ScalarType, to: string): string {
  if (type === 'boolean') return `CAST(CAST(${sql} AS INTEGER) AS ${to})`;
  const scale = /^DECIMAL\(\d+,(\d+)\)$/.exec(to)?.[1];
  if (scale !== undefined && (type === 'double' || type === 'decimal')) {
    if (Number(scale) >= 10) return `TRY_CAST(${sql} AS ${to})`;
    const power = `1${'0'.repeat(Number(scale))}`;
    return `TRY_CAST(trunc(TRY_CAST(${sql} AS DECIMAL(38,10)) * ${power}) / ${power} AS ${to})`;
  }
  if ((to === 'INTEGER' || to === 'BIGINT') && (type === 'double' || type === 'decimal'))
    return `TRY_CAST(trunc(${sql}) AS ${to})`;
  return `TRY_CAST(${sql} AS ${to})`;
}
