import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortolanError, fromErrorShape } from '../../shared/errors.ts';
import { type ProjectSession, type ReviewPolicy, canonicalJson } from '../../engine/index.ts';
import { type Arguments, parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../context.ts';
import { printProblem } from '../print.ts';
import { type Review, readReview } from '../read-review.ts';
import { sourceSettingsOf } from '../source-settings.ts';
import { printSummary, summarize } from '../run-summary.ts';

const usage =
  'Usage: portolan run --source FILE… --target FILE… [--etl FILE…] --out DIR [--project FILE] [--review auto|pause|DECISIONS.json|MAPPING.xlsx] [--setting ID=VALUE]';

/** `run`: the whole pipeline to a bundle. With `--review pause` it stops at review and exits 0. */
export const run: Command = async (args, context) => {
  const parsed = parseArguments(
    args,
    {
      out: { type: 'string' },
      project: { type: 'string' },
      review: { type: 'string' },
      domain: { type: 'string' },
      title: { type: 'string' },
    },
    ['source', 'target', 'etl', 'setting'],
  );
  const out = parsed.text('out');
  if (
    (parsed.list('source').length === 0 && parsed.list('etl').length === 0) ||
    parsed.list('target').length === 0 ||
    out === undefined ||
    parsed.files.length > 0
  ) {
    throw new PortolanError('INPUT_INVALID', 'run needs --source (or --etl), --target and --out', { hint: usage });
  }
  const review = await readReview(parsed.text('review'), context.engine);
  const project = parsed.text('project');
  if (review.policy === 'pause' && project === undefined) {
    throw new PortolanError('INPUT_INVALID', '--review pause needs --project, where the run waits', { hint: usage });
  }
  return withProject(project, context, async (session) => {
    await session.checkExport(out);
    session.changeSettings({
      ...(parsed.has('title') ? { title: parsed.text('title') as string } : {}),
      ...(parsed.has('setting') ? { etlSettings: sourceSettingsOf(parsed, session.settings().etlSettings) } : {}),
      ...(parsed.has('domain') ? { domain: parsed.text('domain') as string } : {}),
    });
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
  if (project === undefined || rest.length > 0)
    throw new PortolanError('INPUT_INVALID', 'resume needs one project', {
      hint: 'Usage: portolan resume PROJECT [--review auto|pause|DECISIONS.json|MAPPING.xlsx] [--out DIR]',
    });
  const review = await readReview(parsed.text('review'), context.engine);
  const session = context.engine.openProject(project, 'open');
  try {
    const out = parsed.text('out') ?? null;
    if (out !== null) await session.checkExport(out);
    return await finish(session, { review, out, kept: project }, context);
  } finally {
    session.close();
  }
};

/** A run without `--project` keeps its state in a temporary file that goes when it is done. */
async function withProject(
  path: string | undefined,
  { engine }: CommandContext,
  work: (session: ProjectSession) => Promise<number>,
): Promise<number> {
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

/** Runs to the end or to the next interrupt, says how it went, and writes the bundle of a finished run. */
async function finish(session: ProjectSession, { review, out, kept }: Goal, context: CommandContext): Promise<number> {
  const outcome = await runWithReview(session, review, context);
  if (outcome.status === 'failed' && outcome.error !== null) throw fromErrorShape(outcome.error);
  if (outcome.status === 'cancelled') {
    const resume = `Go on with: portolan resume ${kept} --out DIR`;
    const hint = kept === null ? 'Nothing is kept of a run without --project.' : resume;
    throw new PortolanError('CANCELLED', 'Cancelled', { hint });
  }
  const unreadable = session.unreadable();
  for (const problem of unreadable) context.progress.line(printProblem(problem));
  const writes = outcome.status === 'finished' && out !== null;
  const bundle = writes ? { path: out, check: await session.exportBundle(out) } : null;
  const summary = summarize(outcome.state, bundle);
  context.print(context.json ? canonicalJson(summary, 2) : printSummary(summary, session.path));
  if (unreadable.length > 0) return 2;
  return summary.result === 'FAIL' || summary.verified === false ? 1 : 0;
}

/** With decisions given, the run goes to review first, takes them in and goes on. */
async function runWithReview(session: ProjectSession, { policy, decisions, known }: Review, context: CommandContext) {
  if (decisions.length === 0 && known.length === 0) return go(session, policy, context);
  const reached = await go(session, 'pause', context);
  if (reached.status === 'failed' || reached.status === 'cancelled') return reached;
  session.importDecisions(decisions);
  if (known.length > 0 && session.importKnownMappings(known) === 0)
    throw new PortolanError('INPUT_INVALID', 'No line of the mapping table names columns of this run', {
      hint: 'Compare its table and column names with `portolan schema FILE`.',
    });
  if (reached.status === 'finished') session.reopenReview();
  return go(session, 'auto', context);
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
