/** Derived columns and the mappings of their parts, seen together. */
import { type Mapping, derivedId, isAccepted, isDerived, sourcesOf } from '../../../shared/model/mapping.ts';
import { columnKey } from '../../../shared/model/schema.ts';

/**
 * The mappings of source columns with the derived ones behind them. A column that goes by itself to where a merge or a lookup is proposed
 * is put before a person, whatever its score: a part would fill the column with half of its value, a code with no text.
 */
export function withDerived(mappings: readonly Mapping[], derived: readonly Mapping[]): readonly Mapping[] {
  const made = new Map(derived.map((one) => [one.id, one]));
  const own = mappings.map((mapping): Mapping => {
    const better = mapping.target === null ? undefined : made.get(derivedId(mapping.target));
    if (better === undefined || mapping.status !== 'auto_approved') return mapping;
    const reason = `Another proposal is there: ${better.rationale}`;
    return { ...mapping, status: 'needs_review', reasons: [...mapping.reasons, reason] };
  });
  return [...own, ...derived];
}

/**
 * The mappings as decided: parts of an accepted merge that nobody decided about, and that go nowhere else, are settled by it. They
 * carry its expression, so that it does not matter which of them feeds the column.
 */
export function settleParts(mappings: readonly Mapping[]): readonly Mapping[] {
  const merges = mappings.filter((one) => isDerived(one) && one.transformation.type === 'merge' && isAccepted(one));
  if (merges.length === 0) return mappings;
  const parts = partsOf(merges);
  return mappings.map((mapping): Mapping => {
    const open = mapping.status === 'needs_review' || mapping.status === 'flagged' || mapping.status === 'unmapped';
    const own = parts.get(mapping.id) ?? [];
    const merge = own.find((one) => mapping.target === null || goesTo(mapping, one));
    if (isDerived(mapping) || !open || merge === undefined) return mapping;
    return {
      ...mapping,
      target: merge.target,
      transformation: merge.transformation,
      status: 'auto_approved',
      confidence: Math.max(mapping.confidence, merge.status === 'auto_approved' ? merge.confidence : 1),
      reasons: [`Settled by a decision: ${merge.rationale}`, ...mapping.reasons],
    };
  });
}

function partsOf(merges: readonly Mapping[]): ReadonlyMap<string, readonly Mapping[]> {
  const parts = new Map<string, Mapping[]>();
  for (const merge of merges)
    for (const id of sourcesOf(merge).map(columnKey)) parts.set(id, [...(parts.get(id) ?? []), merge]);
  return parts;
}

const goesTo = ({ target }: Mapping, merge: Mapping): boolean =>
  target !== null && merge.target !== null && columnKey(target) === columnKey(merge.target);
