import type { OpenPoints } from '../facts/outcome.ts';
import { type Inline, code, count, md, plural } from '../markdown/inline.ts';
import type { OverviewFacts } from './facts.ts';

/** One row for each kind of open point that there is. */
export function openRows(open: OpenPoints): readonly (readonly Inline[])[] {
  const points: readonly { readonly point: Inline; readonly number: number; readonly where: Inline }[] = [
    {
      point: md`Mappings that a person has still to decide`,
      number: open.pending,
      where: code('documents/mapping-specification.md'),
    },
    {
      point: md`Mappings that were rejected and have no counterpart`,
      number: open.rejected,
      where: code('documents/mapping-specification.md'),
    },
    {
      point: md`Mappings that would lose or break rows`,
      number: open.issues,
      where: code('documents/data-quality-report.md'),
    },
    {
      point: md`Required target columns that nothing feeds`,
      number: open.requiredUnfed,
      where: code('documents/mapping-specification.md'),
    },
    {
      point: md`Statements that failed in the sandbox`,
      number: open.failedRuns,
      where: code('documents/troubleshooting-guide.md'),
    },
    { point: md`Checks with findings`, number: open.findings, where: code('documents/validation-checklist.md') },
    {
      point: md`Legacy ETL files that the release gate holds back`,
      number: open.openJobs,
      where: code('documents/transformation-guide.md'),
    },
    {
      point: md`Places in input files that could not be read`,
      number: open.readErrors,
      where: code('reports/diagnostics.json'),
    },
  ];
  return points.filter(({ number }) => number > 0).map(({ point, number, where }) => [point, count(number), where]);
}

interface Risk {
  readonly applies: boolean;
  readonly risk: Inline;
  readonly seen: Inline;
  readonly remedy: Inline;
}

/** Only risks that a figure of this run speaks for. */
export function riskRows({ open, mappings, rows, statuses, tools }: OverviewFacts): readonly (readonly Inline[])[] {
  const unmapped = (statuses.get('unmapped') ?? 0) + (statuses.get('rejected') ?? 0);
  const auto = statuses.get('auto_approved') ?? 0;
  const hours = tools.reduce((sum, tool) => sum + tool.hours, 0);
  const risks: readonly Risk[] = [
    {
      applies: unmapped > 0,
      risk: md`Data is left behind`,
      seen: md`${plural(unmapped, 'source column')} without a target`,
      remedy: md`Let the data owner confirm that each may be dropped.`,
    },
    {
      applies: open.requiredUnfed > 0,
      risk: md`Target rows are refused`,
      seen: md`${plural(open.requiredUnfed, 'required column')} without a feed`,
      remedy: md`Name a source, a constant or a default for each.`,
    },
    {
      applies: auto > 0,
      risk: md`A mapping looks right and is wrong`,
      seen: md`${count(auto)} of ${plural(mappings, 'mapping')} approved by score alone`,
      remedy: md`Sample them with a person who knows the data, keys first.`,
    },
    {
      applies: open.issues + open.findings > 0,
      risk: md`Values are lost or rows rejected`,
      seen: md`${plural(open.issues, 'mapping')} with errors, ${plural(open.findings, 'check')} with findings`,
      remedy: md`Go through the data quality report before the cut-over.`,
    },
    {
      applies: rows === 0 && mappings > 0,
      risk: md`The SQL was not tried on data`,
      seen: md`no extract was profiled`,
      remedy: md`Import extracts and run again.`,
    },
    {
      applies: open.openJobs > 0,
      risk: md`Logic of the legacy ETL differs`,
      seen: md`${plural(open.openJobs, 'file')} held back, ${count(hours)} hours estimated`,
      remedy: md`Plan the manual work; compare results on the same rows.`,
    },
    {
      applies: open.readErrors > 0,
      risk: md`Parts of the inputs are missing`,
      seen: md`${plural(open.readErrors, 'place')} could not be read`,
      remedy: md`Repair or export these files again.`,
    },
  ];
  return risks.filter(({ applies }) => applies).map(({ risk, seen, remedy }) => [risk, seen, remedy]);
}
