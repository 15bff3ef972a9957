/** Explicit casts. */
import { codePoints } from '../../code-points.ts';
import { isDate, NotInterpreted, roundTo, RowRejected, type Value } from '../../interpreter.ts';
import { dateAt, dateOf, numberOf, toText } from './value.ts';

const ranges: ReadonlyMap<string, readonly [bigint, bigint]> = new Map([
  ['i1', [-128n, 127n]],
  ['i2', [-32_768n, 32_767n]],
  ['i4', [-2_147_483_648n, 2_147_483_647n]],
  ['i8', [-(2n ** 63n), 2n ** 63n - 1n]],
  ['ui1', [0n, 255n]],
  ['ui2', [0n, 65_535n]],
  ['ui4', [0n, 4_294_967_295n]],
  ['ui8', [0n, 2n ** 64n - 1n]],
]);

const dates: ReadonlySet<string> = new Set(['dbdate', 'dbtimestamp', 'dbtimestamp2']);

function toInteger(value: Exclude<Value, null>, type: string): bigint {
  const range = ranges.get(type);
  if (range === undefined || typeof value === 'boolean' || isDate(value)) throw new NotInterpreted(`cast to ${type}`);
  if (typeof value === 'string' && value.includes('.') && !Number.isInteger(numberOf(value)))
    throw new NotInterpreted('text of a fraction as an integer');
  const number = typeof value === 'string' ? numberOf(value) : value;
  if (typeof number === 'number' && Math.abs(number) > 1e15) throw new NotInterpreted('imprecise integer');
  const whole = typeof number === 'bigint' ? number : BigInt(roundTo(number, 0));
  if (whole < range[0] || whole > range[1]) throw new RowRejected(`${whole} is out of range`);
  return whole;
}

function toReal(value: Exclude<Value, null>, scale: number | null, digits: number): number {
  if (typeof value === 'boolean' || isDate(value)) throw new NotInterpreted('cast to a number');
  const number = typeof value === 'string' ? numberOf(value) : Number(value);
  if (scale === null) return number;
  // Whether digits that do not fit are cut or rounded is not documented.
  if (roundTo(number, scale) !== number) throw new NotInterpreted('more digits than the type has');
  if (Math.abs(number) >= 10 ** (digits - scale)) throw new RowRejected(`${number} is out of range`);
  return number;
}

function toBoolean(value: Exclude<Value, null>): boolean {
  if (typeof value === 'boolean') return value;
  if (isDate(value)) throw new NotInterpreted('date as a Boolean');
  if (typeof value !== 'string') return Number(value) !== 0;
  if (/^true$/i.test(value)) return true;
  if (/^false$/i.test(value)) return false;
  if (/\d/.test(value)) throw new NotInterpreted('Boolean in a form of its own');
  throw new RowRejected(`${value} is not a Boolean`);
}

/** `value` as the type with that name and sizes; texts are cut to their length. */
export function cast(value: Value, type: string, sizes: readonly number[]): Value {
  if (value === null) return null;
  const [first = 0, second = 0] = sizes;
  if (type === 'wstr' || type === 'str') return codePoints(toText(value)).slice(0, first).join('');
  if (ranges.has(type)) return toInteger(value, type);
  if (type === 'r8') return toReal(value, null, 0);
  if (type === 'numeric') return toReal(value, second, first);
  if (type === 'decimal') return toReal(value, first, 28);
  if (type === 'bool') return toBoolean(value);
  if (!dates.has(type)) throw new NotInterpreted(`cast to ${type}`);
  if (isDate(value)) return dateAt(value.micros, type === 'dbdate');
  if (typeof value === 'string') return dateOf(value, type === 'dbdate');
  throw new NotInterpreted('number as a date');
}
