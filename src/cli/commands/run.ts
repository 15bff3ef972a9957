import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { z } from 'zod';
import { PortolanError, fromErrorShape } from '../../shared/errors.ts';
import { DecisionInput } from '../../shared/model/mapping.ts';
import type { RunState } from '../../shared/model/project.ts';
import { type BundleCheck, type ProjectSession, type ReviewPolicy, canonicalJson } from '../../engine/index.ts';
import { parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../context.ts';

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
    session.changeSettings({ ...(parsed.has('title') ? { title: parsed.text('title') as string } : {}), ...(parsed.has('domain') ? { domain: parsed.text('domain') as string } : {}) });
    for (const role of ['source', 'target', 'etl'] as const) {
      for (const path of parsed.list(role)) await session.addInput(path, role);
    }
    session.startRun();
    return finish(session, review, out, context);
  });
};

/** `resume PROJECT [--review …] [--out DIR]`: goes on where the run stopped, be it at review or by a crash. */
export const resume: Command = async (args, context) => {
  const parsed = parseArguments(args, { review: { type: 'string' }, out: { type: 'string' } });
  const [project, ...rest] = parsed.files;
  if (project === undefined || rest.length > 0) throw new PortolanError('INPUT_INVALID', 'resume needs one project', { hint: 'Usage: portolan resume PROJECT [--review auto|pause|DECISIONS.json] [--out DIR]' });
  const review = await readReview(parsed.text('review'));
  const session = context.engine.openProject(project, 'open');
  try {
    return await finish(session, review, parsed.text('out') ?? null, context);
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
  try {
    return { policy: 'auto', decisions: z.array(DecisionInput).parse(JSON.parse(await readFile(text, 'utf8'))) };
  } catch (thrown) {
    throw new PortolanError('INPUT_INVALID', `${text} is not a list of decisions`, { hint: 'Each entry has mappingId and verdict (approve, reject, modify).', cause: thrown });
  }
}

/** A run without `--project` keeps its state in a temporary file that goes when it is done. */
async function withProject(path: string | undefined, { engine }: CommandContext, work: (session: ProjectSession) => Promise<number>): Promise<number> {
  const folder = path === undefined ? await mkdtemp(join(tmpdir(), 'portolan-')) : null;
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

async function finish(session: ProjectSession, review: Review, out: string | null, context: CommandContext): Promise<number> {
  const first = await go(session, review.decisions.length > 0 ? 'pause' : review.policy, context);
  let outcome = first;
  if (first.status === 'interrupted' && review.decisions.length > 0) {
    session.decide(review.decisions, 'import');
    outcome = await go(session, 'auto', context);
  }
  if (outcome.status === 'failed' && outcome.error !== null) throw fromErrorShape(outcome.error);
  if (outcome.status === 'cancelled') throw new PortolanError('CANCELLED', 'Cancelled', { hint: 'Go on with `portolan resume PROJECT`.' });
  if (outcome.status === 'interrupted') {
    report(session, outcome.state, null, null, context);
    return 0;
  }
  const check = out === null ? null : await session.exportBundle(out);
  report(session, outcome.state, out, check, context);
  return outcome.state.validation?.result === 'FAIL' || check?.verified === false ? 1 : 0;
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
  if (summary.status === 'interrupted') return [...lines, `The run waits for review. Open ${project} in Portolan, or go on with: portolan resume ${project}`].join('\n');
  lines.push(`${sql.statements} SQL statements run in DuckDB, ${sql.failed} failed`);
  for (const job of summary.jobs) lines.push(`${job.file}: ${job.status.replaceAll('_', ' ')}, confidence ${job.confidence.toFixed(2)}, run ${job.execution}`);
  for (const check of summary.checks) lines.push(`${check.result.padEnd(7)} ${check.title}: ${check.detail}`);
  lines.push(`Validation: ${summary.result ?? 'not reached'}`);
  if (summary.bundle !== null) lines.push(`Bundle: ${summary.bundle} (${summary.files} files, ${summary.verified === true ? 'verified' : 'NOT verified'})`);
  return lines.join('\n');
}
