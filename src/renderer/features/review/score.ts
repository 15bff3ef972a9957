import { type ConfidenceParts, isDerived } from '../../../shared/model/mapping.ts';
import { isSameColumn, refOf } from './store.ts';
import type { Draft, ItemDetail } from './store.ts';

/** The score of what the draft would map to; null where a target was picked that nobody scored. */
export function scoreOf(detail: ItemDetail, draft: Draft): number | null {
  if (draft.target === null) return null;
  if (!draft.retargeted) return detail.mapping.confidence;
  return candidateOf(detail, draft)?.score ?? null;
}

/** The four parts behind `scoreOf`; a derived column is found by rules that have none. */
export function partsOf(detail: ItemDetail, draft: Draft): ConfidenceParts | null {
  if (draft.target === null || isDerived(detail.mapping)) return null;
  return draft.retargeted ? (candidateOf(detail, draft)?.parts ?? null) : detail.mapping.parts;
}

/** The candidate that the draft would map to; undefined where it is none of the ranked ones. */
export function candidateOf(detail: ItemDetail, draft: Draft): ItemDetail['mapping']['candidates'][number] | undefined {
  return detail.mapping.candidates.find((candidate) => isSameColumn(refOf(candidate), draft.target));
}
