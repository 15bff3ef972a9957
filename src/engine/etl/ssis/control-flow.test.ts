import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import type { Workflow, WorkflowTask } from '../../dataflow/model.ts';
import { convertEtl } from '../convert.ts';
import { executeWorkflow, type WorkflowExecution } from '../execute-workflow.ts';
import { parsePipeline } from '../../dataflow/parse-pipeline.ts';
import { WorkflowDatabase } from '../workflow-database.ts';
import { parseSsis } from './parse.ts';

const variable = (name: string, value: string): string =>
  `<DTS:Variable DTS:Namespace="User" DTS:ObjectName="${name}"><DTS:VariableValue DTS:DataType="3">${value}</DTS:VariableValue></DTS:Variable>`;
const sqlTask = (name: string, sql: string, inner = '', more = ''): string =>
  `<DTS:Executable DTS:refId="Package\\${name}" DTS:ObjectName="${name}" DTS:ExecutableType="Microsoft.ExecuteSQLTask" ${more}>
    <DTS:ObjectData><SQLTask:SqlTaskData SQLTask:SqlStatementSource="${sql}" ${inner === '' ? '' : 'SQLTask:ResultType="ResultSetType_SingleRow"'}>${inner}</SQLTask:SqlTaskData></DTS:ObjectData></DTS:Executable>`;
const result = (column: string, name: string): string =>
  `<SQLTask:ResultBinding SQLTask:ResultName="${column}" SQLTask:DtsVariableName="User::${name}"/>`;
const parameter = (name: string): string =>
  `<SQLTask:ParameterBinding SQLTask:ParameterName="0" SQLTask:DtsVariableName="User::${name}" SQLTask:ParameterDirection="Input"/>`;
const constraint = (from: string, to: string, more = ''): string =>
  `<DTS:PrecedenceConstraint DTS:From="Package\\${from}" DTS:To="Package\\${to}" ${more}/>`;
const expressionTask = (name: string, text: string): string =>
  `<DTS:Executable DTS:refId="Package\\${name}" DTS:ObjectName="${name}" DTS:ExecutableType="Microsoft.ExpressionTask">
    <DTS:ObjectData><ExpressionTask Expression="${text}"/></DTS:ObjectData></DTS:Executable>`;

function documents(executables: string, constraints = '', settings = {}): readonly Workflow[] {
  const text = `<?xml version="1.0"?><DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask"
    DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="P"><DTS:Variables>${variable('N', '0')}${variable('Limit', '3')}</DTS:Variables>
    <DTS:Executables>${executables}</DTS:Executables><DTS:PrecedenceConstraints>${constraints}</DTS:PrecedenceConstraints></DTS:Executable>`;
  const job = convertEtl(parseSsis(text, { file: 'p.dtsx' }), { dialect: 'duckdb', reproducibleTime: null, settings });
  return job.pipelines.flatMap((one) => {
    const { document, diagnostics } = parsePipeline(one.yaml, one.fileName);
    expect(diagnostics).toEqual([]);
    return document?.kind === 'Workflow' ? [document] : [];
  });
}

async function run(workflows: readonly Workflow[]): Promise<WorkflowExecution> {
  const [first] = workflows;
  if (first === undefined) throw new Error('no workflow');
  const database = await WorkflowDatabase.open(createDuckDbRunner(), [], { generate: 0 });
  try {
    return await executeWorkflow(first, {
      database,
      pipeline: () => null,
      workflow: (name) => workflows.find((one) => one.name === name) ?? null,
    });
  } finally {
    await database.close();
  }
}

const taskOf = (workflows: readonly Workflow[], id: string): WorkflowTask | undefined =>
  workflows.flatMap((one) => one.tasks).find((one) => one.id === id);
const statuses = ({ tasks }: WorkflowExecution) => Object.fromEntries(tasks.map((one) => [one.task, one.status]));

const table = sqlTask('Make', 'CREATE TABLE dbo.Log (id INT, note VARCHAR(20))');
const fill = sqlTask('Fill', "INSERT INTO Log VALUES (1, 'One'), (2, 'two')");

describe('control flow of SSIS', () => {
  it('runs a task only where the expression that may switch it off does not hold', async () => {
    const switched = (name: string, sql: string, expression: string): string =>
      sqlTask(name, sql).replace(
        '<DTS:ObjectData>',
        `<DTS:PropertyExpression DTS:Name="Disable">${expression}</DTS:PropertyExpression><DTS:ObjectData>`,
      );
    const tasks = [
      table,
      switched('Off', 'INSERT INTO Log VALUES (1, NULL)', '@[User::Limit] == 3'),
      switched('On', 'INSERT INTO Log VALUES (2, NULL)', '@[User::Limit] == 4'),
      sqlTask('Count', 'SELECT SUM(id) AS n FROM Log', result('n', 'N')),
      sqlTask('Two', 'INSERT INTO Log VALUES (3, NULL)'),
      sqlTask('Other', 'INSERT INTO Log VALUES (4, NULL)'),
    ];
    const links = [
      constraint('Make', 'Off'),
      constraint('Off', 'On'),
      constraint('On', 'Count'),
      constraint('Count', 'Two', 'DTS:EvalOp="1" DTS:Expression="@[User::N] == 2"'),
      constraint('Count', 'Other', 'DTS:EvalOp="1" DTS:Expression="@[User::N] != 2"'),
    ];
    const found = statuses(await run(documents(tasks.join(''), links.join(''))));
    expect([found['Two'], found['Other']]).toEqual(['passed', 'skipped']);
    const unread = documents(switched('Odd', 'DELETE FROM Log', '@[User::Nowhere] == 1'));
    expect(taskOf(unread, 'Odd')?.conversion).toBe('unsupported');
  });

  it('runs SQL that later conditions depend on, by way of variables', async () => {
    const count = sqlTask('Count', 'SELECT COUNT(*) AS c FROM Log', result('c', 'N'));
    const many = sqlTask('Many', 'DELETE FROM Log WHERE id &gt; ?', parameter('N'));
    const both = 'DTS:EvalOp="3" DTS:Value="0" DTS:Expression="@[User::N] &gt; 1"';
    const workflows = documents(
      table + fill + count + many + sqlTask('None', 'TRUNCATE TABLE Log'),
      constraint('Make', 'Fill') +
        constraint('Fill', 'Count') +
        constraint('Count', 'Many', both) +
        constraint('Count', 'None', both.replace('&gt; 1', '== 0')),
    );
    expect(taskOf(workflows, 'Count')?.original).toBe('SELECT COUNT(*) AS c FROM Log');
    expect(statuses(await run(workflows))).toEqual({
      Make: 'passed',
      Fill: 'passed',
      Count: 'passed',
      Many: 'passed',
      None: 'skipped',
    });
  });

  it('takes one constraint for enough where they are joined by OR', async () => {
    const links = (and: string) =>
      constraint('Make', 'After', `DTS:LogicalAnd="${and}"`) +
      constraint('Bad', 'After', `DTS:LogicalAnd="${and}"`) +
      constraint('Bad', 'Handler', 'DTS:Value="1"') +
      constraint('Bad', 'Always', 'DTS:Value="2"');
    const all =
      table +
      sqlTask('Bad', 'SELECT a FROM Log') +
      ['After', 'Handler', 'Always'].map((one) => sqlTask(one, 'SELECT 1')).join('');
    const bad = all + constraint('Make', 'Bad');
    const [either, every] = await Promise.all(
      ['False', 'True'].map((and) => run(documents(bad, constraint('Make', 'Bad') + links(and)))),
    );
    expect(either === undefined ? null : statuses(either)).toEqual({
      Make: 'passed',
      Bad: 'failed',
      After: 'passed',
      Handler: 'passed',
      Always: 'passed',
    });
    expect(every === undefined ? null : statuses(every)['After']).toBe('skipped');
  });

  it('runs on where either the constraint or its expression is enough', async () => {
    const either = 'DTS:EvalOp="4" DTS:Value="0" DTS:Expression="@[User::Limit] == 3"';
    const tasks = sqlTask('Bad', "SELECT CAST('x' AS INT)") + sqlTask('After', 'SELECT 1');
    expect(statuses(await run(documents(tasks, constraint('Bad', 'After', either))))).toEqual({
      Bad: 'failed',
      After: 'passed',
    });
  });

  it('repeats the content of a For Loop while its condition holds', async () => {
    const loop = `<DTS:Executable DTS:refId="Package\\Loop" DTS:ObjectName="Loop" DTS:ExecutableType="STOCK:FORLOOP"
      DTS:InitExpression="@N = 0" DTS:EvalExpression="@N &lt; @Limit" DTS:AssignExpression="@N = @N + 1">
      <DTS:Executables>${sqlTask('Step', 'INSERT INTO Log VALUES (?, NULL)', parameter('N'))}</DTS:Executables></DTS:Executable>`;
    const check = sqlTask('Check', 'SELECT COUNT(*) FROM Log', result('0', 'N'));
    const end = sqlTask('End', 'SELECT 1');
    const workflows = documents(
      table + loop + check + end,
      constraint('Make', 'Loop') +
        constraint('Loop', 'Check') +
        constraint('Check', 'End', 'DTS:EvalOp="1" DTS:Expression="@[User::N] == 3"'),
    );
    expect(statuses(await run(workflows))).toEqual({ Make: 'passed', Loop: 'passed', Check: 'passed', End: 'passed' });
  });

  it('sets variables by expressions and leaves out what is switched off', async () => {
    const workflows = documents(
      expressionTask('Set', '@[User::N] = @[User::Limit] * 2') +
        sqlTask('Off', 'EXEC p', '', 'DTS:Disabled="True"') +
        sqlTask('End', 'SELECT 1'),
      constraint('Set', 'Off') + constraint('Off', 'End', 'DTS:EvalOp="3" DTS:Expression="@[User::N] == 6"'),
    );
    expect(statuses(await run(workflows))).toEqual({ Set: 'passed', Off: 'passed', End: 'passed' });
  });

  it('keeps what it cannot translate, says why, and runs nothing after it', async () => {
    const workflows = documents(
      sqlTask('Proc', 'EXEC dbo.Load ?') + sqlTask('End', 'SELECT 1'),
      constraint('Proc', 'End', 'DTS:EvalOp="1" DTS:Expression="@[User::Missing] == 1"'),
    );
    expect(taskOf(workflows, 'Proc')).toMatchObject({
      conversion: 'unsupported',
      confidence: 0,
      original: 'EXEC dbo.Load ?',
      notes: ['The SQL is not translated: it runs the procedure dbo.Load, whose code is in the database'],
    });
    expect(taskOf(workflows, 'End')?.depends_on).toEqual([{ task: 'Proc', condition: '@[User::Missing] == 1' }]);
    expect(statuses(await run(workflows))).toEqual({ Proc: 'unsupported', End: 'skipped' });
  });

  it('compares texts by the collation that was said, and assumes one until then', () => {
    const sql = (settings = {}) =>
      taskOf(documents(table + sqlTask('T', "DELETE FROM Log WHERE note = 'ONE'"), '', settings), 'T');
    expect(sql()).toMatchObject({
      confidence: 0.92,
      statements: [{ sql: "DELETE FROM tgt.Log WHERE note = 'ONE' COLLATE NOCASE" }],
    });
    expect(sql({ 'ssis.collation': 'cs_as' })).toMatchObject({
      confidence: 0.95,
      statements: [{ sql: "DELETE FROM tgt.Log WHERE note = 'ONE'" }],
    });
  });

  const foreach = (enumerator: string, kind: string, mappings: readonly string[], inner: string): string =>
    `<DTS:Executable DTS:refId="Package\\Each" DTS:ObjectName="Each" DTS:ExecutableType="STOCK:FOREACHLOOP">
      <DTS:ForEachEnumerator DTS:CreationName="Microsoft.ForEach${kind}Enumerator"><DTS:ObjectData>${enumerator}</DTS:ObjectData></DTS:ForEachEnumerator>
      <DTS:Executables>${inner}</DTS:Executables><DTS:ForEachVariableMappings>${mappings
        .map((name, at) => `<DTS:ForEachVariableMapping DTS:ValueIndex="${at}" DTS:VariableName="User::${name}"/>`)
        .join('')}</DTS:ForEachVariableMappings></DTS:Executable>`;
  const insert = sqlTask(
    'Note',
    'INSERT INTO Log VALUES (?, ?)',
    parameter('N') + parameter('Limit').replace('"0"', '"1"'),
  );
  const check = (condition: string): string =>
    sqlTask('Check', `SELECT COUNT(*) AS c FROM Log WHERE ${condition}`, result('c', 'N')) +
    expressionTask('Right', '@[User::Limit] = 1');
  const checked = (first: string, rows: number): string =>
    constraint(first, 'Each') +
    constraint('Each', 'Check') +
    constraint('Check', 'Right', `DTS:EvalOp="3" DTS:Value="0" DTS:Expression="@[User::N] == ${rows}"`);

  it('runs a Foreach loop once for each item of its list', async () => {
    const value = (text: string): string => `<FEIEItemValue Type="3" Value="${text}"/>`;
    const items = `<FEIEItem>${value('1')}${value('10')}</FEIEItem><FEIEItem>${value('2')}${value('20')}</FEIEItem>`;
    const workflows = documents(
      table +
        foreach(items, 'Item', ['N', 'Limit'], insert) +
        check("id = 1 AND note = '10' OR id = 2 AND note = '20'"),
      checked('Make', 2),
    );
    const run1 = await run(workflows);
    expect(statuses(run1)).toEqual({ Make: 'passed', Each: 'passed', Check: 'passed', Right: 'passed' });
  });

  it('runs a Foreach loop over the rows that an Execute SQL task handed to a variable', async () => {
    const query = sqlTask('Rows', 'SELECT id * 10 AS ten, id FROM Log ORDER BY id DESC', result('0', 'List')).replace(
      'ResultSetType_SingleRow',
      'ResultSetType_Rowset',
    );
    const ado = '<FEEADO EnumType="EnumerateRowsInFirstTable" VarName="User::List"/>';
    const workflows = documents(
      table +
        fill +
        query +
        foreach(ado, 'ADO', ['N', 'Limit'], insert) +
        check("id = 10 AND note = '1' OR id = 20 AND note = '2'"),
      constraint('Make', 'Fill') + constraint('Fill', 'Rows') + checked('Rows', 2),
    );
    expect(statuses(await run(workflows))).toMatchObject({ Rows: 'passed', Each: 'passed', Right: 'passed' });
  });

  it.each([
    ['File', '<FEFEProperty Folder="D:\\in"/><FEFEProperty FileSpec="*.csv"/>', /each file \*\.csv of D:\\in/],
    ['FromVar', '<FEEFVE VariableName="User::objList"/>', /what User::objList holds/],
    ['ADO', '<FEEADO EnumType="EnumerateRowsInFirstTable" VarName="User::Other"/>', /fills User::Other/],
  ])('says why a Foreach loop over %s is not run', (kind, enumerator, reason) => {
    const each = taskOf(documents(foreach(enumerator, kind, ['N'], '')), 'Each');
    expect(each).toMatchObject({ conversion: 'unsupported', notes: [expect.stringMatching(reason)] });
  });

  it('runs the handlers of a failure for the task and for what is around it, and says that others are not run', async () => {
    const handler = (event: string, inner: string): string =>
      `<DTS:EventHandlers><DTS:EventHandler DTS:EventName="${event}" DTS:ObjectName="${event}"><DTS:Executables>${inner}</DTS:Executables></DTS:EventHandler></DTS:EventHandlers>`;
    const log = (id: number): string => sqlTask(`Log${id}`, `INSERT INTO Log VALUES (${id}, 'failed')`);
    const bad = sqlTask('Bad', 'DELETE FROM Nowhere').replace(
      '</DTS:ObjectData>',
      `</DTS:ObjectData>${handler('OnError', log(1))}`,
    );
    const text = documents(
      table +
        bad +
        sqlTask('Count', 'SELECT SUM(id) AS c FROM Log', result('c', 'N')) +
        expressionTask('Right', '@[User::Limit] = 1'),
      constraint('Make', 'Bad') +
        constraint('Bad', 'Count', 'DTS:Value="1"') +
        constraint('Count', 'Right', 'DTS:EvalOp="3" DTS:Value="0" DTS:Expression="@[User::N] == 3"') +
        `</DTS:PrecedenceConstraints>${handler('OnTaskFailed', log(2))}${handler('OnPreExecute', log(4))}<DTS:PrecedenceConstraints>`,
    );
    const { tasks } = await run(text);
    expect(Object.fromEntries(tasks.map((one) => [one.task, one.status]))).toMatchObject({
      Bad: 'failed',
      Right: 'passed',
    });
    expect(tasks.find((one) => one.task === 'Bad')?.tasks.map((one) => [one.task, one.status])).toEqual([
      ['P\\Bad [OnError]', 'passed'],
      ['P [OnTaskFailed]', 'passed'],
    ]);
    expect(text.find((one) => one.name === 'P [OnPreExecute]')?.description).toMatch(/which a run does not raise/);
  });
});
