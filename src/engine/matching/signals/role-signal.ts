import type { ColumnRole } from '../column-role.ts';
import type { Signal } from './signal.ts';

const near: ReadonlySet<string> = new Set([
  'identifier code',
  'code flag',
  'name text',
  'amount quantity',
  'date time',
  'contact text',
  'place text',
  'name place',
  'code name',
  'code text',
]);

function roleFit(a: ColumnRole, b: ColumnRole): number {
  if (a === 'other' || b === 'other') return 0;
  if (a === b) return 1;
  return near.has(`${a} ${b}`) || near.has(`${b} ${a}`) ? 0.3 : -1;
}

/** What the columns are for, and whether they are keys. */
export const roleSignal: Signal = {
  id: 'role',
  label: 'role',
  features: ['role.fit', 'role.identifiers', 'role.oneIdentifier', 'role.dates', 'key.primary', 'key.foreign'],
  measure({ source, target }) {
    const a = source.role;
    const b = target.role;
    const primary = source.isPrimaryKey === target.isPrimaryKey ? (source.isPrimaryKey ? 1 : 0) : -0.5;
    const foreign = source.isForeignKey === target.isForeignKey ? (source.isForeignKey ? 1 : 0) : -0.5;
    const isDate = (role: ColumnRole): boolean => role === 'date' || role === 'time';
    return [
      roleFit(a, b),
      a === 'identifier' && b === 'identifier' ? 1 : 0,
      (a === 'identifier') !== (b === 'identifier') ? 1 : 0,
      isDate(a) === isDate(b) ? (isDate(a) ? 1 : 0) : -1,
      primary,
      foreign,
    ];
  },
};
