import { describe, expect, it } from 'vitest';
import type { EtlFile, EtlTask, EtlTool, EtlWorkflow } from '../../../shared/model/etl.ts';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import type { Workflow } from '../../dataflow/model.ts';
import { validateWorkflow } from '../../dataflow/validate-workflow.ts';
import { executeWorkflow } from '../execute-workflow.ts';
import { toWorkflow } from '../to-workflow.ts';
import { WorkflowDatabase } from '../workflow-database.ts';

const task = (name: string, type: string, properties: Readonly<Record<string, string>> = {}): EtlTask => ({
  name,
  type,
  mapping: null,
  properties: Object.entries(properties).map(([key, value]) => ({ name: key, value })),
  line: null,
});
const variable = (name: string, dataType: string, defaultValue: string) => ({
  name,
  dataType,
  defaultValue,
  isParameter: true,
});

function documentOf(
  tool: EtlTool,
  tasks: readonly EtlTask[],
  links: readonly (readonly [string, string, (string | null)?])[],
  parameters: EtlWorkflow['parameters'] = [],
): Workflow {
  const workflow: EtlWorkflow = {
    folder: null,
    name: 'w',
    kind: 'workflow',
    tasks,
    links: links.map(([from, to, condition = null]) => ({ from, to, condition })),
    parameters,
    properties: [],
    line: null,
  };
  const file: EtlFile = {
    file: 'w',
    tool,
    version: null,
    exportedAt: null,
    definitions: [],
    mappings: [],
    workflows: [workflow],
    reusable: [],
    tasks: [],
    configurations: [],
    diagnostics: [],
  };
  const document = toWorkflow(workflow, file, { pipelines: new Set(), time: null });
  expect(validateWorkflow(document)).toEqual([]);
  return document;
}

async function statuses(document: Workflow): Promise<Record<string, string>> {
  const database = await WorkflowDatabase.open(createDuckDbRunner(), [], { generate: 0 });
  try {
    const { tasks } = await executeWorkflow(document, { database, pipeline: () => null, workflow: () => null });
    return Object.fromEntries(tasks.map((one) => [one.task, one.status]));
  } finally {
    await database.close();
  }
}

describe('control flow of PowerCenter', () => {
  const set = (name: string, value: string): EtlTask => task(`set ${name}`, 'Assignment', { [name]: value });

  it('follows links by conditions over variables, statuses and decisions', async () => {
    const document = documentOf(
      'powercenter',
      [
        task('Start', 'Start'),
        set('$$N', '$$N * 2'),
        task('Choose', 'Decision', { 'Decision Name': '$$N = 4 AND $Fails.Status = FAILED' }),
        task('Fails', 'Control', { 'Control Option': 'Fail parent' }),
        task('Yes', 'Timer'),
        task('No', 'Timer'),
        task('Late', 'Timer'),
      ],
      [
        ['Start', 'set $$N'],
        ['set $$N', 'Fails', '$$N > 3'],
        ['Fails', 'Choose'],
        ['Choose', 'Yes', '$Choose.Condition = TRUE'],
        ['Choose', 'No', '$Choose.Condition = FALSE'],
        ['No', 'Late'],
      ],
      [variable('$$N', 'integer', '2')],
    );
    expect(await statuses(document)).toEqual({
      Start: 'passed',
      'set $$N': 'passed',
      Fails: 'failed',
      Choose: 'passed',
      Yes: 'passed',
      No: 'skipped',
      Late: 'skipped',
    });
  });

  it('takes the outcome of a decision for a condition by itself, and no other figure of a task', async () => {
    const document = documentOf(
      'powercenter',
      [
        task('Choose', 'Decision', { 'Decision Name': '1 = 1' }),
        task('Yes', 'Timer'),
        task('No', 'Timer'),
        task('Open', 'Timer'),
      ],
      [
        ['Choose', 'Yes', '$Choose.Condition'],
        ['Choose', 'No', 'NOT $Choose.Condition'],
        ['Choose', 'Open', '$Choose.Status'],
      ],
    );
    expect(document.tasks.find(({ id }) => id === 'Open')?.depends_on).toEqual([
      { task: 'Choose', condition: '$Choose.Status' },
    ]);
    expect(await statuses(document)).toMatchObject({ Yes: 'passed', No: 'skipped' });
  });

  it('takes one link for enough where the task says so, and passes over what is switched off', async () => {
    const document = documentOf(
      'powercenter',
      [
        task('Start', 'Start'),
        task('Off', 'Command', { ISENABLED: 'NO' }),
        task('Any', 'Timer', { TREAT_INPUTLINK_AS_AND: 'NO' }),
        task('All', 'Timer', { TREAT_INPUTLINK_AS_AND: 'YES' }),
      ],
      [
        ['Start', 'Off'],
        ['Off', 'Any'],
        ['Start', 'Any', '$Start.Status = FAILED'],
        ['Off', 'All'],
        ['Start', 'All', '$Start.Status = FAILED'],
      ],
    );
    expect(await statuses(document)).toEqual({ Start: 'passed', Off: 'passed', Any: 'passed', All: 'skipped' });
  });

  it.each([
    ['Command', 'It runs commands'],
    ['Email', 'It sends mail'],
    ['Event Wait', 'It waits for a file or an event'],
  ])('says why a %s task is not run', (type, reason) => {
    const [found] = documentOf('powercenter', [task('t', type)], []).tasks;
    expect(found?.conversion).toBe('unsupported');
    expect(found?.notes?.[0]).toContain(reason);
  });

  it('leaves a condition to the source tool that asks for what only that knows', () => {
    const document = documentOf(
      'powercenter',
      [task('a', 'Timer'), task('b', 'Timer')],
      [['a', 'b', '$a.ErrorCode = 0']],
    );
    expect(document.tasks[1]?.depends_on).toEqual([{ task: 'a', condition: '$a.ErrorCode = 0' }]);
  });
});

describe('control flow of DataStage', () => {
  const vars = task('Uv', 'CUserVarsActivity', {
    'variable n': 'Env : "1"',
    'variable more': 'If Env = "x" Then 1 Else 0',
  });
  const env = [variable('Env', 'string', 'x')];

  it('fires triggers by what an activity ended as, by conditions, and otherwise', async () => {
    const document = documentOf(
      'datastage',
      [
        vars,
        task('Nested', 'CCondition'),
        task('Right', 'CSequencer'),
        task('Wrong', 'CSequencer'),
        task('Stop', 'CTerminatorActivity', { FinalMessage: 'nothing to do' }),
        task('Ok', 'CSequencer'),
        task('NotOk', 'CSequencer'),
        task('Warned', 'CSequencer'),
        task('Any', 'CSequencer', { SequencerType: '1' }),
        task('All', 'CSequencer', { SequencerType: '0' }),
      ],
      [
        ['Uv', 'Nested'],
        ['Nested', 'Right', 'Uv.n = "x1" And Uv.more = 1'],
        ['Nested', 'Wrong', 'Otherwise'],
        ['Right', 'Stop'],
        ['Stop', 'Ok', 'OK'],
        ['Stop', 'NotOk', 'Failed'],
        ['Right', 'Warned', 'Warnings'],
        ['Wrong', 'Any'],
        ['NotOk', 'Any'],
        ['Wrong', 'All'],
        ['NotOk', 'All'],
      ],
      env,
    );
    expect(await statuses(document)).toEqual({
      Uv: 'passed',
      Nested: 'passed',
      Right: 'passed',
      Wrong: 'skipped',
      Stop: 'failed',
      Ok: 'skipped',
      NotOk: 'passed',
      Warned: 'skipped',
      Any: 'passed',
      All: 'skipped',
    });
  });

  it('takes Otherwise where no other trigger of the activity fires', async () => {
    const document = documentOf(
      'datastage',
      [vars, task('Nested', 'CCondition'), task('A', 'CSequencer'), task('B', 'CSequencer')],
      [
        ['Uv', 'Nested'],
        ['Nested', 'A', 'Uv.n = "other"'],
        ['Nested', 'B', 'Otherwise'],
      ],
      env,
    );
    expect(await statuses(document)).toMatchObject({ A: 'skipped', B: 'passed' });
  });

  it('leaves what commands and routines gave to the source tool, and loops in an order', () => {
    const document = documentOf(
      'datastage',
      [
        task('Ls', 'CExecCommandActivity'),
        task('Uv', 'CUserVarsActivity', { 'variable n': 'Ls.$CommandOutput' }),
        task('From', 'CStartLoopActivity'),
        task('To', 'CEndLoopActivity'),
      ],
      [
        ['Ls', 'Uv', 'Ls.$ReturnValue = 0'],
        ['Uv', 'From'],
        ['From', 'To'],
        ['To', 'From'],
      ],
    );
    expect(document.tasks.map((one) => one.conversion)).toEqual([
      'unsupported',
      'unsupported',
      'unsupported',
      'unsupported',
    ]);
    expect(document.tasks[1]?.notes?.[0]).toBe('Uv.n: Ls.$CommandOutput is known only in the source tool');
    expect(document.tasks[1]?.depends_on).toEqual([{ task: 'Ls', condition: 'Ls.$ReturnValue = 0' }]);
    expect(document.tasks[2]?.depends_on).toEqual([{ task: 'Uv', outcome: 'done' }]);
  });
});
