import type { RunState } from '../../../shared/model/project.ts';
import { type Block, list, paragraph, table } from '../markdown/blocks.ts';
import { type Inline, md, score, text } from '../markdown/inline.ts';

/** The evaluator's figures beside the thresholds of the project, and its reasons. */
export function gateTable({ evaluation, settings }: RunState): readonly Block[] {
  if (evaluation === undefined) return [paragraph(md`The evaluator has not run, so there are no figures yet.`)];
  const measured = (name: Inline, figure: number, threshold: number): readonly Inline[] => [
    name,
    score(figure),
    score(threshold),
    figure >= threshold ? md`met` : md`not met`,
  ];
  const plain = (name: Inline, figure: number): readonly Inline[] => [name, score(figure), md`—`, md`—`];
  const rows = [
    measured(md`Completeness`, evaluation.completeness, settings.minCompleteness),
    measured(md`Average confidence`, evaluation.averageConfidence, settings.minAverageConfidence),
    plain(md`Target coverage`, evaluation.targetCoverage),
    plain(md`Share of complex mappings`, evaluation.complexRatio),
  ];
  const reasons =
    evaluation.reasons.length === 0 ? [] : [list(evaluation.reasons.slice(0, 50).map((reason) => text(reason)))];
  return [
    table(['Figure', 'Value #', 'Threshold #', 'Result'], rows),
    paragraph(
      evaluation.needsReview ? md`The evaluator asks for a review by a person.` : md`The evaluator asks for no review.`,
    ),
    ...reasons,
  ];
}
