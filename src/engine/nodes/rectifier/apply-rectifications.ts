/** Making the rectifier's proposals part of the mappings. */
import type { Mapping, Rectification } from '../../../shared/model/mapping.ts';
import { columnKey, type ColumnRef } from '../../../shared/model/schema.ts';
import { isDecided } from './propose-rectifications.ts';

/** The mappings with the accepted proposals, in their own order. Proposals for decided, unknown or since changed mappings change nothing. */
export function applyRectifications(
  mappings: readonly Mapping[],
  proposals: readonly Rectification[],
): readonly Mapping[] {
  const byId = new Map(proposals.map((proposal) => [proposal.mappingId, proposal]));
  return mappings.map((mapping) => {
    const proposal = byId.get(mapping.id);
    if (proposal === undefined || isDecided(mapping) || keyOf(mapping.target) !== keyOf(proposal.before.target))
      return mapping;
    const sameTarget = keyOf(mapping.target) === keyOf(proposal.after.target);
    return {
      ...mapping,
      ...proposal.after,
      additional: sameTarget ? mapping.additional : [],
      issues: [],
      reasons: [`Taken over by the rectifier: ${proposal.because}`, ...mapping.reasons],
    };
  });
}

const keyOf = (ref: ColumnRef | null): string => (ref === null ? '' : columnKey(ref));
