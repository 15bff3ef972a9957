import { assertNever } from '../../../shared/errors.ts';
import type { Column, Dialect, TypeFamily } from '../../../shared/model/schema.ts';
import { normaliseType } from '../../readers/types/normalise-type.ts';
import { type TypeNames, typeNames } from './type-names.ts';

export type TypedColumn = Pick<Column, 'rawType' | 'type' | 'length' | 'precision' | 'scale' | 'timeZone'>;

export interface PrintedType {
  readonly sql: string;
  /** True where reading `sql` again gives the very same normalised type. */
  readonly exact: boolean;
}

/** Types that the model knows by family only: their own words are kept within one dialect. */
const byName: ReadonlySet<TypeFamily> = new Set(['other', 'array', 'struct', 'geometry', 'interval', 'json', 'xml']);

/** The type of `to` that holds the values of a normalised type. `from` is the dialect that `rawType` is written in. */
export function printColumnType(column: TypedColumn, to: Dialect, from: Dialect | null): PrintedType {
  const keepsRaw = from === to && byName.has(column.type) && column.rawType !== '';
  const sql = keepsRaw ? column.rawType : candidate(column, typeNames[to]);
  const { type, length, precision, scale, timeZone } = normaliseType(sql, to);
  const exact =
    type === column.type &&
    length === column.length &&
    precision === column.precision &&
    scale === column.scale &&
    timeZone === column.timeZone;
  return { sql, exact };
}

function candidate(column: TypedColumn, names: TypeNames): string {
  switch (column.type) {
    case 'integer':
      return integerType(column.precision, names);
    case 'decimal':
      return decimalType(column.precision, column.scale, names);
    case 'string':
      return bounded(column.length, { name: names.varchar, most: names.maxLength, unbounded: names.text });
    case 'binary':
      return bounded(column.length, { name: names.varbinary, most: names.maxBytes, unbounded: names.blob });
    case 'time':
      return column.timeZone ? names.timeTz : names.time;
    case 'timestamp':
      return column.timeZone ? names.timestampTz : names.timestamp;
    case 'other':
      return names.text;
    case 'float':
    case 'boolean':
    case 'date':
    case 'interval':
    case 'uuid':
    case 'json':
    case 'xml':
    case 'geometry':
    case 'array':
    case 'struct':
      return names[column.type];
    default:
      return assertNever(column.type);
  }
}

/** The type of exactly these digits, or the smallest that holds all numbers of so many digits. */
function integerType(digits: number | null, names: TypeNames): string {
  const { integers } = names;
  const exact = integers.find(([own]) => own === digits);
  if (exact !== undefined) return exact[1];
  if (names.number) return `${names.decimal}(${Math.min(digits ?? 38, names.maxDigits)},0)`;
  const holds = digits === null ? integers.find(([own]) => own === 19) : integers.find(([own]) => own > digits);
  return holds?.[1] ?? `${names.decimal}(${Math.min(digits ?? 19, names.maxDigits)},0)`;
}

const scaleOfUnbounded = 10;

function decimalType(precision: number | null, scale: number | null, names: TypeNames): string {
  if (precision === null) return names.bareDecimal ?? `${names.decimal}(${names.maxDigits},${scaleOfUnbounded})`;
  const digits = Math.min(Math.max(precision, scale ?? 0, 1), names.maxDigits);
  return `${names.decimal}(${digits},${Math.min(Math.max(scale ?? 0, 0), digits)})`;
}

function bounded(
  length: number | null,
  type: { readonly name: string | null; readonly most: number; readonly unbounded: string },
): string {
  if (length === null || length < 1 || length > type.most || type.name === null) return type.unbounded;
  return `${type.name}(${length})`;
}
