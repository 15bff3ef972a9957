import { PortolanError } from '../../shared/errors.ts';
import { type Engine, canonicalJson, createEngine, executeJob, matchSchemas, signalIds } from '../../engine/index.ts';
import type { ConversionJob } from '../../shared/model/conversion.ts';
import type { InputFile } from '../../shared/model/project.ts';
import { etlTools } from '../../shared/model/etl.ts';
import { type Arguments, parseArguments, wholeNumber } from '../arguments.ts';
import { loadMiniLm } from '../../engine/adapters/index.ts';
import { type BenchExecution, type ConvertBenchInput, benchConvert } from '../bench/convert.ts';
import { benchConvertSize } from '../bench/convert-size.ts';
import { benchEmbed, benchEmbedRuns } from '../bench/embed.ts';
import { benchMap, type MapBenchmarks } from '../bench/map.ts';
import { benchMapSpeed } from '../bench/map-speed.ts';
import { benchProfile } from '../bench/profile.ts';
import { benchRun } from '../bench/run.ts';
import { benchSchema } from '../bench/schema.ts';
import type { Command, CommandContext } from '../context.ts';

const subjects: Readonly<Record<string, (parsed: Arguments, context: CommandContext) => Promise<unknown>>> = {
  embed,
  map,
  convert,
  profile,
  schema,
  run: wholeRun,
};

/** `bench embed [--size N]`, `map [DIR [--without SIGNAL…|all] | --size N [--targets M]]`, `convert [DIR… | --size BYTES TOOL]`, `profile [--size BYTES]`, `schema [--statements N]`, `run [--size N]`. */
export const bench: Command = async (args, context) => {
  const parsed = parseArguments(
    args,
    { size: { type: 'string' }, targets: { type: 'string' }, statements: { type: 'string' } },
    ['without'],
  );
  const [subject] = parsed.files;
  const run = subject !== undefined && Object.hasOwn(subjects, subject) ? subjects[subject] : undefined;
  if (run === undefined)
    throw new PortolanError('INPUT_INVALID', `There is no benchmark ${subject ?? ''}`.trimEnd(), {
      hint: `Choose one of ${Object.keys(subjects).join(', ')}.`,
    });
  const figures = await run(parsed, context);
  context.progress.end();
  context.print(canonicalJson(figures, 2));
  return 0;
};

/** 32-bit numbers on one thread take long: the comparison is made on a part. */
const MOST_COMPARED = 4000;
const seconds = (): number => performance.now() / 1000;

async function embed(parsed: Arguments, { engine, progress }: CommandContext): Promise<unknown> {
  const { embedder, reason } = await engine.hosts.embedder();
  if (embedder === null)
    throw new PortolanError('BROKEN_INSTALL', reason ?? 'The model cannot be loaded', { hint: 'Run `npm run setup`.' });
  progress.step('embed', 0, 0, '');
  const size = wholeNumber(parsed, 'size', 2000, 1_000_000);
  const product = await benchEmbed(embedder, size);
  const load = (threads: number, numbers: 'auto' | 'fp32') => loadMiniLm(engine.modelDir, threads, numbers);
  return { ...product, runs: await benchEmbedRuns(load, Math.min(size, MOST_COMPARED)) };
}

/** A made-up script of `--statements` (or `--size`) statements, read as any other. */
async function schema(parsed: Arguments, { engine, progress }: CommandContext): Promise<unknown> {
  progress.step('schema', 0, 0, '');
  const size = wholeNumber(parsed, 'size', 250_000, 5_000_000);
  return benchSchema(wholeNumber(parsed, 'statements', size, 5_000_000), engine, seconds);
}

/** The whole pipeline over made-up schemas of about `--size` source columns. */
async function wholeRun(parsed: Arguments, { engine, progress, signal }: CommandContext): Promise<unknown> {
  progress.step('run', 0, 0, '');
  return benchRun(wholeNumber(parsed, 'size', 1000, 100_000), engine, { elapsed: seconds, signal });
}

/** A made-up extract of `--size` bytes. */
async function profile(parsed: Arguments, { engine, progress }: CommandContext): Promise<unknown> {
  progress.step('profile', 0, 0, '');
  return benchProfile(wholeNumber(parsed, 'size', 2_000_000_000, 20_000_000_000), engine, seconds);
}

/** Accuracy on a folder of benchmark sets, with MiniLM and without; with `--size` the time that many columns take. */
async function map(parsed: Arguments, { engine, progress }: CommandContext): Promise<unknown> {
  if (parsed.has('size')) {
    progress.step('map', 0, 0, '');
    const sizes = {
      size: wholeNumber(parsed, 'size', 1000, 100_000),
      targets: wholeNumber(parsed, 'targets', 2000, 100_000),
    };
    return benchMapSpeed(sizes, engine, seconds);
  }
  const dir = parsed.files[1] ?? '../shared/benchmarks';
  const withoutModel = createEngine({
    ...engine.dependencies,
    matcher: { match: (input, options) => matchSchemas(input, null, undefined, options?.signal) },
  });
  const report = (name: string) => (done: number, total: number, set: string) => progress.step(name, done, total, set);
  const minilm = await benchMap(dir, engine, seconds, report('with MiniLM'));
  const rules = await benchMap(dir, withoutModel, seconds, report('without a model'));
  const without: Record<string, MapBenchmarks> = {};
  for (const signal of signalsToLeaveOut(parsed.list('without'))) {
    const { matcher } = engine.dependencies;
    const less = createEngine({
      ...engine.dependencies,
      matcher: { match: (input, options) => matcher.match({ ...input, withoutSignal: signal }, options) },
    });
    without[signal] = await benchMap(dir, less, seconds, report(`without ${signal}`));
  }
  return { minilm, rules, without };
}

function signalsToLeaveOut(asked: readonly string[]): readonly string[] {
  if (asked.includes('all')) return signalIds;
  const unknown = asked.find((id) => !signalIds.includes(id));
  if (unknown !== undefined)
    throw new PortolanError('INPUT_INVALID', `There is no signal ${unknown}`, {
      hint: `Choose from ${signalIds.join(', ')}, or all.`,
    });
  return asked;
}

const GENERATED_ROWS = 1000;
const MAX_JOB_SECONDS = 60;

interface EtlInput extends ConvertBenchInput {
  readonly input: InputFile;
}

/** A job that takes longer than the limit counts as one that does not run. */
async function executeWithin(
  job: ConversionJob,
  { dependencies }: Engine,
  signal: AbortSignal,
): Promise<readonly BenchExecution[]> {
  const limit = AbortSignal.timeout(MAX_JOB_SECONDS * 1000);
  try {
    const options = { generate: GENERATED_ROWS, signal: AbortSignal.any([signal, limit]) };
    return (await executeJob(job, dependencies, options)).executions;
  } catch (thrown) {
    if (!limit.aborted || signal.aborted) throw thrown;
    return [{ name: job.file, run: null, error: `did not end within ${MAX_JOB_SECONDS} s` }];
  }
}

/** Every legacy ETL export below the folders: what is converted, and what of it runs on generated rows. With `--size` made-up exports of that many bytes, of the tools named. */
async function convert(parsed: Arguments, { engine, progress, signal }: CommandContext): Promise<unknown> {
  if (parsed.has('size')) return convertSize(parsed, engine);
  const folders = parsed.files.slice(1);
  const inputs: EtlInput[] = [];
  for (const path of await engine.expandPaths(folders.length === 0 ? ['../shared/corpus'] : folders)) {
    const input = await engine.describe(path, 'etl');
    const tool = etlTools.find((one) => one === input.format);
    if (tool !== undefined) inputs.push({ file: input.name, tool, bytes: input.bytes, input });
  }
  return benchConvert(inputs, {
    convert: async ({ input }) => (await engine.convert(input, { signal })).job,
    execute: (job) => executeWithin(job, engine, signal),
    elapsed: seconds,
    peakRssBytes: () => process.resourceUsage().maxRSS * 1024,
    onFile: (done, total, file) => progress.step('convert', done, total, file),
  });
}

/** One tool a process, so that the peak of memory is its own. */
async function convertSize(parsed: Arguments, engine: CommandContext['engine']): Promise<unknown> {
  const [name = 'powercenter', ...rest] = parsed.files.slice(1);
  const tool = etlTools.find((one) => one === name);
  if (tool === undefined || rest.length > 0)
    throw new PortolanError('INPUT_INVALID', 'bench convert --size takes one tool', {
      hint: `Choose one of ${etlTools.join(', ')}.`,
    });
  return benchConvertSize(tool, wholeNumber(parsed, 'size', 100_000_000, 1_000_000_000), engine, seconds);
}
