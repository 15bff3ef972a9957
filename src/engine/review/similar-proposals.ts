import {
  type LearnedPattern,
  type Mapping,
  type Rectification,
  type Transformation,
  isDerived,
} from '../../shared/model/mapping.ts';
import { type ColumnRef, tableKey } from '../../shared/model/schema.ts';
import { indexPatterns, ofSingleColumns } from '../learning/retrieve-patterns.ts';
import { isDecided, proposeRectifications } from '../nodes/rectifier/propose-rectifications.ts';
import { similarTo } from './similar-to.ts';

const MAX_SHOWN = 20;

/**
 * What else would follow from deciding this mapping so: the rectifier's proposals where the decision corrects something,
 * and similar mappings that wait with the same kind of proposal and would be approved along. Changes nothing.
 */
export function similarProposals(
  mapping: Mapping,
  decision: { readonly target: ColumnRef | null; readonly transformation: Transformation },
  mappings: readonly Mapping[],
): readonly Rectification[] {
  const corrected: Mapping = { ...mapping, ...decision, status: 'modified' };
  const rectified = proposeRectifications(
    mappings,
    mappings.map((other) => (other.id === mapping.id ? corrected : other)),
    [],
  );
  const taken = new Set(rectified.map((proposal) => proposal.mappingId));
  const approved = similarTo(mapping, mappings)
    .filter(
      ({ mapping: other }) =>
        other.target !== null &&
        other.status !== 'auto_approved' &&
        !isDecided(other) &&
        !taken.has(other.id) &&
        other.target.column === decision.target?.column,
    )
    .map(({ mapping: other, score, rule }): Rectification => {
      const now = { target: other.target, transformation: other.transformation };
      return {
        mappingId: other.id,
        because: isDerived(other)
          ? 'it is made in the same way'
          : `like ${mapping.source.column}, it goes to ${other.target?.column ?? ''}`,
        rule,
        score,
        before: { ...now, status: other.status },
        after: {
          ...now,
          ...(isDerived(other) ? { transformation: decision.transformation } : {}),
          status: 'approved',
        },
      };
    });
  return [...rectified, ...approved];
}

/** Earlier decisions about columns like this one, most similar first. */
export function similarPatterns(mapping: Mapping, patterns: readonly LearnedPattern[]): readonly LearnedPattern[] {
  if (isDerived(mapping)) return patterns.filter((pattern) => isAbout(pattern, mapping)).slice(0, MAX_SHOWN);
  const found = indexPatterns(ofSingleColumns(patterns)).retrieve(
    tableKey(mapping.source),
    mapping.source.column,
    null,
  );
  return found.slice(0, MAX_SHOWN).map((match) => match.pattern);
}

/** A lesson about a derived column says something of columns of the same name. */
const isAbout = ({ sources, targetColumn }: LearnedPattern, { target }: Mapping): boolean =>
  sources !== undefined && targetColumn?.toLowerCase() === target?.column.toLowerCase();
