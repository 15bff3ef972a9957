/** The DataFlow documents beside a workflow, by their names. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  type ExecuteOptions,
  type GivenTable,
  type Pipeline,
  type SqlRunner,
  type Workflow,
  type WorkflowExecution,
  WorkflowDatabase,
  type WorkflowDocuments,
  executeWorkflow,
  parsePipeline,
  reachableFrom,
} from '../engine/index.ts';
import { executionFigures, printComparison, printExecution, printInput } from './execution-figures.ts';
import { printTable } from './print.ts';

type Document = Pipeline | Workflow;

/** The documents of a folder. Each is read whole only when one of its name is asked for. */
export class DocumentFolder {
  private readonly texts: readonly { readonly name: string; readonly file: string; readonly text: string }[];
  private readonly read = new Map<string, Document | null>();

  private constructor(texts: DocumentFolder['texts']) {
    this.texts = texts;
  }

  static async open(folder: string): Promise<DocumentFolder> {
    const texts = [];
    for (const file of (await readdir(folder)).toSorted().filter((one) => /\.ya?ml$/i.test(one))) {
      const text = await readFile(join(folder, file), 'utf8');
      const line = /^name:[^\n]*/m.exec(text)?.[0] ?? '';
      texts.push({ name: nameIn(line), file, text });
    }
    return new DocumentFolder(texts);
  }

  /** Of several of one name the one from the same export; null where that does not tell. */
  private find<K extends Document['kind']>(
    kind: K,
    name: string,
    origin: string | undefined,
  ): (Document & { kind: K }) | null {
    const same = this.texts
      .filter((one) => one.name === name)
      .map((one) => this.parsed(one))
      .filter((one): one is Document & { kind: K } => one?.kind === kind);
    const own = same.filter((one) => one.origin?.file === origin);
    return own.length === 1 ? (own[0] ?? null) : same.length === 1 ? (same[0] ?? null) : null;
  }

  /** The documents that `workflow` may run. */
  of({ origin }: Workflow): WorkflowDocuments {
    return {
      pipeline: (name) => this.find('Pipeline', name, origin?.file),
      workflow: (name) => this.find('Workflow', name, origin?.file),
    };
  }

  private parsed({ file, text }: { readonly file: string; readonly text: string }): Document | null {
    const known = this.read.get(file);
    if (known !== undefined) return known;
    const { document } = parsePipeline(text, file);
    this.read.set(file, document);
    return document;
  }
}

function nameIn(line: string): string {
  const value: unknown = parse(line === '' ? 'name:' : line, { logLevel: 'silent' });
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : null;
  return typeof name === 'string' || typeof name === 'number' ? String(name) : '';
}

/** Runs `workflow` with the pipelines and workflows of its folder. */
export async function runWorkflowIn(
  folder: DocumentFolder,
  workflow: Workflow,
  sql: SqlRunner,
  options: ExecuteOptions,
): Promise<{ readonly execution: WorkflowExecution; readonly given: readonly GivenTable[] }> {
  const documents = folder.of(workflow);
  const database = await WorkflowDatabase.open(sql, reachableFrom(workflow, documents).pipelines, options);
  try {
    const execution = await executeWorkflow(workflow, { database, ...documents });
    return { execution, given: database.givenSoFar };
  } finally {
    await database.close();
  }
}

type Tasks = WorkflowExecution['tasks'];
interface TaskFigures {
  readonly task: string;
  readonly type: string;
  readonly status: Tasks[number]['status'];
  readonly detail: string;
  readonly execution: ReturnType<typeof executionFigures> | null;
  readonly tasks: readonly TaskFigures[];
}

const taskFigures = (tasks: Tasks): readonly TaskFigures[] =>
  tasks.map(({ task, type, status, detail, execution, tasks: inner }) => ({
    task,
    type,
    status,
    detail,
    execution: execution === null ? null : executionFigures(execution),
    tasks: taskFigures(inner),
  }));

/** The JSON of a workflow's run. */
export function workflowFigures(
  { name, status, error, tasks, comparisons }: WorkflowExecution,
  given: readonly GivenTable[],
) {
  return { workflow: name, status, error, tasks: taskFigures(tasks), comparisons, inputs: given };
}

function taskRows(tasks: readonly TaskFigures[], depth: number): readonly (readonly string[])[] {
  return tasks.flatMap(({ task, type, status, detail, tasks: inner }) => [
    [`${'  '.repeat(depth)}${task}`, type, status, detail],
    ...taskRows(inner, depth + 1),
  ]);
}

const executionsOf = (tasks: readonly TaskFigures[]): readonly NonNullable<TaskFigures['execution']>[] =>
  tasks.flatMap(({ execution, tasks: inner }) => [...(execution === null ? [] : [execution]), ...executionsOf(inner)]);

/** The same for a person. */
export function printWorkflow({
  workflow,
  status,
  error,
  tasks,
  comparisons,
  inputs,
}: ReturnType<typeof workflowFigures>): string {
  return [
    `${workflow}: ${status}${error === null ? '' : `: ${error}`}`,
    ...(tasks.length === 0 ? [] : [printTable(['task', 'type', 'status', ''], taskRows(tasks, 0))]),
    ...inputs.flatMap(printInput),
    ...comparisons.flatMap(printComparison),
    ...executionsOf(tasks).map((one) => `\n${printExecution(one)}`),
  ].join('\n');
}
