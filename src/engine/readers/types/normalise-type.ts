/** Type text of any database to the family, width and time zone that matching and conversion compare. */
import type { Dialect, TypeFamily } from '../../../shared/model/schema.ts';
import { bareDecimal, typeRule, type TypeRule } from './type-rules.ts';

export interface NormalisedType {
  readonly type: TypeFamily;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly timeZone: boolean;
}

interface TypeText {
  readonly name: string;
  readonly args: readonly string[];
  readonly unsigned: boolean;
  readonly array: boolean;
  readonly bitData: boolean;
}

const unknownType: NormalisedType = { type: 'other', length: null, precision: null, scale: null, timeZone: false };
const maxTypeText = 100_000;

/**
 * The meaning of a type as written. `precision` counts decimal digits, of integers as well (5, 10, 19 for SMALLINT,
 * INTEGER, BIGINT), so that widths of different databases compare. Unknown names give `other`, never an error.
 */
export function normaliseType(raw: string, dialect: Dialect | null): NormalisedType {
  const text = readTypeText(raw.length > maxTypeText ? raw.slice(0, maxTypeText) : raw);
  // ClickHouse wraps types.
  const [inner] = text.args;
  if (inner !== undefined && /^(?:NULLABLE|LOWCARDINALITY)$/.test(text.name)) return normaliseType(inner, dialect);
  if (text.array) return { ...unknownType, type: 'array' };
  if (text.name.startsWith('DATETIME ')) return { ...unknownType, type: datetimeFamily(text.name) };
  if (text.name.startsWith('INTERVAL')) return { ...unknownType, type: 'interval' };
  const rule = typeRule(text.name, dialect) ?? typeRule(text.name.split(' ')[0] ?? '', dialect);
  return rule === undefined ? unknownType : applyRule(rule, text, dialect);
}

/** Informix: `DATETIME YEAR TO DAY`, `DATETIME HOUR TO SECOND`. */
function datetimeFamily(name: string): 'date' | 'time' | 'timestamp' {
  if (/^DATETIME (?:HOUR|MINUTE|SECOND)/.test(name)) return 'time';
  return /TO (?:DAY|MONTH|YEAR)$/.test(name) ? 'date' : 'timestamp';
}

function applyRule(rule: TypeRule, text: TypeText, dialect: Dialect | null): NormalisedType {
  const first = numberOf(text.args[0]);
  switch (rule.kind) {
    case 'integer':
      if (text.name === 'TINYINT' && first === 1 && (dialect === 'mysql' || dialect === null))
        return { ...unknownType, type: 'boolean' };
      return {
        ...unknownType,
        type: 'integer',
        precision: rule.digits === 19 && text.unsigned ? 20 : rule.digits,
        scale: 0,
      };
    case 'number':
      return numberType(text, dialect);
    case 'decimal':
      return decimalType(text, dialect);
    case 'fixed':
      if (first !== null) return decimalType(text, dialect);
      return { ...unknownType, type: 'decimal', precision: rule.precision, scale: rule.scale };
    case 'text':
      return { ...unknownType, type: text.bitData ? 'binary' : 'string', length: textLength(text, rule.length) };
    case 'binary':
      return { ...unknownType, type: 'binary', length: textLength(text, rule.length) };
    case 'unbounded':
      return { ...unknownType, type: text.bitData ? 'binary' : rule.type };
    case 'bit':
      return first === null || first === 1
        ? { ...unknownType, type: 'boolean' }
        : { ...unknownType, type: 'binary', length: Math.ceil(first / 8) };
    case 'labels':
      return labelsType(text, rule.several);
    case 'plain':
      return { ...unknownType, type: rule.type, timeZone: rule.timeZone ?? false };
  }
}

/** NUMBER(10) and NUMBER(*,0) hold whole numbers only; NUMBER alone holds any. */
function numberType(text: TypeText, dialect: Dialect | null): NormalisedType {
  const [precisionText, scaleText] = text.args;
  if (precisionText === undefined) {
    return dialect === 'snowflake'
      ? { ...unknownType, type: 'integer', precision: 38, scale: 0 }
      : { ...unknownType, type: 'decimal' };
  }
  const precision = precisionText === '*' ? (scaleText === undefined ? null : 38) : numberOf(precisionText);
  const scale = scaleText === undefined ? (precisionText === '*' ? null : 0) : numberOf(scaleText);
  return { ...unknownType, type: scale !== null && scale <= 0 ? 'integer' : 'decimal', precision, scale };
}

function decimalType(text: TypeText, dialect: Dialect | null): NormalisedType {
  const precision = numberOf(text.args[0]);
  // Its digits count from the first one that is not zero: there is no scale.
  if (text.name === 'DECFLOAT' || (text.name === 'BIGNUMERIC' && precision === null))
    return { ...unknownType, type: 'decimal' };
  if (precision !== null) return { ...unknownType, type: 'decimal', precision, scale: numberOf(text.args[1]) ?? 0 };
  const bare = dialect === null ? undefined : bareDecimal[dialect];
  return { ...unknownType, type: 'decimal', precision: bare?.[0] ?? null, scale: bare?.[1] ?? null };
}

function textLength(text: TypeText, fallback: number | undefined): number | null {
  return text.args.length > 0 ? numberOf(text.args[0]) : (fallback ?? null);
}

/** Informix has SET(INTEGER NOT NULL), which is a collection. */
function labelsType({ args }: TypeText, several: boolean): NormalisedType {
  const collection = args[0] !== undefined && !/^['"]/.test(args[0]);
  return collection
    ? { ...unknownType, type: 'array' }
    : { ...unknownType, type: 'string', length: labelLength(args, several) };
}

/** ENUM holds one label, SET any of them joined by commas. */
function labelLength(args: readonly string[], several: boolean): number | null {
  const lengths = args.map((label) =>
    /^['"]/.test(label) ? label.slice(1, -1).replaceAll("''", "'").length : label.length,
  );
  if (lengths.length === 0) return null;
  return several
    ? lengths.reduce((sum, length) => sum + length, lengths.length - 1)
    : lengths.reduce((longest, length) => Math.max(longest, length), 0);
}

function numberOf(arg: string | undefined): number | null {
  const digits = /^-?\d{1,9}/.exec(arg ?? '');
  return digits === null ? null : Number(digits[0]);
}

const attribute = /\b(?:UNSIGNED|SIGNED|ZEROFILL|IDENTITY)\b/g;
const tailAttribute = /\s(?:SEGMENT SIZE|CHARACTER SET|CHARSET|COLLATE|CCSID|ASCII|UNICODE|CHAR CHARACTER SET)\b.*$/;

function readTypeText(raw: string): TypeText {
  const collapsed = raw.replace(/\s+/g, ' ').trim();
  const open = collapsed.indexOf('(');
  const close = open === -1 ? -1 : closingParen(collapsed, open);
  const outside = (open === -1 ? collapsed : `${collapsed.slice(0, open)} ${collapsed.slice(close + 1)}`).toUpperCase();
  const array = isArray(outside.replace(/<.*>/, ' ').trim());
  const bitData = outside.includes('FOR BIT DATA');
  let name = ` ${outside.replace(/[<].*$/, '')}`.replace(tailAttribute, '').replace(/ FOR (?:BIT|SBCS|MIXED) DATA/, '');
  const unsigned = /\bUNSIGNED\b/.test(name);
  name = name
    .replace(attribute, ' ')
    .replace(/["`[\]]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (name === '') name = unsigned || /\bSIGNED\b/.test(outside) ? 'INTEGER' : '';
  // `"pg_catalog"."int4"`, `[sys].[sysname]`: the last part names the type.
  const words = name.split(' ');
  words[0] = (words[0] ?? '').slice((words[0] ?? '').lastIndexOf('.') + 1);
  if (words[0] === 'CHAR' && words[1] === 'BINARY') words.pop();
  return {
    name: words.join(' '),
    args: open === -1 ? [] : splitArguments(collapsed.slice(open + 1, close)),
    unsigned,
    array,
    bitData,
  };
}

/** `integer[3]`, `integer ARRAY`, `ARRAY[int]`; not the `[int]` of SQL Server. */
function isArray(outside: string): boolean {
  if (/\[[\s\d:,]*\]$/.test(outside)) return !outside.startsWith('[');
  return /\w ARRAY\b/.test(outside) || outside.startsWith('SETOF ') || outside.startsWith('ARRAY[');
}

/** Index of the parenthesis that closes the one at `open`, or the end of an unclosed text. */
function closingParen(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    const char = text[i];
    if (char === "'" || char === '"') {
      const end = text.indexOf(char, i + 1);
      i = end === -1 ? text.length : end;
    } else if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return text.length;
}

function splitArguments(inner: string): readonly string[] {
  const args: string[] = [];
  let start = 0;
  let depth = 0;
  for (let i = 0; i <= inner.length; i += 1) {
    const char = inner[i];
    if (char === "'" || char === '"') {
      const end = inner.indexOf(char, i + 1);
      i = end === -1 ? inner.length : end;
    } else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (i >= inner.length || (char === ',' && depth === 0)) {
      const arg = inner.slice(start, i).trim();
      if (arg !== '') args.push(arg);
      start = i + 1;
    }
  }
  return args;
}
