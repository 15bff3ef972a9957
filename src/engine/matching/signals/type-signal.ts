import { familyCompatibility, typeCompatibility } from '../type-compatibility.ts';
import type { Signal } from './signal.ts';

/** Types, lengths and whether empty values are allowed. */
export const typeSignal: Signal = {
  id: 'type',
  label: 'type',
  features: ['type.family', 'type.fit', 'type.same', 'type.length', 'type.nullable'],
  measure({ source, target }) {
    const a = source.column;
    const b = target.column;
    const sameLength = a.length !== null && b.length !== null ? Math.min(a.length, b.length) / Math.max(1, a.length, b.length) : 0;
    return [familyCompatibility(a.type, b.type), typeCompatibility(a, b), a.type === b.type ? 1 : 0, sameLength, a.nullable === b.nullable ? 1 : 0];
  },
};
