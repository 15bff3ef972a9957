import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PortolanError } from '../../shared/errors.ts';
import type { KeptText } from '../../shared/model/conversion.ts';
import {
  type ExecuteOptions,
  type GivenData,
  type GivenFile,
  type GivenTable,
  type Pipeline,
  type Workflow,
  type PipelineExecution,
  canonicalJson,
  executePipeline,
  givenFiles,
  parsePipeline,
  reachableFrom,
  tableOfFile,
} from '../../engine/index.ts';
import { type Arguments, parseArguments, wholeNumber } from '../arguments.ts';
import type { Command, CommandContext } from '../context.ts';
import { executionFigures, printExecution } from '../execution-figures.ts';
import { DocumentFolder, printWorkflow, runWorkflowIn, workflowFigures } from '../workflow-folder.ts';

const usage =
  'Usage: portolan execute PIPELINE.yaml|WORKFLOW.yaml|EXPORT [--data DIR] [--input TABLE=FILE] [--generate N] [--expect TABLE=FILE] [--tolerance N] [--parameter NAME=VALUE] [--memory 1GB] [--samples N]';
const GENERATED_ROWS = 1000;
const MAX_ROWS = 10_000_000;

/**
 * `execute`: one pipeline, those of a workflow in its order, or all of a legacy export, node by node on DuckDB. Tables without
 * a file get generated rows.
 */
export const execute: Command = async (args, context) => {
  const parsed = parseArguments(
    args,
    {
      data: { type: 'string' },
      generate: { type: 'string' },
      seed: { type: 'string' },
      memory: { type: 'string' },
      samples: { type: 'string' },
      tolerance: { type: 'string' },
    },
    ['input', 'expect', 'parameter'],
  );
  const [path, ...rest] = parsed.files;
  if (path === undefined || rest.length > 0)
    throw new PortolanError('INPUT_INVALID', 'execute needs one pipeline or one export', { hint: usage });
  const memoryLimit = parsed.text('memory') ?? '1GB';
  if (!/^\d{1,5}(?:\.\d)?\s?[KMGT]i?B$/i.test(memoryLimit))
    throw new PortolanError('INPUT_INVALID', `--memory ${memoryLimit} is no size`, {
      hint: 'Write it as 512MB or 2GB.',
    });
  const documents = await documentsOf(path, context);
  checkNames(parsed, documents);
  const files: GivenFile['file'][] = [];
  try {
    const data = await dataOf(parsed, context, files);
    const expected = await namedFiles(parsed.list('expect'), 'expect', context, files);
    const options: ExecuteOptions = {
      generate: parsed.has('generate') || data === null ? wholeNumber(parsed, 'generate', GENERATED_ROWS, MAX_ROWS) : 0,
      seed: wholeNumber(parsed, 'seed', 1, 2_147_483_647),
      parameters: new Map(parsed.list('parameter').map((one) => nameAndValue(one, 'parameter'))),
      sampleRows: parsed.has('samples') ? wholeNumber(parsed, 'samples', 5, 1000) : 0,
      memoryLimit,
      tolerance: toleranceOf(parsed),
      clock: context.engine.dependencies.clock,
      signal: context.signal,
      ...(data === null ? {} : { data }),
      ...(expected === null ? {} : { expected }),
    };
    return documents.kind === 'Workflow'
      ? await runWorkflow(documents, { parsed, options, context })
      : await runAll(documents.pipelines, options, { parsed, context });
  } finally {
    for (const file of files) await file.dispose();
  }
};

async function runAll(
  pipelines: readonly Pipeline[],
  options: ExecuteOptions,
  { parsed, context }: { readonly parsed: Arguments; readonly context: CommandContext },
): Promise<number> {
  const executions: PipelineExecution[] = [];
  for (const [i, pipeline] of pipelines.entries()) {
    context.progress.step('execute', i, pipelines.length, pipeline.name);
    executions.push(await executePipeline(pipeline, context.engine.dependencies.sql, options));
  }
  context.progress.end();
  if (executions.every((one) => one.error === null))
    checkUsed(
      parsed,
      executions.flatMap((one) => one.given),
    );
  const figures = executions.map(executionFigures);
  const [first] = figures;
  const document = figures.length === 1 && first !== undefined ? first : { pipelines: figures };
  context.print(context.json ? canonicalJson(document, 2) : figures.map(printExecution).join('\n\n'));
  return figures.every((one) => one.status === 'passed') ? 0 : 1;
}

function toleranceOf(parsed: Arguments): number {
  const text = parsed.text('tolerance') ?? '0';
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new PortolanError('INPUT_INVALID', `--tolerance ${text} is no number from 0`, {
      hint: 'Give how far numbers may be from the expected ones, e.g. --tolerance 0.01.',
    });
  return value;
}

interface Known {
  readonly pipelines: readonly Pipeline[];
  readonly parameters: readonly string[];
  /** SQL outside of pipelines, which may name further tables. */
  readonly sql: string;
}

function knownOf(documents: Documents): Known {
  const all =
    documents.kind === 'Workflow'
      ? [documents.workflow, ...documents.inner, ...documents.pipelines]
      : documents.pipelines;
  const tasks =
    documents.kind === 'Workflow' ? [documents.workflow, ...documents.inner].flatMap((one) => one.tasks) : [];
  return {
    pipelines: documents.pipelines,
    parameters: all.flatMap(({ parameters }) => (parameters ?? []).map(({ name }) => name)),
    sql: tasks
      .flatMap(({ statements }) => (statements ?? []).map(({ sql }) => sql))
      .join('\n')
      .toLowerCase(),
  };
}

const list = (names: readonly string[]): string => [...new Set(names)].toSorted().join(', ');

/** Throws where something is given for a table or parameter that there is not, or given twice: before anything is run. */
function checkNames(parsed: Arguments, documents: Documents): void {
  const { pipelines, parameters, sql } = knownOf(documents);
  const tables = (role: 'source' | 'target'): readonly string[] =>
    pipelines.flatMap((one) => (one.tables ?? []).flatMap((table) => (table.role === role ? [table.name] : [])));
  const named = (names: readonly string[], word: string): string =>
    names.length === 0 ? `There is no ${word}.` : `There is ${list(names)}.`;
  const known = {
    input: { names: [...tables('source'), ...tables('target')], word: 'table' },
    expect: { names: tables('target'), word: 'target' },
    parameter: { names: parameters, word: 'parameter' },
  };
  for (const [option, { names, word }] of Object.entries(known)) {
    const seen = new Set<string>();
    for (const one of parsed.list(option)) {
      const name = nameAndValue(one, option)[0].toLowerCase();
      if (seen.size === seen.add(name).size)
        throw new PortolanError('INPUT_INVALID', `--${option} ${one}: ${name} is given twice`, {
          hint: 'Give it once.',
        });
      const isKnown = names.some((each) => each.toLowerCase() === name) || (option === 'input' && sql.includes(name));
      if (!isKnown)
        throw new PortolanError('INPUT_INVALID', `--${option} ${one} fits no ${word} of the pipeline`, {
          hint: named(names, word),
        });
    }
  }
}

/** Throws where a file was given for a table and not used: the run would have been on other rows than was meant. */
function checkUsed(parsed: Arguments, given: readonly GivenTable[]): void {
  for (const one of parsed.list('input')) {
    const name = nameAndValue(one, 'input')[0].toLowerCase();
    const files = given.filter(({ table }) => table === name);
    if (files.some(({ used }) => used)) continue;
    const [file] = files;
    throw new PortolanError('INPUT_INVALID', `--input ${one} was not used`, {
      hint: file === undefined ? 'Nothing that was run reads it.' : `${file.notes.join('; ')}.`,
    });
  }
  if (parsed.text('data') === undefined || parsed.has('generate') || given.some(({ used }) => used)) return;
  throw new PortolanError('INPUT_INVALID', `No file of ${parsed.text('data') ?? ''} fits a table of the pipeline`, {
    hint:
      given.flatMap(({ notes }) => notes)[0] ??
      'Name the files after the tables, e.g. CUSTOMERS.csv, or add --generate 1000.',
  });
}

async function runWorkflow(
  { workflow, folder }: Extract<Documents, { kind: 'Workflow' }>,
  {
    parsed,
    options,
    context,
  }: { readonly parsed: Arguments; readonly options: ExecuteOptions; readonly context: CommandContext },
): Promise<number> {
  context.progress.step('execute', 0, 0, workflow.name);
  const { execution, given } = await runWorkflowIn(folder, workflow, context.engine.dependencies.sql, options);
  context.progress.end();
  if (execution.error === null) checkUsed(parsed, given);
  const figures = workflowFigures(execution, given);
  context.print(context.json ? canonicalJson(figures, 2) : printWorkflow(figures));
  return figures.status === 'passed' ? 0 : 1;
}

type Documents =
  | { readonly kind: 'Pipelines'; readonly pipelines: readonly Pipeline[] }
  | {
      readonly kind: 'Workflow';
      readonly workflow: Workflow;
      readonly folder: DocumentFolder;
      /** All that a run may come to. */
      readonly inner: readonly Workflow[];
      readonly pipelines: readonly Pipeline[];
    };

/** The document of a YAML file; the pipelines of a legacy export after converting it. */
async function documentsOf(path: string, { engine, signal }: CommandContext): Promise<Documents> {
  if (!/\.ya?ml$/i.test(path)) {
    const { job } = await engine.convert(await engine.describe(path, 'etl'), { signal });
    const found = job.pipelines
      .filter((one) => one.kind === 'Pipeline')
      .map((one) => documentOf(one.yaml, one.fileName))
      .filter((one) => one.kind === 'Pipeline');
    if (found.length === 0)
      throw new PortolanError('INPUT_INVALID', `${basename(path)} has no mapping that could be run`, {
        hint: job.gate[0] ?? 'Export it with its dependencies.',
        where: { file: basename(path) },
      });
    return { kind: 'Pipelines', pipelines: found };
  }
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${path} cannot be read`, { hint: 'Check the path.', cause });
  });
  const document = documentOf(text, basename(path));
  if (document.kind === 'Pipeline') return { kind: 'Pipelines', pipelines: [document] };
  const folder = await DocumentFolder.open(dirname(path));
  return { kind: 'Workflow', workflow: document, folder, ...reachableFrom(document, folder.of(document)) };
}

function documentOf(text: KeptText, file: string): Pipeline | Workflow {
  const { document, diagnostics } = parsePipeline(text, file);
  const [problem] = diagnostics;
  if (document === null)
    throw new PortolanError('INPUT_INVALID', problem?.message ?? 'not a pipeline', {
      hint: 'Correct the file, or convert the export again.',
      where: { file, ...(problem?.line == null ? {} : { line: problem.line }) },
    });
  return document;
}

function nameAndValue(text: string, option: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1)
    throw new PortolanError('INPUT_INVALID', `--${option} ${text} has no name and value`, {
      hint: `Write it as --${option} NAME=${option === 'parameter' ? 'VALUE' : 'FILE'}.`,
    });
  return [text.slice(0, at), text.slice(at + 1)];
}

async function prepare(
  path: string,
  { engine, signal }: CommandContext,
): Promise<Omit<GivenFile, 'fillsTargets'> | null> {
  const { format, name, path: absolute } = await engine.describe(path, 'source');
  if (format !== 'csv' && format !== 'parquet' && format !== 'json') return null;
  return { file: await engine.dependencies.dataFiles.prepare(absolute, name, signal), format };
}

/** Files of `--data` by their own name, those of `--input` by the name that they were given. */
async function dataOf(
  parsed: Arguments,
  context: CommandContext,
  files: GivenFile['file'][],
): Promise<GivenData | null> {
  const folder = parsed.text('data');
  const named = await mapOf(
    parsed.list('input').map((one) => nameAndValue(one, 'input')),
    context,
    files,
  );
  if (folder === undefined) return named.size === 0 ? null : givenFiles(named);
  if ((await stat(folder).catch(() => null))?.isDirectory() !== true)
    throw new PortolanError('INPUT_UNREADABLE', `${folder} is no folder`, {
      hint: 'Name the folder with the data files.',
    });
  const names = (await readdir(folder)).toSorted().filter((name) => !named.has(tableOfFile(name)));
  const found = await mapOf(
    names.map((name) => [tableOfFile(name), join(folder, name)] as const),
    context,
    files,
    true,
  );
  return givenFiles(new Map([...found, ...named]));
}

async function namedFiles(
  list: readonly string[],
  option: string,
  context: CommandContext,
  files: GivenFile['file'][],
): Promise<GivenData | null> {
  const found = await mapOf(
    list.map((one) => nameAndValue(one, option)),
    context,
    files,
  );
  return found.size === 0 ? null : givenFiles(found, option);
}

async function mapOf(
  named: readonly (readonly [string, string])[],
  context: CommandContext,
  files: GivenFile['file'][],
  lenient = false,
): Promise<ReadonlyMap<string, GivenFile>> {
  const found = new Map<string, GivenFile>();
  for (const [name, path] of named) {
    const prepared = await prepare(path, context);
    if (prepared !== null) {
      files.push(prepared.file);
      found.set(name.toLowerCase(), { ...prepared, fillsTargets: true, isNamed: !lenient });
    } else if (!lenient)
      throw new PortolanError('INPUT_INVALID', `${path} is no data file`, { hint: 'Give CSV, Parquet or JSON.' });
  }
  return found;
}
