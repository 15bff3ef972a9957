import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { PortolanError, fromErrorShape } from '../../shared/errors.ts';
import { DecisionInput } from '../../shared/model/mapping.ts';
import type { RunState } from '../../shared/model/project.ts';
import { type BundleCheck, type ProjectSession, type ReviewPolicy, canonicalJson } from '../../engine/index.ts';
import { type Arguments, parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../context.ts';
import { reportProblem } from '../file-problems.ts';

const usage = 'Usage: portolan run --source FILE… --target FILE… [--etl FILE…] --out DIR [--project FILE] [--review auto|pause|DECISIONS.json]';

/** `run`: the whole pipeline to a bundle. With `--review pause` it stops at review and exits 0. */
export const run: Command = async (args, context) => {
  const parsed = parseArguments(
    args,
    { out: { type: 'string' }, project: { type: 'string' }, review: { type: 'string' }, domain: { type: 'string' }, title: { type: 'string' } },
    ['source', 'target', 'etl'],
  );
  const out = parsed.text('out');
  if (parsed.list('source').length === 0 || parsed.list('target').length === 0 || out === undefined || parsed.files.length > 0) {
    throw new PortolanError('INPUT_INVALID', 'run needs --source, --target and --out', { hint: usage });
  }
  const review = await readReview(parsed.text('review'));
  const project = parsed.text('project');
  if (review.policy === 'pause' && project === undefined) {
    throw new PortolanError('INPUT_INVALID', '--review pause needs --project, where the run waits', { hint: usage });
  }
  return withProject(project, context, async (session) => {
    await session.checkExport(out);
    session.changeSettings({ ...(parsed.has('title') ? { title: parsed.text('title') as string } : {}), ...(parsed.has('domain') ? { domain: parsed.text('domain') as string } : {}) });
    await replaceInputs(session, parsed);
    session.startRun();
    return finish(session, { review, out, kept: project ?? null }, context);
  });
};

/** The run is over the files named now, whatever the project held before. */
async function replaceInputs(session: ProjectSession, parsed: Arguments): Promise<void> {
  const named = new Set<string>();
  for (const role of ['source', 'target', 'etl'] as const) {
    for (const path of parsed.list(role)) named.add((await session.addInput(path, role)).id);
  }
  for (const { id } of session.inputs()) if (!named.has(id)) session.removeInput(id);
}

/** `resume PROJECT [--review …] [--out DIR]`: goes on where the run stopped, be it at review or by a crash. */
export const resume: Command = async (args, context) => {
  const parsed = parseArguments(args, { review: { type: 'string' }, out: { type: 'string' } });
  const [project, ...rest] = parsed.files;
  if (project === undefined || rest.length > 0) throw new PortolanError('INPUT_INVALID', 'resume needs one project', { hint: 'Usage: portolan resume PROJECT [--review auto|pause|DECISIONS.json] [--out DIR]' });
  const review = await readReview(parsed.text('review'));
  const session = context.engine.openProject(project, 'open');
  try {
    const out = parsed.text('out') ?? null;
    if (out !== null) await session.checkExport(out);
    return await finish(session, { review, out, kept: project }, context);
  } finally {
    session.close();
  }
};

interface Review {
  readonly policy: ReviewPolicy;
  readonly decisions: readonly DecisionInput[];
}

async function readReview(text: string | undefined): Promise<Review> {
  if (text === undefined || text === 'auto') return { policy: 'auto', decisions: [] };
  if (text === 'pause') return { policy: 'pause', decisions: [] };
  if (!text.endsWith('.json')) {
    throw new PortolanError('UNSUPPORTED', `Decisions cannot be read from ${text} yet`, { hint: 'Use auto, pause, or a JSON file with a list of decisions.' });
  }
  const content = await readFile(text, 'utf8').catch((thrown: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${text} cannot be read`, { hint: 'Check the path and its spelling.', cause: thrown });
  });
  try {
    return { policy: 'auto', decisions: z.array(DecisionInput).parse(JSON.parse(content)) };
  } catch (thrown) {
    throw new PortolanError('INPUT_INVALID', `${text} is not a list of decisions${placeOf(thrown)}`, { hint: 'Each entry has mappingId and verdict (approve, reject, modify).', cause: thrown });
  }
}

/** `: entry 3, verdict`, where the file is JSON of another shape. */
function placeOf(thrown: unknown): string {
  const path = thrown instanceof z.ZodError ? (thrown.issues[0]?.path ?? []) : [];
  const [index, ...keys] = path;
  return typeof index === 'number' ? `: entry ${[index + 1, ...keys].join(', ')}` : '';
}

/** A run without `--project` keeps its state in a temporary file that goes when it is done. */
async function withProject(path: string | undefined, { engine }: CommandContext, work: (session: ProjectSession) => Promise<number>): Promise<number> {
  const folder = path === undefined ? await mkdtemp(join(tmpdir(), 'portolan-run-')) : null;
  try {
    const session = engine.openProject(path ?? join(folder as string, 'run.portolan'), 'create');
    try {
      return await work(session);
    } finally {
      session.close();
    }
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

interface Goal {
  readonly review: Review;
  /** Where the bundle goes. */
  readonly out: string | null;
  /** The project in which the run can go on later; null where it goes with the command. */
  readonly kept: string | null;
}

async function finish(session: ProjectSession, { review, out, kept }: Goal, context: CommandContext): Promise<number> {
  let outcome = await go(session, review.decisions.length > 0 ? 'pause' : review.policy, context);
  if (review.decisions.length > 0 && (outcome.status === 'interrupted' || outcome.status === 'finished')) {
    session.decide(review.decisions, 'import');
    if (outcome.status === 'finished') session.reopenReview();
    outcome = await go(session, 'auto', context);
  }
  if (outcome.status === 'failed' && outcome.error !== null) throw fromErrorShape(outcome.error);
  if (outcome.status === 'cancelled') {
    const hint = kept === null ? 'Nothing is kept of a run without --project.' : `Go on with: portolan resume ${kept} --out DIR`;
    throw new PortolanError('CANCELLED', 'Cancelled', { hint });
  }
  const unreadable = session.unreadable();
  for (const problem of unreadable) reportProblem(problem, context.progress);
  const check = outcome.status === 'interrupted' || out === null ? null : await session.exportBundle(out);
  report(session, outcome.state, check === null ? null : out, check, context);
  if (unreadable.length > 0) return 2;
  return outcome.status === 'finished' && (outcome.state.validation?.result === 'FAIL' || check?.verified === false) ? 1 : 0;
}

async function go(session: ProjectSession, policy: ReviewPolicy, { progress, signal }: CommandContext) {
  const outcome = await session.continueRun({
    policy,
    signal,
    onEvent(event) {
      if (event.type === 'node_started') progress.step(event.node, 0, 0, '');
      else if (event.type === 'progress') progress.step(event.node, event.done, event.total, event.detail);
      else progress.line(`${event.node} done in ${event.seconds.toFixed(1)} s`);
    },
  });
  progress.end();
  return outcome;
}

/** The run's outcome as data: what `--json` prints and what the summary is made of. */
export function summarize(state: RunState, out: string | null, check: BundleCheck | null) {
  const mappings = state.mappings ?? [];
  const count = (...statuses: readonly string[]): number => mappings.filter((mapping) => statuses.includes(mapping.status)).length;
  return {
    status: state.validation === undefined ? 'interrupted' : 'finished',
    result: state.validation?.result ?? null,
    bundle: out,
    verified: check?.verified ?? null,
    files: check?.files ?? null,
    mappings: { total: mappings.length, accepted: count('auto_approved', 'approved', 'modified'), pending: count('needs_review', 'flagged', 'unmapped'), rejected: count('rejected') },
    sql: { statements: state.sql?.statements.length ?? 0, failed: state.sql?.runs.filter((entry) => entry.status === 'failed').length ?? 0 },
    jobs: (state.jobs ?? []).map((job) => ({ file: job.file, status: job.status, confidence: job.confidence, execution: job.execution.status })),
    checks: state.validation?.checks ?? [],
  };
}

function report(session: ProjectSession, state: RunState, out: string | null, check: BundleCheck | null, { json, print }: CommandContext): void {
  const summary = summarize(state, out, check);
  if (json) print(canonicalJson(summary, 2));
  else print(printSummary(summary, session.path));
}

export function printSummary(summary: ReturnType<typeof summarize>, project: string): string {
  const { mappings, sql } = summary;
  const lines = [`${mappings.total} columns: ${mappings.accepted} accepted, ${mappings.pending} to review, ${mappings.rejected} rejected`];
  if (summary.status === 'interrupted') return [...lines, `The run waits for review. Open ${project} in Portolan, or go on with: portolan resume ${project} --out DIR`].join('\n');
  lines.push(`${sql.statements} SQL statements run in DuckDB, ${sql.failed} failed`);
  for (const job of summary.jobs) lines.push(`${job.file}: ${job.status.replaceAll('_', ' ')}, confidence ${job.confidence.toFixed(2)}, run ${job.execution}`);
  for (const check of summary.checks) lines.push(`${check.result.padEnd(7)} ${check.title}: ${check.detail}`);
  lines.push(`Validation: ${summary.result ?? 'not reached'}`);
  if (summary.bundle !== null) lines.push(`Bundle: ${summary.bundle} (${summary.files} files, ${summary.verified === true ? 'verified' : 'NOT verified'})`);
  else lines.push('No bundle is written: name a folder with --out.');
  return lines.join('\n');
}
