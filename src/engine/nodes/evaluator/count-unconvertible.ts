/** How many rows hold text that is no value of a type, as far as a profile's frequent values show. */
import type { ColumnProfile } from '../../../shared/model/profile.ts';
import type { TypeFamily } from '../../../shared/model/schema.ts';
import { dateFormat } from '../../matching/date-format.ts';

const number = /^[-+]?\d{1,30}(?:\.\d{0,30})?(?:[eE][-+]?\d{1,4})?$/;
const flag = /^(?:y|yes|n|no|t|true|f|false|1|0)$/i;

/** A lower bound of the rows: only frequent values are known. Null where values of that type cannot be told. */
export function countUnconvertible(profile: ColumnProfile, type: TypeFamily): number | null {
  const isValue = valueTest(profile, type);
  if (isValue === null) return null;
  return profile.top.filter((entry) => !isValue(entry.value.trim())).reduce((sum, entry) => sum + entry.count, 0);
}

function valueTest(profile: ColumnProfile, type: TypeFamily): ((text: string) => boolean) | null {
  if (type === 'integer' || type === 'decimal' || type === 'float') return (text) => number.test(text);
  if (type === 'boolean') return (text) => flag.test(text);
  if (type !== 'date' && type !== 'timestamp') return null;
  const format = dateFormat(profile)?.format ?? 'iso';
  const shape = dateShapes.get(format);
  return shape === undefined ? null : (text) => shape.test(text);
}

const dateShapes: ReadonlyMap<string, RegExp> = new Map([
  ['iso', /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])/],
  ['%Y%m%d', /^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/],
  ['%Y/%m/%d', /^\d{4}\/(?:0[1-9]|1[0-2])\/(?:0[1-9]|[12]\d|3[01])$/],
  ['%d.%m.%Y', /^(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d{4}$/],
  ['%d/%m/%Y', /^(?:0?[1-9]|[12]\d|3[01])\/(?:0?[1-9]|1[0-2])\/\d{4}$/],
  ['%m/%d/%Y', /^(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|[12]\d|3[01])\/\d{4}$/],
  ['%d-%m-%Y', /^(?:0?[1-9]|[12]\d|3[01])-(?:0?[1-9]|1[0-2])-\d{4}$/],
  ['%m-%d-%Y', /^(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])-\d{4}$/],
]);
