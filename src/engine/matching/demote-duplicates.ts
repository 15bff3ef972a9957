/** Two columns of one table that want the same target: at most the surer one is approved without a person. */
import type { Mapping } from '../../shared/model/mapping.ts';
import { columnKey, tableKey } from '../../shared/model/schema.ts';
import { compareText } from '../core/text.ts';

/** The mappings in their order; of those that share source table and target, only the most confident keeps an automatic approval. */
export function demoteDuplicates(mappings: readonly Mapping[]): readonly Mapping[] {
  const surest = new Map<string, Mapping>();
  for (const mapping of mappings) {
    const slot = slotOf(mapping);
    const best = slot === null ? undefined : surest.get(slot);
    const wins =
      best === undefined ||
      mapping.confidence > best.confidence ||
      (mapping.confidence === best.confidence && compareText(mapping.id, best.id) < 0);
    if (slot !== null && wins) surest.set(slot, mapping);
  }
  return mappings.map((mapping) => {
    const slot = slotOf(mapping);
    const best = slot === null ? undefined : surest.get(slot);
    if (best === undefined || best.id === mapping.id || mapping.status !== 'auto_approved') return mapping;
    return {
      ...mapping,
      status: 'needs_review',
      reasons: [...mapping.reasons, `${best.source.column} goes to the same target with more certainty`],
    };
  });
}

const slotOf = ({ source, target }: Mapping): string | null =>
  target === null ? null : `${tableKey(source)}\u0000${columnKey(target)}`;
