/** What a conversion is worth: the release gate and the effort that is left. */
import type { Conversion, ConversionJob, ConvertedTransformation, JobIssue } from '../../shared/model/conversion.ts';

export const thresholds = { automatic: 0.85, review: 0.6, assisted: 0.4, lowest: 0.8 } as const;

const hours = { mapping: 0.25, manual: 2, assisted: 1, testing: 0.5, integration: 4 } as const;

export interface GateInput {
  readonly confidence: number;
  readonly transformations: readonly ConvertedTransformation[];
  /** Errors of the file and of the produced pipelines. */
  readonly problems: readonly string[];
  readonly pipelines: number;
}

/** How many objects need nobody, a look, or somebody's work. The three add up to the total. */
export function countObjects(transformations: readonly ConvertedTransformation[]): ConversionJob['objects'] {
  const automatic = transformations.filter((one) => one.confidence >= thresholds.automatic).length;
  const manual = transformations.filter((one) => one.confidence < thresholds.review).length;
  return {
    total: transformations.length,
    autoConverted: automatic,
    needsReview: transformations.length - automatic - manual,
    manualRequired: manual,
  };
}

/** `completed` only where nothing is in doubt; the reasons otherwise. */
export function releaseGate(input: GateInput): {
  readonly status: ConversionJob['status'];
  readonly reasons: readonly string[];
} {
  const manual = input.transformations.filter((one) => one.confidence < thresholds.review);
  const low = input.transformations.filter(
    (one) => one.confidence < thresholds.lowest && one.confidence >= thresholds.review,
  );
  const shown = (list: readonly ConvertedTransformation[]): string =>
    list
      .slice(0, 5)
      .map((one) => one.id)
      .join(', ') + (list.length > 5 ? ', …' : '');
  const reasons = [
    ...(input.confidence < thresholds.automatic
      ? [`Overall confidence ${input.confidence} is below ${thresholds.automatic}`]
      : []),
    ...(manual.length > 0 ? [`Objects to write by hand: ${manual.length} (${shown(manual)})`] : []),
    ...(low.length > 0 ? [`Objects below a confidence of ${thresholds.lowest}: ${low.length} (${shown(low)})`] : []),
    ...input.problems,
  ];
  if (input.pipelines === 0) return { status: 'failed', reasons: ['No mapping was converted', ...reasons] };
  return { status: reasons.length === 0 ? 'completed' : 'completed_with_warnings', reasons };
}

/** What is left to do about one object: nothing, a look, or somebody's work. */
export function standingOf({
  confidence,
  conversion,
}: {
  readonly confidence: number;
  readonly conversion: Conversion;
}): 'rule' | 'person' | 'review' | 'manual' | 'unsupported' {
  if (conversion === 'unsupported' || conversion === 'llm_unavailable') return 'unsupported';
  if (confidence < thresholds.review) return 'manual';
  if (confidence < thresholds.automatic) return 'review';
  return conversion === 'human' ? 'person' : 'rule';
}

/** Hours of work that are left, by the rates of the estimate. */
export function effortHours(transformations: readonly ConvertedTransformation[], pipelines: number): number {
  if (pipelines === 0) return 0;
  const manual = transformations.filter((one) => one.confidence < thresholds.assisted).length;
  const assisted = transformations.filter(
    (one) => one.confidence >= thresholds.assisted && one.confidence < thresholds.review,
  ).length;
  return (
    pipelines * (hours.mapping + hours.testing) + manual * hours.manual + assisted * hours.assisted + hours.integration
  );
}

/** Whether an issue keeps the gate shut. */
export function isBlocking(issue: JobIssue): boolean {
  return issue.severity === 'error';
}
