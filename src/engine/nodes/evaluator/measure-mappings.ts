/** The evaluator's figures over all mappings. */
import { isAccepted, isDerived, type Evaluation, type Mapping } from '../../../shared/model/mapping.ts';
import type { ProjectSettings } from '../../../shared/model/project.ts';
import type { ColumnRef } from '../../../shared/model/schema.ts';
import { roundTo } from '../../core/rounding.ts';
import type { TargetCoverage } from './target-coverage.ts';

/** Transformation types that are more than a copy or a cast. */
const complex: ReadonlySet<string> = new Set(['split', 'merge', 'calculated', 'lookup']);

/**
 * Completeness is the share of source columns that are settled: accepted, or decided to map to nothing. Shares of nothing are 1.
 * Derived columns count for what the target gets, and where they are accepted.
 */
export function measureMappings(
  all: readonly Mapping[],
  coverage: TargetCoverage,
  settings: Pick<ProjectSettings, 'minAverageConfidence' | 'minCompleteness'>,
): Evaluation {
  const mappings = all.filter((mapping) => !isDerived(mapping));
  const withTarget = mappings.filter((mapping) => mapping.target !== null && mapping.status !== 'rejected');
  const isDecided = (mapping: Mapping): boolean =>
    mapping.status === 'approved' || mapping.status === 'modified' || mapping.status === 'rejected';
  const isSettled = (mapping: Mapping): boolean =>
    isAccepted(mapping) || (mapping.status === 'modified' && mapping.target === null);
  const count = (status: Mapping['status']): number => mappings.filter((mapping) => mapping.status === status).length;
  const completeness = share(mappings.filter(isSettled).length, mappings.length);
  const averageConfidence = roundTo(
    withTarget.length === 0
      ? 0
      : withTarget.reduce(
          (sum, mapping) =>
            sum + (mapping.status === 'approved' || mapping.status === 'modified' ? 1 : mapping.confidence),
          0,
        ) / withTarget.length,
    4,
  );
  const requiredTargetsUnfed = coverage.requiredUnfed;
  const reasons = reviewReasons({ mappings, completeness, averageConfidence, requiredTargetsUnfed, settings });
  return {
    completeness,
    averageConfidence,
    targetCoverage: share(coverage.fed, coverage.columns),
    complexRatio:
      withTarget.length === 0
        ? 0
        : share(
            withTarget.filter((mapping) => complex.has(mapping.transformation.type) || mapping.additional.length > 0)
              .length,
            withTarget.length,
          ),
    counts: {
      total: mappings.length,
      autoApproved: count('auto_approved'),
      needsReview: count('needs_review'),
      flagged: count('flagged'),
      unmapped: count('unmapped'),
      decided: mappings.filter(isDecided).length,
    },
    requiredTargetsUnfed,
    needsReview: completeness < settings.minCompleteness || averageConfidence < settings.minAverageConfidence,
    reasons,
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : roundTo(Math.min(1, part / whole), 4));

interface Findings {
  readonly mappings: readonly Mapping[];
  readonly completeness: number;
  readonly averageConfidence: number;
  readonly requiredTargetsUnfed: readonly ColumnRef[];
  readonly settings: Pick<ProjectSettings, 'minAverageConfidence' | 'minCompleteness'>;
}

function reviewReasons({
  mappings,
  completeness,
  averageConfidence,
  requiredTargetsUnfed,
  settings,
}: Findings): readonly string[] {
  const failing = mappings.filter((mapping) => mapping.issues.some((issue) => issue.severity === 'error')).length;
  return [
    averageConfidence < settings.minAverageConfidence
      ? `Average confidence ${averageConfidence} is below ${settings.minAverageConfidence}`
      : null,
    completeness < settings.minCompleteness
      ? `Completeness ${percent(completeness)} is below ${percent(settings.minCompleteness)}`
      : null,
    failing > 0 ? `${failing} ${failing === 1 ? 'mapping has' : 'mappings have'} an error` : null,
    requiredTargetsUnfed.length > 0
      ? `${requiredTargetsUnfed.length} required target ${requiredTargetsUnfed.length === 1 ? 'column is' : 'columns are'} not fed`
      : null,
  ].filter((reason): reason is string => reason !== null);
}

const percent = (share: number): string => `${roundTo(100 * share, 1)} %`;
