import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import type { Pipeline, TaskLink, Workflow } from '../dataflow/model.ts';
import type { ExecuteOptions } from './execute-job.ts';
import { executeWorkflow, reachableFrom, type TaskRun } from './execute-workflow.ts';
import { WorkflowDatabase } from './workflow-database.ts';

const sql = createDuckDbRunner();
const metadata = { dialect: 'duckdb', generator: 'test', overall_confidence: 1, warnings_count: 0 };
const pipeline = (name: string, select: string): Pipeline => ({
  apiVersion: 'dataflow/v1',
  kind: 'Pipeline',
  name,
  nodes: [
    {
      id: 'N',
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      sql: select,
      confidence: 1,
      conversion: 'rule_engine',
    },
  ],
  metadata,
});
/** Fails unless its parameter has the value. */
const needs = (value: string): Pipeline => ({
  ...pipeline(
    `needs ${value}`,
    `SELECT CASE WHEN getvariable('P') <> '${value}' THEN error(getvariable('P')) END AS a`,
  ),
  parameters: [{ name: 'P', type: 'string', default: 'own' }],
});
const pipelines = [
  pipeline('good', 'SELECT 1 AS a'),
  pipeline('bad', 'SELECT nothing FROM nowhere'),
  needs('own'),
  needs('handed'),
  needs('said'),
];

type Task = Workflow['tasks'][number];
const workflow = (name: string, tasks: readonly Task[], more: Partial<Workflow> = {}): Workflow => ({
  apiVersion: 'dataflow/v1',
  kind: 'Workflow',
  name,
  tasks,
  metadata: { generator: 'test' },
  ...more,
});
const task = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  type: 'Session',
  conversion: 'rule_engine',
  ...more,
});
const after = (...ids: readonly string[]) => ({ depends_on: ids.map((one) => ({ task: one })) });
const when = (id: string, link: Partial<TaskLink>) => ({ depends_on: [{ task: id, ...link }] });

async function run(
  tasks: readonly Task[],
  others: readonly Workflow[] = [],
  { more = {}, ...options }: Partial<ExecuteOptions> & { readonly more?: Partial<Workflow> } = {},
) {
  const whole = workflow('wf', tasks, more);
  const documents = {
    pipeline: (name: string) => pipelines.find((one) => one.name === name) ?? null,
    workflow: (name: string) => others.find((one) => one.name === name) ?? null,
  };
  const database = await WorkflowDatabase.open(sql, reachableFrom(whole, documents).pipelines, {
    generate: 10,
    ...options,
  });
  try {
    return await executeWorkflow(whole, { database, ...documents });
  } finally {
    await database.close();
  }
}
const statuses = (tasks: readonly TaskRun[]) => Object.fromEntries(tasks.map((one) => [one.task, one.status]));

describe('running a workflow', () => {
  it('runs its pipelines in the order of the control flow, whatever the order of the file', async () => {
    const { status, tasks } = await run([
      task('second', { pipeline: 'good', ...after('first') }),
      task('first', { pipeline: 'good', ...after('Start') }),
      task('Start', { type: 'Start' }),
    ]);
    expect(status).toBe('passed');
    expect(tasks.map((one) => one.task)).toEqual(['Start', 'first', 'second']);
  });

  it('runs nothing after a failure, unless that is what it waits for', async () => {
    const { status, tasks } = await run([
      task('a', { pipeline: 'bad' }),
      task('b', { pipeline: 'good', ...after('a') }),
      task('c', { pipeline: 'good', ...when('a', { outcome: 'failed' }) }),
      task('d', { pipeline: 'good', ...when('a', { outcome: 'done' }) }),
    ]);
    expect(status).toBe('failed');
    expect(statuses(tasks)).toEqual({ a: 'failed', b: 'skipped', c: 'passed', d: 'passed' });
  });

  it('takes a branch for failures only where there was one', async () => {
    const { status, tasks } = await run([
      task('a', { pipeline: 'good' }),
      task('b', {
        pipeline: 'good',
        ...when('a', { outcome: 'done', expression: "getvariable('task a status') = 'SUCCEEDED'" }),
      }),
      task('c', {
        pipeline: 'bad',
        ...when('a', { outcome: 'done', expression: "getvariable('task a status') = 'FAILED'" }),
      }),
    ]);
    expect(status).toBe('passed');
    expect(statuses(tasks)).toEqual({ a: 'passed', b: 'passed', c: 'skipped' });
  });

  it('says what cannot be run here, and runs nothing that waits for it', async () => {
    const { status, tasks } = await run([
      task('mail', { type: 'Email', conversion: 'unsupported' }),
      task('b', { pipeline: 'good', ...after('mail') }),
      task('x', { pipeline: 'good' }),
      task('y', { pipeline: 'good', ...when('x', { condition: '$$COUNT > 5' }) }),
    ]);
    expect(status).toBe('failed');
    expect(statuses(tasks)).toEqual({ mail: 'unsupported', b: 'skipped', x: 'passed', y: 'unsupported' });
  });

  it('runs the workflows that it calls and its containers, but no loop', async () => {
    const inner = [
      workflow('child', [task('i', { pipeline: 'good' })]),
      workflow('wf\\box', [task('j', { pipeline: 'bad' })]),
    ];
    const { tasks } = await run(
      [
        task('call', { type: 'ExecutePackageTask', workflow: 'child' }),
        task('box', { type: 'STOCK:SEQUENCE' }),
        task('loop', { type: 'STOCK:FOREACHLOOP' }),
        task('lost', { type: 'ExecutePackageTask', workflow: 'elsewhere' }),
        task('gone', { pipeline: 'no_such' }),
      ],
      inner,
    );
    expect(statuses(tasks)).toEqual({
      call: 'passed',
      box: 'failed',
      loop: 'unsupported',
      lost: 'failed',
      gone: 'failed',
    });
    expect(statuses(tasks[1]?.tasks ?? [])).toEqual({ j: 'failed' });
  });

  it('ends where workflows call themselves', async () => {
    const itself = workflow('again', [task('t', { type: 'Worklet', workflow: 'again' })]);
    const { status } = await run([task('t', { type: 'Worklet', workflow: 'again' })], [itself]);
    expect(status).toBe('failed');
  });

  it('hands values to pipelines and to workflows, which have variables of their own, and takes nothing back', async () => {
    const child = workflow(
      'child',
      [
        task('is', { pipeline: 'needs handed' }),
        task('set', { statements: [{ sql: "SET VARIABLE P = 'changed'" }], ...after('is') }),
      ],
      { parameters: [{ name: 'P', type: 'string', default: 'own' }] },
    );
    const values = [{ parameter: 'P', sql: "getvariable('V') || 'ed'" }];
    const { status, tasks } = await run(
      [
        task('pipe', { pipeline: 'needs handed', values }),
        task('call', { type: 'ExecutePackageTask', workflow: 'child', values, ...after('pipe') }),
        task('own', { pipeline: 'needs own', ...after('call') }),
      ],
      [child],
      { more: { parameters: [{ name: 'V', type: 'string', default: 'hand' }] } },
    );
    expect(statuses(tasks)).toEqual({ pipe: 'passed', call: 'passed', own: 'passed' });
    expect(status).toBe('passed');
  });

  it('does not run on the default of a value that it does not know, unless a value is given', async () => {
    const values = [{ parameter: 'P', sql: "error('P is not known here')" }];
    const unknown = await run([task('pipe', { pipeline: 'needs own', values })]);
    expect(unknown.tasks[0]).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('P is not known here'),
    });
    const given = await run([task('pipe', { pipeline: 'needs said', values })], [], {
      parameters: new Map([['p', 'said']]),
    });
    expect(given.status).toBe('passed');
  });
});
