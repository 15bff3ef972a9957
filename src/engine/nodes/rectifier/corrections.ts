/** What a person corrected: the difference between the mappings as proposed and as decided. */
import type { Mapping } from '../../../shared/model/mapping.ts';
import { columnKey } from '../../../shared/model/schema.ts';

export interface Correction {
  readonly before: Mapping;
  /** Status `modified`: the target or the expression is the person's. */
  readonly after: Mapping;
}

/** Modifications that changed the target or the expression, in the order of `decided`. */
export function correctionsOf(before: readonly Mapping[], decided: readonly Mapping[]): readonly Correction[] {
  const byId = new Map(before.map((mapping) => [mapping.id, mapping]));
  return decided.flatMap((after) => {
    const proposed = byId.get(after.id);
    if (proposed === undefined || after.status !== 'modified') return [];
    const moved =
      keyOf(proposed) !== keyOf(after) || proposed.transformation.expression !== after.transformation.expression;
    return moved ? [{ before: proposed, after }] : [];
  });
}

const keyOf = (mapping: Mapping): string => (mapping.target === null ? '' : columnKey(mapping.target));
