import { describe, expect, it } from 'vitest';
import type { EtlFile, EtlTask, EtlTool, EtlWorkflow } from '../../../shared/model/etl.ts';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import type { Workflow } from '../../dataflow/model.ts';
import { validateWorkflow } from '../../dataflow/validate-workflow.ts';
import { executeWorkflow } from '../execute-workflow.ts';
import { toWorkflows } from '../to-workflow.ts';
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

function documentsOf(
  tool: EtlTool,
  tasks: readonly EtlTask[],
  links: readonly (readonly [string, string, (string | null)?])[],
  parameters: EtlWorkflow['parameters'] = [],
): readonly Workflow[] {
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
  const documents = toWorkflows(workflow, file, {
    pipelines: new Set(tasks.flatMap(({ mapping }) => mapping ?? [])),
    time: null,
  });
  for (const document of documents) expect(validateWorkflow(document)).toEqual([]);
  return documents;
}

function documentOf(...parts: Parameters<typeof documentsOf>): Workflow {
  const [document] = documentsOf(...parts);
  if (document === undefined) throw new Error('no document');
  return document;
}

/** Runs the first document: what its tasks ended as, and whether a condition holds in the end. */
async function ran(documents: readonly Workflow[], condition = 'FALSE') {
  const database = await WorkflowDatabase.open(createDuckDbRunner(), [], { generate: 0 });
  const [document] = documents;
  if (document === undefined) throw new Error('no document');
  const workflow = (name: string): Workflow | null => documents.find((one) => one.name === name) ?? null;
  try {
    const { tasks } = await executeWorkflow(document, { database, pipeline: () => null, workflow });
    const ended = Object.fromEntries(tasks.map((one) => [one.task, one.status]));
    return { statuses: ended, holds: await database.holds(condition) };
  } finally {
    await database.close();
  }
}

const statuses = async (document: Workflow): Promise<Record<string, string>> => (await ran([document])).statuses;

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

  it('leaves what commands and routines gave to the source tool, and loops without values', () => {
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
    expect(document.tasks.map(({ id, conversion }) => [id, conversion])).toEqual([
      ['Ls', 'unsupported'],
      ['Uv', 'unsupported'],
      ['From', 'unsupported'],
    ]);
    expect(document.tasks[2]?.notes?.[0]).toBe('The rounds of the loop: it has no list of values');
    expect(document.tasks[1]?.notes?.[0]).toBe('Uv.n: Ls.$CommandOutput is known only in the source tool');
    expect(document.tasks[1]?.depends_on).toEqual([{ task: 'Ls', condition: 'Ls.$ReturnValue = 0' }]);
    expect(document.tasks[2]?.depends_on).toEqual([{ task: 'Uv', outcome: 'done' }]);
  });

  const collect = task('Uv', 'CUserVarsActivity', { 'variable all': 'NullToEmpty(Uv.all) : Loop.$Counter' });
  const list = { LoopType: '1', DelimitedLoopValues: 'a;#Env#;c', Delimiter: ';' };
  const looped: Parameters<typeof documentsOf>[2] = [
    ['Loop', 'Uv'],
    ['Uv', 'End'],
    ['End', 'Loop'],
    ['End', 'After'],
  ];
  const ends = [task('End', 'CEndLoopActivity'), task('After', 'CSequencer')];

  it('runs what lies in a loop once for each value of its list, and goes on after the loop', async () => {
    const start = task('Loop', 'CStartLoopActivity', list);
    const documents = documentsOf('datastage', [start, collect, ...ends], looped, env);
    expect(documents.map((one) => [one.name, one.tasks.map(({ id }) => id)])).toEqual([
      ['w', ['Loop', 'After']],
      ['w\\Loop', ['Uv', 'End']],
    ]);
    const { statuses: ended, holds } = await ran(documents, "getvariable('Uv.all') = 'axc'");
    expect({ ended, holds }).toEqual({ ended: { Loop: 'passed', After: 'passed' }, holds: true });
  });

  it('runs a numeric loop to its last number, in steps', async () => {
    const start = task('Loop', 'CStartLoopActivity', { LoopType: '0', From: '1', To: '6', Step: '2' });
    const documents = documentsOf('datastage', [start, collect, ...ends], looped);
    expect((await ran(documents, "getvariable('Uv.all') = '135'")).holds).toBe(true);
  });

  it('goes on to the next round after a failure that has a trigger, and stops where the end is not reached', async () => {
    const start = task('Loop', 'CStartLoopActivity', list);
    const fails = task('Stop', 'CTerminatorActivity');
    const through = documentsOf(
      'datastage',
      [start, collect, fails, ...ends],
      [
        ['Loop', 'Uv'],
        ['Uv', 'Stop'],
        ['Stop', 'End', 'Failed'],
        ['End', 'Loop'],
        ['End', 'After'],
      ],
      env,
    );
    expect(await ran(through, "getvariable('Uv.all') = 'axc'")).toEqual({
      statuses: { Loop: 'passed', After: 'passed' },
      holds: true,
    });
    const ended = documentsOf(
      'datastage',
      [start, collect, fails, ...ends],
      [
        ['Loop', 'Uv'],
        ['Uv', 'Stop'],
        ['Stop', 'End', 'OK'],
        ['End', 'Loop'],
        ['End', 'After'],
      ],
      env,
    );
    expect(await ran(ended, "getvariable('Uv.all') = 'a'")).toEqual({
      statuses: { Loop: 'failed', After: 'skipped' },
      holds: true,
    });
  });

  it('keeps a loop together that is entered from outside, and says so', () => {
    const start = task('Loop', 'CStartLoopActivity', list);
    const [document, ...others] = documentsOf(
      'datastage',
      [task('Aside', 'CSequencer'), start, collect, ...ends],
      [...looped, ['Aside', 'Uv']],
    );
    expect(others).toEqual([]);
    expect(document?.tasks.find(({ id }) => id === 'Loop')).toMatchObject({
      conversion: 'unsupported',
      notes: [expect.stringContaining('entered from outside')],
    });
  });

  it('starts an exception handler after a failure that has no trigger, and only then', async () => {
    const handler = task('Handler', 'CExceptionHandler');
    const [ok, next] = [task('Ok', 'CUserVarsActivity', { 'variable a': '1' }), task('Report', 'CSequencer')];
    const bad = task('Bad', 'CUserVarsActivity', { 'variable b': 'StringToDecimal("x") / 0' });
    const calm = documentOf('datastage', [handler, next, ok], [['Handler', 'Report']]);
    expect(await statuses(calm)).toEqual({ Ok: 'passed', Handler: 'skipped', Report: 'skipped' });
    const failing = {
      ...calm,
      tasks: calm.tasks.map((one) => (one.id === 'Ok' ? { ...one, statements: [{ sql: "SELECT error('x')" }] } : one)),
    };
    expect(await statuses(failing)).toEqual({ Ok: 'failed', Handler: 'passed', Report: 'passed' });
    const handled = documentOf(
      'datastage',
      [handler, next, bad, task('Fix', 'CSequencer')],
      [
        ['Handler', 'Report'],
        ['Bad', 'Fix', 'Failed'],
      ],
    );
    expect((await statuses(handled))['Handler']).toBe('skipped');
  });

  it('hands the values of a job activity to its job, by its expressions', () => {
    const job: EtlTask = {
      ...task('Load', 'CJobActivity', {
        'parameter Env': 'Env : "_x"',
        'parameter Day': 'Uv.day',
        'parameter Same': '$PROJDEF',
        'parameter Lost': 'Cmd.$CommandOutput',
      }),
      mapping: 'load',
    };
    const uv = task('Uv', 'CUserVarsActivity', { 'variable day': '"1"' });
    const [document] = documentsOf('datastage', [uv, task('Cmd', 'CExecCommandActivity'), job], [['Uv', 'Load']], env);
    expect(document?.tasks[2]).toMatchObject({
      values: [
        { parameter: 'Env', sql: expect.stringContaining("getvariable('Env')") },
        { parameter: 'Day', sql: "CAST(getvariable('Uv.day') AS VARCHAR)" },
        { parameter: 'Lost', sql: expect.stringMatching(/^error\(/) },
      ],
      notes: ['The value of Lost is not known here (Cmd.$CommandOutput is known only in the source tool)'],
    });
  });
});

describe('values that PowerCenter hands over', () => {
  it('go to the mapping of a session and to a worklet', () => {
    const session: EtlTask = {
      ...task('s', 'Session', { 'Pre-session variable assignment.$$M': '$$W', 'Post-session command.$$X': '1' }),
      mapping: 'm',
    };
    const worklet = task('wk', 'Worklet', { $$Inner: "$$W || 'x'" });
    const [document] = documentsOf('powercenter', [session, worklet], [], [variable('$$W', 'string', 'a')]);
    expect(document?.tasks.map((one) => one.values?.map(({ parameter }) => parameter))).toEqual([['$$M'], ['$$Inner']]);
  });
});
