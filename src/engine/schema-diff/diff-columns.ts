import type { Column, Table } from '../../shared/model/schema.ts';
import type { ColumnChange, PropertyChange } from '../../shared/model/schema-diff.ts';
import type { Steps } from '../core/in-turns.ts';
import { roundTo } from '../core/rounding.ts';
import { jaroWinkler } from '../matching/string-similarity.ts';
import { type Renamed, pairRenamed } from './pair-renamed.ts';

/** Added, removed, renamed and changed columns: those of the new version in its order, then those that are gone. */
export function* diffColumns(before: Table, after: Table): Steps<readonly ColumnChange[]> {
  const old = new Map(before.columns.map((column) => [column.name.toLowerCase(), column] as const));
  const own = new Set(after.columns.map((column) => column.name.toLowerCase()));
  const gone = before.columns.filter((column) => !own.has(column.name.toLowerCase()));
  const fresh = after.columns.filter((column) => !old.has(column.name.toLowerCase()));
  const place = new Map<Column, number>();
  before.columns.forEach((column, i) => place.set(column, i));
  after.columns.forEach((column, i) => place.set(column, i));
  const distance = (a: Column, b: Column): number => Math.abs((place.get(a) ?? 0) - (place.get(b) ?? 0));
  const pairs = yield* pairRenamed(gone, fresh, (a, b) => likelySame(a, b, distance(a, b)));
  const renamed = new Map(pairs.map((pair) => [pair.after, pair] as const));
  const renamedAway = new Set([...renamed.values()].map((pair) => pair.before));
  yield before.columns.length + after.columns.length;
  const changes: ColumnChange[] = [];
  for (const column of after.columns)
    changes.push(...changeOf(column, old.get(column.name.toLowerCase()), renamed.get(column)));
  yield after.columns.length;
  return [...changes, ...gone.filter((column) => !renamedAway.has(column)).map(removed)];
}

/** The name tells most, then the type, then whether it stands where the other stood. */
function likelySame(before: Column, after: Column, distance: number): number {
  const name = jaroWinkler(before.name.toLowerCase(), after.name.toLowerCase());
  const type = before.type !== after.type ? 0 : before.rawType.toLowerCase() === after.rawType.toLowerCase() ? 1 : 0.6;
  return roundTo(0.55 * name + 0.25 * type + (distance === 0 ? 0.2 : distance === 1 ? 0.1 : 0), 4);
}

function changeOf(
  column: Column,
  same: Column | undefined,
  renamed: Renamed<Column> | undefined,
): readonly ColumnChange[] {
  const previous = same ?? renamed?.before;
  if (previous === undefined) {
    const fills = column.nullable || column.default !== null || column.identity || column.generated !== null;
    return [{ kind: 'added', before: null, after: column.name, score: null, properties: [], breaking: !fills }];
  }
  const properties = diffProperties(previous, column);
  if (renamed === undefined && properties.length === 0) return [];
  return [
    {
      kind: renamed === undefined ? 'changed' : 'renamed',
      before: previous.name,
      after: column.name,
      score: renamed?.score ?? null,
      properties,
      breaking: renamed !== undefined || properties.some((change) => change.breaking),
    },
  ];
}

const removed = ({ name }: Column): ColumnChange => ({
  kind: 'removed',
  before: name,
  after: null,
  score: null,
  properties: [],
  breaking: true,
});

function diffProperties(before: Column, after: Column): readonly PropertyChange[] {
  const changes: PropertyChange[] = [];
  const compare = (
    property: PropertyChange['property'],
    texts: readonly [string | null, string | null],
    breaking: boolean,
  ): void => {
    if (texts[0] !== texts[1]) changes.push({ property, before: texts[0], after: texts[1], breaking });
  };
  if (!sameType(before, after)) compare('type', [typeText(before), typeText(after)], !holds(after, before));
  compare('nullable', [nullText(before), nullText(after)], !after.nullable);
  compare('default', [before.default, after.default], false);
  compare('identity', [yes(before.identity), yes(after.identity)], false);
  compare('generated', [before.generated, after.generated], after.generated !== null);
  compare('comment', [before.comment, after.comment], false);
  return changes;
}

const nullText = ({ nullable }: Column): string => (nullable ? 'NULL' : 'NOT NULL');
const yes = (value: boolean): string | null => (value ? 'yes' : null);
const typeText = ({ rawType, type }: Column): string => (rawType === '' ? type : rawType);

/** By meaning, so that scripts of two dialects compare; types known by family only also by their words. */
function sameType(before: Column, after: Column): boolean {
  const same =
    before.type === after.type &&
    before.length === after.length &&
    before.precision === after.precision &&
    before.scale === after.scale &&
    before.timeZone === after.timeZone;
  return same && (before.type !== 'other' || before.rawType.toLowerCase() === after.rawType.toLowerCase());
}

const atLeast = (a: number | null, b: number | null): boolean => a === null || (b !== null && a >= b);
const isNumber = ({ type }: Column): boolean => type === 'decimal' || type === 'integer';

/** Every value of `narrow` is one of `wide`, as far as their types tell. */
function holds(wide: Column, narrow: Column): boolean {
  if (isNumber(wide) && isNumber(narrow)) return holdsNumbers(wide, narrow);
  if (wide.type === narrow.type) return atLeast(wide.length, narrow.length) && (wide.timeZone || !narrow.timeZone);
  return wide.type === 'timestamp' && narrow.type === 'date';
}

function holdsNumbers(wide: Column, narrow: Column): boolean {
  const whole = ({ precision, scale }: Column): number | null => (precision === null ? null : precision - (scale ?? 0));
  const fraction = ({ type, precision, scale }: Column): number =>
    type === 'integer' ? 0 : precision === null ? Infinity : (scale ?? 0);
  return atLeast(whole(wide), whole(narrow)) && fraction(wide) >= fraction(narrow);
}
