import type { Conversion, ConversionJob } from '../../../shared/model/conversion.ts';
import { type Block, heading, list, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutGroups, cutNote } from '../markdown/cut.ts';
import { type Inline, code, count, joinInline, md, plural, score, text } from '../markdown/inline.ts';
import type { GuideFacts, JobFacts } from './facts.ts';

const jobsFile = code('pipelines/jobs.json');

const conversionWords: Readonly<Record<Conversion, Inline>> = {
  rule_engine: md`rule`,
  llm: md`language model`,
  llm_unavailable: md`by hand: no language model was connected`,
  unsupported: md`by hand: not supported`,
  human: md`person`,
};

const statusTexts: Readonly<Record<ConversionJob['status'], Inline>> = {
  completed: md`completed`,
  completed_with_warnings: md`completed with warnings`,
  failed: md`failed`,
};

/** The legacy ETL files: each object, each expression before and after, what is left for a person. */
export function jobSections({ jobs, totalJobs, hours }: GuideFacts): readonly Block[] {
  const title = heading(2, md`Legacy ETL`);
  if (totalJobs === 0) return [title, paragraph(md`No legacy ETL was converted.`)];
  const rows = jobs.map(({ job }) => [
    code(job.file),
    code(job.tool),
    statusTexts[job.status],
    score(job.confidence),
    count(job.objects.total),
    count(job.objects.autoConverted),
    count(job.objects.needsReview),
    count(job.objects.manualRequired),
    count(job.effortHours),
    text(job.execution.status),
  ]);
  const groups = cutGroups(jobs.map((group) => ({ group, rows: group.job.transformations })));
  return [
    title,
    paragraph(
      md`${plural(totalJobs, 'file')}; the effort of what is left, with tests and integration, is estimated at ${count(hours)} hours.`,
    ),
    table(
      [
        'File',
        'Tool',
        'Status',
        'Confidence #',
        'Objects #',
        'Automatic #',
        'To review #',
        'By hand #',
        'Hours #',
        'Trial run',
      ],
      rows,
    ),
    ...cutNote({ shown: jobs, total: totalJobs }, md`files`, jobsFile),
    ...groups.shown.flatMap(({ group, rows: transformations }) => [
      heading(3, code(group.job.file)),
      ...jobSummary(group.job),
      ...transformationTable(transformations),
      ...expressionTable(group),
    ]),
    ...cutNote(groups, md`files with their objects`, jobsFile),
  ];
}

function jobSummary(job: ConversionJob): readonly Block[] {
  const manual = job.transformations.filter(({ source }) => source === 'unsupported' || source === 'llm_unavailable');
  const issues = cut(job.issues, 40);
  return [
    list([
      md`Release gate: ${
        job.gate.length === 0
          ? md`passed`
          : joinInline(
              job.gate.slice(0, 20).map((reason) => text(reason)),
              '; ',
            )
      }`,
      md`Trial run: ${text(job.execution.status)}, ${plural(job.execution.nodes, 'node')}${job.execution.detail === '' ? md`` : md`; ${text(job.execution.detail)}`}`,
      md`Pipelines: ${job.pipelines.length === 0 ? md`none` : joinInline(job.pipelines.slice(0, 20).map(({ fileName }) => code(`pipelines/${fileName}`)))}`,
      md`Work by hand: ${manual.length === 0 ? md`none` : joinInline(manual.slice(0, 20).map(({ mapping, id }) => code(`${mapping}.${id}`)))}`,
    ]),
    ...(issues.total === 0
      ? []
      : [
          table(
            ['Severity', 'Where', 'Line #', 'Message'],
            issues.shown.map((issue) => [
              text(issue.severity),
              code(issue.where),
              count(issue.line),
              text(issue.message),
            ]),
          ),
        ]),
    ...cutNote(issues, md`issues`, jobsFile),
  ];
}

function transformationTable(transformations: {
  readonly shown: ConversionJob['transformations'];
  readonly total: number;
}): readonly Block[] {
  if (transformations.total === 0) return [paragraph(md`The file holds no transformation.`)];
  const rows = transformations.shown.map(({ mapping, id, type, operator, source, confidence, notes }) => [
    code(mapping),
    code(id),
    code(type),
    code(operator),
    conversionWords[source],
    score(confidence),
    notes.length === 0
      ? md`—`
      : joinInline(
          notes.slice(0, 3).map((note) => text(note, 160)),
          '; ',
        ),
  ]);
  return [
    table(['Mapping', 'Object', 'Type', 'Became', 'Converted by', 'Confidence #', 'Notes'], rows),
    ...cutNote(transformations, md`objects`, jobsFile),
  ];
}

function expressionTable({ expressions, unreadable, unread }: JobFacts): readonly Block[] {
  const shown = cut(expressions, 100);
  const rows = shown.shown.map(({ where, original, converted }) => [
    code(where),
    code(original),
    converted === null ? md`not converted` : code(converted),
  ]);
  return [
    ...(shown.total === 0
      ? []
      : [paragraph(md`Expressions before and after:`), table(['Where', 'Original', 'Converted'], rows)]),
    ...cutNote(shown, md`expressions`, md`the pipelines`),
    ...(unread === 0
      ? []
      : [
          paragraph(
            md`The expressions of ${plural(unread, 'further pipeline')} are not listed here; they are in the pipelines.`,
          ),
        ]),
    ...(unreadable.length === 0
      ? []
      : [
          paragraph(
            md`These pipelines could not be read back, so their expressions are not listed: ${joinInline(unreadable.slice(0, 20).map((name) => code(name)))}.`,
          ),
        ]),
  ];
}
