import type { TypeFamily } from '../../../shared/model/schema.ts';
import type { ColumnView } from '../column-view.ts';
import { familyCompatibility, typeCompatibility } from '../type-compatibility.ts';
import type { Signal } from './signal.ts';

const isMoment = (type: TypeFamily): boolean => type === 'date' || type === 'timestamp' || type === 'time';

/** A code that is text stays text: an integer beside it would be a key of the target's own. */
function codeFit(source: ColumnView, target: ColumnView): number {
  if (source.role !== 'code' || source.column.type !== 'string') return 0;
  return target.column.type === 'string' ? 1 : -1;
}

/** Types, lengths and whether empty values are allowed. */
export const typeSignal: Signal = {
  id: 'type',
  label: 'type',
  features: [
    'type.family',
    'type.fit',
    'type.same',
    'type.length',
    'type.nullable',
    'type.declared',
    'type.clash',
    'type.code',
  ],
  measure({ source, target }) {
    const a = source.column;
    const b = target.column;
    const sameLength =
      a.length !== null && b.length !== null ? Math.min(a.length, b.length) / Math.max(1, a.length, b.length) : 0;
    const declared = source.table.table.kind !== 'data' && target.table.table.kind !== 'data';
    return [
      familyCompatibility(a.type, b.type),
      typeCompatibility(a, b),
      a.type === b.type ? 1 : 0,
      sameLength,
      a.nullable === b.nullable ? 1 : 0,
      declared ? familyCompatibility(a.type, b.type) : 0,
      declared && isMoment(a.type) !== isMoment(b.type) ? 1 : 0,
      declared ? codeFit(source, target) : 0,
    ];
  },
};
