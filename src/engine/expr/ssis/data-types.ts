/** Types of the data flow and of variables, as DuckDB types and as the expression translator tells types apart. */
import type { ScalarType } from '../environment.ts';
import type { TypeFamily } from '../../../shared/model/schema.ts';

export interface SsisType {
  /** Lower case without the prefix, e.g. `wstr`, `i4`, `dbtimestamp`. */
  readonly name: string;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
}

interface Facts {
  readonly scalar: ScalarType;
  readonly sql: string;
  readonly family: TypeFamily;
}

const integer = (sql: string, scalar: ScalarType = 'integer'): Facts => ({ scalar, sql, family: 'integer' });
const text: Facts = { scalar: 'string', sql: 'VARCHAR', family: 'string' };
const timestamp: Facts = { scalar: 'date', sql: 'TIMESTAMP', family: 'timestamp' };
const time: Facts = { scalar: 'date', sql: 'TIME', family: 'time' };
const bytes: Facts = { scalar: 'binary', sql: 'BLOB', family: 'binary' };

const facts: ReadonlyMap<string, Facts> = new Map<string, Facts>([
  ['i1', integer('TINYINT')],
  ['i2', integer('SMALLINT')],
  ['i4', integer('INTEGER')],
  ['i8', integer('BIGINT', 'bigint')],
  ['ui1', integer('SMALLINT')],
  ['ui2', integer('INTEGER')],
  ['ui4', integer('BIGINT', 'bigint')],
  ['ui8', { scalar: 'decimal', sql: 'DECIMAL(20,0)', family: 'decimal' }],
  ['r4', { scalar: 'double', sql: 'FLOAT', family: 'float' }],
  ['r8', { scalar: 'double', sql: 'DOUBLE', family: 'float' }],
  ['bool', { scalar: 'boolean', sql: 'BOOLEAN', family: 'boolean' }],
  ['wstr', text],
  ['str', text],
  ['ntext', text],
  ['text', text],
  ['guid', text],
  ['date', timestamp],
  ['dbtimestamp', timestamp],
  ['dbtimestamp2', timestamp],
  ['filetime', timestamp],
  ['dbtimestampoffset', { scalar: 'date', sql: 'TIMESTAMPTZ', family: 'timestamp' }],
  ['dbdate', { scalar: 'date', sql: 'DATE', family: 'date' }],
  ['dbtime', time],
  ['dbtime2', time],
  ['bytes', bytes],
  ['image', bytes],
]);

/** `DT_WSTR`, `wstr`, `dbTimeStamp` and the numbers of old properties by one name. */
export function typeName(name: string): string {
  return name.trim().toLowerCase().replace(/^dt_/, '');
}

function digits(type: SsisType): readonly [number, number] {
  if (type.name === 'cy') return [19, 4];
  const scale = Math.min(Math.max(type.scale ?? 0, 0), 37);
  const wanted = type.name === 'decimal' ? 28 : (type.precision ?? 18);
  return [Math.min(38, Math.max(wanted < 1 ? 18 : wanted, scale + 1)), scale];
}

const decimals: ReadonlySet<string> = new Set(['decimal', 'numeric', 'cy']);

export function toSqlType(type: SsisType): string {
  if (decimals.has(type.name)) return `DECIMAL(${digits(type).join(',')})`;
  return facts.get(type.name)?.sql ?? 'VARCHAR';
}

export function toScalarType(type: SsisType): ScalarType {
  return decimals.has(type.name) ? 'decimal' : (facts.get(type.name)?.scalar ?? 'unknown');
}

export function toFamily(type: SsisType): TypeFamily {
  return decimals.has(type.name)
    ? 'decimal'
    : type.name === 'guid'
      ? 'uuid'
      : (facts.get(type.name)?.family ?? 'other');
}

export function isTextType(type: SsisType): boolean {
  return facts.get(type.name) === text;
}

/** Of a text of bounded length: how many characters. */
export function boundedLength(type: SsisType): number | null {
  return (type.name === 'wstr' || type.name === 'str') && type.length !== null && type.length > 0 ? type.length : null;
}

/** Types of variables and parameters: numbers of automation types, as the designer names them, and as data types. */
const variantTypes: readonly (readonly [string, string, string])[] = [
  ['2', 'Int16', 'i2'],
  ['3', 'Int32', 'i4'],
  ['4', 'Single', 'r4'],
  ['5', 'Double', 'r8'],
  ['6', 'Decimal', 'cy'],
  ['7', 'DateTime', 'dbtimestamp'],
  ['8', 'String', 'wstr'],
  ['9', 'Int32', 'i4'],
  ['11', 'Boolean', 'bool'],
  ['13', 'Object', 'object'],
  ['14', 'Decimal', 'decimal'],
  ['16', 'SByte', 'i1'],
  ['17', 'Byte', 'ui1'],
  ['18', 'UInt16', 'ui2'],
  ['19', 'UInt32', 'ui4'],
  ['20', 'Int64', 'i8'],
  ['21', 'UInt64', 'ui8'],
];

/** The designer's name of a variable's type, e.g. `Int32`. */
export function variantType(code: string | null): string {
  return variantTypes.find(([number]) => number === code)?.[1] ?? 'String';
}

const plain = (name: string): SsisType => ({ name, length: null, precision: null, scale: null });

/** The type with the number that packages write. */
export function variantSsisType(code: string): SsisType {
  return plain(variantTypes.find(([number]) => number === code)?.[2] ?? 'wstr');
}

/** The scalar type of a variable whose type the designer names so. */
export function variableScalar(name: string): ScalarType {
  return toScalarType(plain(variantTypes.find(([, word]) => word === name)?.[2] ?? ''));
}
