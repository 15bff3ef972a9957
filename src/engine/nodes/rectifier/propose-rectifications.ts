/** The rectifier takes one correction to all similar mappings: by rules first, then by learned patterns. A mapping that a person decided is never touched. */
import { type LearnedPattern, type Mapping, type Rectification, isDerived } from '../../../shared/model/mapping.ts';
import { columnKey } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import { byLearnedPatterns } from './by-learned-patterns.ts';
import { correctionsOf } from './corrections.ts';
import { rectificationRules } from './rules.ts';

/**
 * What would change, one proposal a mapping at most: the best-scored of the rules' proposals, else of the patterns'. `before` are
 * the mappings as proposed, `decided` the same with the person's decisions. Sorted by mapping id.
 */
export function proposeRectifications(
  before: readonly Mapping[],
  decided: readonly Mapping[],
  patterns: readonly LearnedPattern[],
): readonly Rectification[] {
  const corrections = correctionsOf(before, decided).filter(({ after }) => !isDerived(after));
  const open = decided.filter((mapping) => !isDecided(mapping) && !isDerived(mapping));
  const proposals = open.flatMap((mapping): readonly Rectification[] => {
    const ruled = corrections.flatMap((correction) =>
      rectificationRules.flatMap((rule) => rule.propose(mapping, correction, decided) ?? []),
    );
    const found = ruled.length > 0 ? ruled : byLearnedPatterns(mapping, patterns);
    const changes = found.filter((proposal) => changesSomething(mapping, proposal));
    const best = changes.sort(
      (a, b) => b.score - a.score || compareText(a.rule, b.rule) || compareText(targetText(a), targetText(b)),
    )[0];
    return best === undefined ? [] : [best];
  });
  return proposals.sort((a, b) => compareText(a.mappingId, b.mappingId));
}

/** True where a person has spoken: approved, modified or rejected. */
export function isDecided(mapping: Pick<Mapping, 'status'>): boolean {
  return mapping.status === 'approved' || mapping.status === 'modified' || mapping.status === 'rejected';
}

const targetText = (proposal: Rectification): string =>
  proposal.after.target === null ? '' : columnKey(proposal.after.target);

function changesSomething(mapping: Mapping, proposal: Rectification): boolean {
  const now = mapping.target === null ? '' : columnKey(mapping.target);
  return now !== targetText(proposal) || mapping.transformation.expression !== proposal.after.transformation.expression;
}
