/** Conversion jobs as the window shows them: the list, one job, the estate, and edits of pipelines. */
import { PortolanError } from '../../shared/errors.ts';
import type { JobLine, JobSort, Output, ParsedInput } from '../../shared/ipc/contract.ts';
import type { ConversionJob } from '../../shared/model/conversion.ts';
import { estateOf, reviseJob, settingOf } from '../../engine/index.ts';
import { placeIssues } from './job-issues.ts';
import type { Workbench } from './workbench.ts';

const SHOWN_ISSUES = 2000;

interface Entry {
  readonly line: JobLine;
  readonly job: ConversionJob;
}

/** The jobs of the current run with ids of their own: two files may have one name. */
export function jobEntries(workbench: Workbench): readonly Entry[] {
  const seen = new Map<string, number>();
  return (workbench.session.state()?.jobs ?? []).map((job) => {
    const count = (seen.get(job.file) ?? 0) + 1;
    seen.set(job.file, count);
    return { job, line: lineOf(job, count === 1 ? job.file : `${job.file} (${count})`) };
  });
}

function lineOf(job: ConversionJob, id: string): JobLine {
  const { file, tool, status, confidence, objects, effortHours, footprint } = job;
  return {
    id,
    file,
    tool,
    status,
    confidence,
    objects,
    effortHours,
    issues: job.issues.length,
    pipelines: job.pipelines.length,
    complexity:
      footprint === undefined ? null : { score: footprint.complexity.score, level: footprint.complexity.level },
    execution: job.execution.status,
    edited: job.pipelines.some((pipeline) => pipeline.generated !== undefined),
  };
}

const statusRank = { failed: 0, completed_with_warnings: 1, completed: 2 } as const;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const coverage = ({ objects }: JobLine): number => (objects.total === 0 ? 1 : objects.autoConverted / objects.total);

/** What comes first when ascending. */
const orders: Readonly<Record<JobSort, (a: JobLine, b: JobLine) => number>> = {
  file: (a, b) => compareText(a.id.toLowerCase(), b.id.toLowerCase()),
  tool: (a, b) => compareText(a.tool, b.tool),
  status: (a, b) => statusRank[a.status] - statusRank[b.status],
  coverage: (a, b) => coverage(a) - coverage(b),
  confidence: (a, b) => a.confidence - b.confidence,
  complexity: (a, b) => (a.complexity?.score ?? -1) - (b.complexity?.score ?? -1),
  effort: (a, b) => a.effortHours - b.effortHours,
  issues: (a, b) => a.issues - b.issues,
};

export function jobPage(workbench: Workbench, query: ParsedInput<'jobs.list'>): Output<'jobs.list'> {
  const all = jobEntries(workbench).map((entry) => entry.line);
  const words = query.filter.trim().toLowerCase();
  const named = all.filter(
    (line) => line.id.toLowerCase().includes(words) && (query.tool === null || line.tool === query.tool),
  );
  const counts = { completed: 0, completed_with_warnings: 0, failed: 0 };
  for (const line of named) counts[line.status] += 1;
  const order = orders[query.sort];
  const sign = query.descending ? -1 : 1;
  const fitting = named
    .filter((line) => query.status === null || line.status === query.status)
    .toSorted((a, b) => sign * order(a, b) || orders.file(a, b));
  return {
    total: fitting.length,
    counts,
    tools: [...new Set(all.map((line) => line.tool))].toSorted(compareText),
    effortHours: fitting.reduce((sum, line) => sum + line.effortHours, 0),
    jobs: fitting.slice(query.offset, query.offset + query.limit),
  };
}

export function jobDetail(workbench: Workbench, id: string): Output<'jobs.job'> {
  const entries = jobEntries(workbench);
  const at = entries.findIndex((entry) => entry.line.id === id);
  const entry = entries[at];
  if (entry === undefined) throw new PortolanError('INPUT_INVALID', `There is no job ${id}`);
  const { job, line } = entry;
  return {
    line,
    gate: [...job.gate],
    complexity: job.footprint?.complexity ?? null,
    execution: job.execution,
    pipelines: job.pipelines.map(({ fileName, name, kind, generated }) => ({
      fileName,
      name,
      kind,
      edited: generated !== undefined,
    })),
    issues: placeIssues(job, workbench.session.state()?.discovery?.etl[at] ?? null, SHOWN_ISSUES),
    issueCount: job.issues.length,
    assumptions: assumptionViews(job),
  };
}

/** What the conversion depends on; a setting that this version does not have is left out. */
function assumptionViews({ assumptions = [] }: ConversionJob): Output<'jobs.job'>['assumptions'] {
  return assumptions.flatMap((one) => {
    const setting = settingOf(one.id);
    if (setting === null) return [];
    const { title, where, initial, choices } = setting;
    return [{ ...one, title, where, usual: initial, choices: choices === null ? null : [...choices] }];
  });
}

export function estateView(workbench: Workbench): Output<'jobs.estate'> {
  const entries = jobEntries(workbench);
  const members = entries.map(({ line, job }) => ({
    id: line.id,
    effortHours: job.effortHours,
    footprint: job.footprint ?? null,
  }));
  return { jobs: entries.map((entry) => entry.line), estate: estateOf(members) };
}

export async function checkEdit(
  workbench: Workbench,
  { fileName, yaml }: ParsedInput<'jobs.check'>,
): Promise<Output<'jobs.check'>> {
  const job = workbench.session
    .state()
    ?.jobs?.find((candidate) => candidate.pipelines.some((one) => one.fileName === fileName));
  if (job === undefined) throw new PortolanError('INPUT_INVALID', `There is no pipeline ${fileName}`);
  const { converter } = workbench.engine.dependencies;
  const { job: revised, defects } = await reviseJob(job, { fileName, yaml }, (edit) => converter.readEdit(edit));
  return { defects: [...defects], gate: revised === null ? null : gateOf(revised) };
}

export async function saveEdit(
  workbench: Workbench,
  { fileName, yaml }: ParsedInput<'jobs.save'>,
): Promise<Output<'jobs.save'>> {
  return gateOf(await workbench.editPipeline(fileName, yaml));
}

function gateOf({ status, gate, confidence }: ConversionJob): Output<'jobs.save'> {
  return { status, reasons: [...gate], confidence };
}
