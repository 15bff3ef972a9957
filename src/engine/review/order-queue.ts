/** The review queue: what a person looks at next. */
import { isPending, type Mapping } from '../../shared/model/mapping.ts';
import { compareText } from '../core/text.ts';

/** Pending mappings first and least certain first, ties by priority (highest first), then by id; settled ones follow in the same order. */
export function orderQueue(mappings: readonly Mapping[]): readonly Mapping[] {
  return [...mappings].sort(
    (a, b) =>
      Number(isPending(b)) - Number(isPending(a)) ||
      a.confidence - b.confidence ||
      b.priority - a.priority ||
      compareText(a.id, b.id),
  );
}
