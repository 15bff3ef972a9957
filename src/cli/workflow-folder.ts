/** The DataFlow documents beside a workflow, by their names. */
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ExecuteOptions,
  type Pipeline,
  type SqlRunner,
  type Workflow,
  type WorkflowExecution,
  WorkflowDatabase,
  executeWorkflow,
  pipelinesOf,
  parsePipeline,
} from '../engine/index.ts';
import { executionFigures, printExecution } from './execution-figures.ts';
import { printTable } from './print.ts';

type Document = Pipeline | Workflow;

async function documentsBeside(path: string): Promise<readonly Document[]> {
  const folder = dirname(path);
  const found: Document[] = [];
  for (const name of (await readdir(folder)).toSorted().filter((one) => /\.ya?ml$/i.test(one))) {
    const { document } = parsePipeline(await readFile(join(folder, name), 'utf8'), name);
    if (document !== null) found.push(document);
  }
  return found;
}

/** Of several of one name the one from the same export; none where that does not tell. */
function named<D extends Document>(documents: readonly D[], name: string, file: string | undefined): D | null {
  const same = documents.filter((one) => one.name === name);
  const own = same.filter((one) => one.origin?.file === file);
  return own.length === 1 ? (own[0] ?? null) : same.length === 1 ? (same[0] ?? null) : null;
}

/** Runs the workflow of `path` with the pipelines and workflows in its folder. */
export async function runWorkflowFile(
  workflow: Workflow,
  path: string,
  sql: SqlRunner,
  options: ExecuteOptions,
): Promise<WorkflowExecution> {
  const documents = await documentsBeside(path);
  const pipelines = documents.filter((one): one is Pipeline => one.kind === 'Pipeline');
  const workflows = documents.filter((one): one is Workflow => one.kind === 'Workflow');
  const file = workflow.origin?.file;
  const found = {
    pipeline: (name: string) => named(pipelines, name, file),
    workflow: (name: string) => named(workflows, name, file),
  };
  const database = await WorkflowDatabase.open(sql, pipelinesOf(workflow, found), options);
  try {
    return await executeWorkflow(workflow, { database, ...found });
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
export function workflowFigures({ name, status, error, tasks }: WorkflowExecution) {
  return { workflow: name, status, error, tasks: taskFigures(tasks) };
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
export function printWorkflow({ workflow, status, error, tasks }: ReturnType<typeof workflowFigures>): string {
  return [
    `${workflow}: ${status}${error === null ? '' : `: ${error}`}`,
    ...(tasks.length === 0 ? [] : [printTable(['task', 'type', 'status', ''], taskRows(tasks, 0))]),
    ...executionsOf(tasks).map((one) => `\n${printExecution(one)}`),
  ].join('\n');
}
