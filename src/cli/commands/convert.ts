import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { PortolanError } from '../../shared/errors.ts';
import type { ConversionJob } from '../../shared/model/conversion.ts';
import { etlTools } from '../../shared/model/etl.ts';
import type { InputFile } from '../../shared/model/project.ts';
import type { Diagnostic } from '../../shared/model/schema.ts';
import { canonicalJson, executeJob, piecesOf } from '../../engine/index.ts';
import { choice, parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../context.ts';
import { sourceSettingsOf } from '../source-settings.ts';
import { fileProblem } from '../file-problem.ts';
import { printError, printProblem, printTable } from '../print.ts';

const usage = 'Usage: portolan convert FILE… --out DIR [--dialect duckdb] [--setting ID=VALUE]';
const GENERATED_ROWS = 1000;

/** `convert`: legacy ETL → DataFlow YAML and SQL, one job a file; a file that cannot be read does not stop the others. */
export const convert: Command = async (args, context) => {
  const parsed = parseArguments(args, { out: { type: 'string' }, dialect: { type: 'string' } }, ['setting']);
  const settings = sourceSettingsOf(parsed);
  const out = parsed.text('out');
  choice(parsed, 'dialect', ['duckdb'] as const);
  if (parsed.files.length === 0 || out === undefined)
    throw new PortolanError('INPUT_INVALID', 'convert needs files and --out', { hint: usage });
  const jobs: unknown[] = [];
  const converted: ConversionJob[] = [];
  const taken = new Set<string>();
  let unreadable = 0;
  const related = await describeAll(parsed.files, context);
  for (const [i, path] of parsed.files.entries()) {
    context.progress.step('convert', i, parsed.files.length, basename(path));
    try {
      const { job, problem } = await convertFile(path, { related, settings }, context);
      converted.push(job);
      jobs.push({ ...job, pipelines: await writePipelines(job, out, taken) });
      if (problem === null) continue;
      unreadable += 1;
      context.progress.line(printProblem(problem));
    } catch (thrown) {
      const error = fileProblem(thrown);
      unreadable += 1;
      context.progress.line(printError(error));
    }
  }
  context.progress.end();
  context.print(context.json ? canonicalJson({ jobs }, 2) : printJobs(converted));
  if (unreadable > 0) return 2;
  return converted.some((job) => job.status === 'failed') ? 1 : 0;
};

interface Converted {
  readonly job: ConversionJob;
  /** Why a part of the file is missing, where one is. */
  readonly problem: Diagnostic | null;
}

/** All files, which may refer to each other. One that cannot be opened is told of where it is converted. */
async function describeAll(paths: readonly string[], { engine }: CommandContext): Promise<readonly InputFile[]> {
  const found: InputFile[] = [];
  for (const path of paths) {
    const input = await engine.describe(path, 'etl').catch(() => null);
    if (input !== null) found.push(input);
  }
  return found;
}

async function convertFile(
  path: string,
  {
    related,
    settings,
  }: { readonly related: readonly InputFile[]; readonly settings: ReturnType<typeof sourceSettingsOf> },
  { engine, signal }: CommandContext,
): Promise<Converted> {
  const input = await engine.describe(path, 'etl');
  const tool = etlTools.find((one) => one === input.format);
  const said = tool === undefined ? {} : (settings[tool] ?? {});
  const { outline, job } = await engine.convert(input, { signal, related, settings: said });
  const executed = await executeJob(job, engine.dependencies, { generate: GENERATED_ROWS, signal });
  return {
    job: executed.job,
    problem: outline.diagnostics.find((diagnostic) => diagnostic.severity === 'error') ?? null,
  };
}

/** Several files may hold mappings of one name: later ones get a number, so that none is overwritten. */
async function writePipelines(job: ConversionJob, out: string, taken: Set<string>): Promise<readonly string[]> {
  const written: string[] = [];
  await mkdir(out, { recursive: true }).catch((thrown: unknown) => {
    throw new PortolanError('INPUT_INVALID', `${out} cannot be made`, {
      hint: 'Choose a folder in which you may write.',
      cause: thrown,
    });
  });
  for (const pipeline of job.pipelines) {
    const base = pipeline.fileName.replace(/\.yaml$/, '');
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base}_${n}`;
    taken.add(name.toLowerCase());
    await writeFile(join(out, `${name}.yaml`), piecesOf(pipeline.yaml));
    if (pipeline.sql !== '') await writeFile(join(out, `${name}.sql`), piecesOf(pipeline.sql));
    written.push(relative('', join(out, `${name}.yaml`)).replaceAll('\\', '/'));
  }
  return written;
}

function printJobs(jobs: readonly ConversionJob[]): string {
  if (jobs.length === 0) return 'No file was converted.';
  const rows = jobs.map((job) => [
    job.file,
    job.tool,
    job.status,
    job.confidence.toFixed(2),
    `${job.objects.autoConverted}/${job.objects.total}`,
    job.execution.status,
    `${job.effortHours.toFixed(1)} h`,
  ]);
  const open = jobs.flatMap(({ file, assumptions = [] }) =>
    assumptions
      .filter((one) => !one.said)
      .map(
        (one) => `assumed ${file}: ${one.id}=${one.value} (${one.uses} objects; confirm or change it with --setting)`,
      ),
  );
  const table = printTable(['file', 'tool', 'status', 'confidence', 'converted', 'run', 'effort'], rows);
  const issues = jobs.flatMap((job) =>
    job.issues
      .filter((issue) => issue.severity !== 'info')
      .map(
        (issue) =>
          `${issue.severity.padEnd(7)} ${job.file}${issue.line === null ? '' : `:${issue.line}`}  ${issue.where === job.file ? '' : `${issue.where}: `}${issue.message}`,
      ),
  );
  return [table, ...[issues, open].flatMap((lines) => (lines.length === 0 ? [] : [lines.join('\n')]))].join('\n\n');
}
