/** How a source value becomes a target value, as DuckDB SQL. A value that does not convert becomes NULL and is counted by the evaluator, never a wrong value. */
import type { Transformation } from '../../shared/model/mapping.ts';
import type { ColumnProfile } from '../../shared/model/profile.ts';
import type { Column } from '../../shared/model/schema.ts';
import { dateFormat } from './date-format.ts';
import { duckDbType } from '../sql/dialects/duckdb/print-type.ts';
import { columnExpression } from './column-expression.ts';
import { tokenizeName } from './tokenize-name.ts';
import { unitConversion } from './unit-conversion.ts';

export interface ProposedTransformation {
  readonly transformation: Transformation;
  /** What a person should know of it; null where there is nothing to say. */
  readonly note: string | null;
}

/** A direct copy where nothing is lost, else a conversion that fails to NULL. */
export function proposeTransformation(
  source: Column,
  target: Column,
  profile: ColumnProfile | null,
): ProposedTransformation {
  const name = columnExpression(source.name);
  if (holdsCents(source, target)) {
    return calculated(`CAST(${name} AS DECIMAL(38,2)) / 100`, 'The name says cents: the value is divided by 100');
  }
  const unit = isNumber(source) && isNumber(target) ? unitConversion(source.name, target.name) : null;
  if (unit !== null) {
    const value = source.type === 'float' ? name : `CAST(${name} AS DECIMAL(38,6))`;
    return calculated(`${value} ${unit.operator} ${unit.by}`, `The names say ${unit.from} and ${unit.to}`);
  }
  if (target.type === 'boolean') {
    const opposite = areOpposites(source.name, target.name);
    if (source.type !== 'boolean') return toBoolean(name, profile, opposite);
    if (opposite) return calculated(`NOT ${name}`, OPPOSITES);
  }
  const isDate = target.type === 'date' || target.type === 'timestamp';
  if (isDate && (source.type === 'string' || isCompactDate(source, profile)))
    return toDate(name, source, target, profile);
  if (isLossless(source, target)) return { transformation: { type: 'direct', expression: name }, note: null };
  return cast(
    `TRY_CAST(${name} AS ${duckDbType(target)})`,
    source.type === 'string' ? `Text that is no ${target.type} becomes NULL` : null,
  );
}

const cast = (expression: string, note: string | null): ProposedTransformation => ({
  transformation: { type: 'cast', expression },
  note,
});
const calculated = (expression: string, note: string): ProposedTransformation => ({
  transformation: { type: 'calculated', expression },
  note,
});

const centWords: ReadonlySet<string> = new Set(['cent', 'cents', 'pence', 'centimes', 'cts']);

function holdsCents(source: Column, target: Column): boolean {
  const named = (column: Column): boolean => tokenizeName(column.name).some((token) => centWords.has(token));
  const whole = source.type === 'integer' || (source.type === 'decimal' && source.scale === 0);
  return whole && named(source) && !named(target) && (target.type === 'decimal' || target.type === 'float');
}

/** True where every value of the source type is a value of the target type. Shorter text is left whole: cutting it would lose data. */
function isLossless(source: Column, target: Column): boolean {
  if (source.type === 'decimal' && target.type === 'decimal') {
    if (source.precision === null || target.precision === null) return true;
    const scale = source.scale ?? 0;
    return scale <= (target.scale ?? 0) && source.precision - scale <= target.precision - (target.scale ?? 0);
  }
  if (source.type === target.type) return true;
  const key = `${source.type}>${target.type}`;
  return (
    key === 'date>timestamp' || key === 'integer>float' || (key === 'integer>decimal' && (target.precision ?? 38) >= 19)
  );
}

function isCompactDate(source: Column, profile: ColumnProfile | null): boolean {
  if (source.type !== 'integer' && source.type !== 'decimal') return false;
  if (profile !== null) return dateFormat(profile)?.format === '%Y%m%d';
  return tokenizeName(source.name).some((token) => token === 'date' || token === 'dt' || token === 'dte');
}

function toDate(name: string, source: Column, target: Column, profile: ColumnProfile | null): ProposedTransformation {
  const type = duckDbType(target);
  const text = source.type === 'string' ? `TRIM(${name})` : `CAST(${name} AS VARCHAR)`;
  const found = profile === null ? null : dateFormat(profile);
  if (found === null && source.type === 'string')
    return cast(`TRY_CAST(${text} AS ${type})`, 'Text that is no date becomes NULL');
  const format = found?.format ?? '%Y%m%d';
  if (format === 'iso') return cast(`TRY_CAST(${text} AS ${type})`, 'Text that is no date becomes NULL');
  const note =
    found?.ambiguous === true
      ? `Day and month cannot be told apart in the data: read as ${format}, to be checked`
      : `Read as ${format}; what does not fit becomes NULL`;
  return cast(`CAST(TRY_STRPTIME(${text}, '${format}') AS ${type})`, note);
}

const isNumber = ({ type }: Column): boolean => type === 'integer' || type === 'decimal' || type === 'float';

const OPPOSITES = 'The names say opposites: yes and no are exchanged';
const opposites: readonly (readonly [string, string])[] = [
  ['inactive', 'active'],
  ['inactv', 'active'],
  ['disabled', 'enabled'],
  ['invalid', 'valid'],
  ['closed', 'open'],
  ['unpaid', 'paid'],
];

function areOpposites(source: string, target: string): boolean {
  const [from, to] = [tokenizeName(source), tokenizeName(target)];
  return opposites.some(([a, b]) => (from.includes(a) && to.includes(b)) || (from.includes(b) && to.includes(a)));
}

/** Yes and no in other languages, taken so where a column holds nothing else. */
const otherFlags: readonly (readonly [string, string])[] = [
  ['J', 'N'],
  ['JA', 'NEIN'],
  ['S', 'N'],
  ['SI', 'NO'],
  ['O', 'N'],
  ['OUI', 'NON'],
  ['TAK', 'NIE'],
];

function toBoolean(name: string, profile: ColumnProfile | null, opposite: boolean): ProposedTransformation {
  const text = `UPPER(TRIM(CAST(${name} AS VARCHAR)))`;
  const values = (profile?.top ?? []).map((entry) => entry.value.trim().toUpperCase()).filter((value) => value !== '');
  const other = otherFlags.find((pair) => values.includes(pair[0]) && values.every((value) => pair.includes(value)));
  const yes = ['Y', 'YES', 'T', 'TRUE', '1', ...(other === undefined ? [] : [other[0]])];
  const no = [...new Set(['N', 'NO', 'F', 'FALSE', '0', ...(other === undefined ? [] : [other[1]])])];
  const strange = values.filter((value) => !yes.includes(value) && !no.includes(value));
  const note =
    strange.length === 0
      ? null
      : `Values without a meaning as yes or no become NULL: ${strange.slice(0, 3).join(', ')}`;
  const list = (words: readonly string[]): string => `(${words.map((word) => `'${word}'`).join(', ')})`;
  const [first, second] = opposite ? ['FALSE', 'TRUE'] : ['TRUE', 'FALSE'];
  const expression = `CASE WHEN ${text} IN ${list(yes)} THEN ${first} WHEN ${text} IN ${list(no)} THEN ${second} END`;
  return opposite
    ? calculated(expression, [OPPOSITES, note].filter((one) => one !== null).join('. '))
    : cast(expression, note);
}
