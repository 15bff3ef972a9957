/** What a package decides by schemas, access modes, expressions and rewritten queries. */
import { describe, expect, it } from 'vitest';
import { runSsis, source } from '../../../../test/support/run-ssis.ts';
import {
  lineage,
  ssisPackage,
  ssisSource,
  ssisTarget,
  type ComponentSpec,
  type FlowSpec,
} from '../../../../test/support/ssis-xml.ts';
import { parsePipeline } from '../../dataflow/parse-pipeline.ts';
import { convertFile } from '../convert.ts';
import { parseSsis } from './parse.ts';

const reference = (...columns: readonly string[]): string =>
  `<referenceMetadata><referenceColumns>${columns.map((name) => `<referenceColumn name="${name}" dataType="DT_I4" length="0" precision="0" scale="0"/>`).join('')}</referenceColumns></referenceMetadata>`;

const nodeOf = (text: string, id: string) => {
  const { pipelines, job } = convertFile(parseSsis(text, { file: 'p.dtsx' }), {
    dialect: 'duckdb',
    reproducibleTime: null,
  });
  return { node: pipelines[0]?.nodes.find((one) => one.id === id), issues: job.issues.map((one) => one.message) };
};

const from = (components: readonly ComponentSpec[], paths: readonly string[]): FlowSpec => ({ components, paths });
const withProperties = (component: ComponentSpec, properties: Readonly<Record<string, string>>): ComponentSpec => ({
  ...component,
  properties: { ...component.properties, ...properties },
});

function rangeLookup(cache: string, query: string): ComponentSpec {
  return {
    name: 'Look',
    type: 'Lookup',
    properties: {
      SqlCommand: 'select * from [dbo].[Bands]',
      SqlCommandParam: query,
      ParameterMap: `#{${lineage('Src.out.id')}};#{${lineage('Src.out.id')}};`,
      CacheType: cache,
      NoMatchBehavior: '0',
      ReferenceMetadataXml: reference('low', 'high', 'band'),
    },
    inputs: [{ name: 'in', columns: [{ from: 'Src.out.id', properties: { JoinToReferenceColumn: 'low' } }] }],
    outputs: [
      {
        name: 'match',
        synchronous: true,
        attributes: { errorRowDisposition: 'IgnoreFailure' },
        columns: [{ name: 'band', type: 'i4', properties: { CopyFromReferenceColumn: 'band' } }],
      },
    ],
  };
}

const ranges =
  'select * from (select * from [dbo].[Bands]) [refTable]\nwhere [refTable].[low] <= ? and [refTable].[high] > ?';
const bands = {
  Orders: "SELECT * FROM (VALUES (1, 'a'), (15, 'b'), (99, 'c'), (NULL, 'd')) AS t(id, name)",
  Bands: 'SELECT * FROM (VALUES (0, 10, 100), (10, 20, 200), (NULL, NULL, 300)) AS t(low, high, band)',
};
const looked = (cache: string, query: string): FlowSpec =>
  from(
    [source, rangeLookup(cache, query), ssisTarget('Tgt', 'Result', ['Src.out.name wstr', 'Look.match.band i4'])],
    ['Src.out>Look.in', 'Look.match>Tgt.in'],
  );

describe('a Lookup whose query was rewritten', () => {
  it('finds the row by the comparisons of the query that runs for each row', async () => {
    const { rows } = await runSsis(looked('1', ranges), bands, ['tgt.Result']);
    expect(rows('tgt.Result')).toEqual([
      ['a', 100],
      ['b', 200],
      ['c', null],
      ['d', null],
    ]);
  });

  it('goes by equal keys where it has a full cache, in which NULL equals NULL', async () => {
    const { rows } = await runSsis(looked('0', ranges), bands, ['tgt.Result']);
    expect(rows('tgt.Result')).toEqual([
      ['a', null],
      ['b', null],
      ['c', null],
      ['d', 300],
    ]);
  });

  it('finds nothing for NULL where the database compares', async () => {
    const usual =
      'select * from (select * from [dbo].[Bands]) [refTable] where [refTable].[low] = ? and [refTable].[high] = ?';
    const { rows } = await runSsis(looked('2', usual), bands, ['tgt.Result']);
    expect(rows('tgt.Result').at(-1)).toEqual(['d', null]);
  });

  it('says so where its condition is anything else', () => {
    const { issues } = nodeOf(ssisPackage(looked('1', `${ranges} or 1 = 1`)), 'Look');
    expect(issues.join()).toContain('was rewritten, and its condition cannot be read');
  });
});

describe('tables of one name in two schemas', () => {
  const staged = withProperties(source, { OpenRowset: '[stg].[Customer]' });
  const target = withProperties(ssisTarget('Tgt', 'Customer', ['Src.out.id i4']), { OpenRowset: '[dw].[Customer]' });
  const text = ssisPackage(from([staged, target], ['Src.out>Tgt.in']));

  it('are two tables, in the data flow and in the SQL of tasks', () => {
    const task = `<DTS:Executable DTS:refId="Package\\Clear" DTS:ObjectName="Clear" DTS:ExecutableType="Microsoft.ExecuteSQLTask"><DTS:ObjectData><SQLTask:SqlTaskData xmlns:SQLTask="x" SQLTask:SqlStatementSource="TRUNCATE TABLE stg.Customer; DELETE FROM [dw].Customer WHERE id = 1"/></DTS:ObjectData></DTS:Executable>`;
    const { pipelines, job } = convertFile(
      parseSsis(text.replace('<DTS:Executables>', `<DTS:Executables>${task}`), { file: 'p.dtsx' }),
      { dialect: 'duckdb', reproducibleTime: null },
    );
    expect(pipelines[0]?.tables?.map(({ role, name }) => `${role} ${name}`)).toEqual([
      'source stg_Customer',
      'target dw_Customer',
    ]);
    const workflow = job.pipelines.find((one) => one.kind === 'Workflow');
    const document = workflow === undefined ? null : parsePipeline(workflow.yaml, workflow.fileName).document;
    const tasks = document?.kind === 'Workflow' ? document.tasks : [];
    expect(tasks.flatMap((one) => one.statements ?? []).map((one) => one.sql)).toEqual([
      'DELETE FROM tgt.stg_Customer',
      'DELETE FROM tgt.dw_Customer WHERE id = 1',
    ]);
  });

  it('keep their plain name where there is one schema only', () => {
    const { pipelines } = convertFile(parseSsis(text.replaceAll('[stg]', '[dw]'), { file: 'p.dtsx' }), {
      dialect: 'duckdb',
      reproducibleTime: null,
    });
    expect(pipelines[0]?.tables?.map(({ name }) => name)).toEqual(['Customer', 'Customer']);
  });
});

describe('a command that replaces NULL', () => {
  it('writes the constant instead of it', async () => {
    const command: ComponentSpec = {
      name: 'Cmd',
      type: 'OLEDBCommand',
      properties: { SqlCommand: "UPDATE dbo.Person SET name = ISNULL(?, N'none') WHERE id = ?" },
      inputs: [
        {
          name: 'in',
          external: ['Param_0 wstr', 'Param_1 i4'],
          columns: [
            { from: 'Src.out.name', to: 'Param_0' },
            { from: 'Src.out.id', to: 'Param_1' },
          ],
        },
      ],
      outputs: [{ name: 'out', synchronous: true }],
    };
    const { run } = await runSsis(
      from([source, command], ['Src.out>Cmd.in']),
      { Orders: "SELECT * FROM (VALUES (1, 'a'), (2, NULL)) AS t(id, name)" },
      [],
    );
    expect(run.nodes.map((one) => one.error)).toEqual([null, null, null]);
  });
});

describe('a variable that an expression computes', () => {
  it('is said to keep its saved value', () => {
    const text = ssisPackage({ components: [], paths: [], variables: { Path: 'c:/a' } }).replace(
      'DTS:ObjectName="Path"',
      'DTS:ObjectName="Path" DTS:EvaluateAsExpression="True" DTS:Expression="@[User::Root] + &quot;a&quot;"',
    );
    expect(parseSsis(text, { file: 'p.dtsx' }).diagnostics.map((one) => one.message)).toEqual([
      'User::Path is computed by @[User::Root] + "a"; here it keeps the value that the file has of it',
    ]);
  });
});

describe('what a source reads', () => {
  const reads = (properties: Readonly<Record<string, string>>) =>
    nodeOf(
      ssisPackage(
        from([withProperties(source, properties), ssisTarget('Tgt', 'Result', ['Src.out.id i4'])], ['Src.out>Tgt.in']),
      ),
      'Src',
    );

  it('is the query of the variable, not the table chosen before it', () => {
    const { node, issues } = reads({
      AccessMode: '3',
      OpenRowset: '[dbo].[Old]',
      SqlCommandVariable: 'User::Query',
    });
    expect([node?.config?.['table'], issues]).toEqual([
      'Query',
      ['What is read comes from the variable User::Query at run time'],
    ]);
  });

  it('is the table that was chosen, not a variable left from before', () => {
    const { node, issues } = reads({ AccessMode: '0', OpenRowset: '[dbo].[New]', SqlCommandVariable: 'User::Query' });
    expect([node?.config?.['table'], issues]).toEqual(['New', []]);
  });

  it('is a query where columns take other names, and a table where they do not', () => {
    const query = (sql: string) => reads({ AccessMode: '2', SqlCommand: sql }).node?.config?.['table'];
    expect(query('SELECT code AS id, name FROM dbo.T')).toBe('Src');
    expect(query('SELECT code id FROM dbo.T')).toBe('Src');
    expect(query('SELECT [id], t.name FROM [dbo].[T] WITH (NOLOCK)')).toBe('T');
  });

  it('is in doubt where an expression of the task sets the query', () => {
    const text = ssisPackage(
      from([source, ssisTarget('Tgt', 'Result', ['Src.out.id i4'])], ['Src.out>Tgt.in']),
    ).replace(
      'DTS:ObjectName="Load">',
      'DTS:ObjectName="Load"><DTS:PropertyExpression DTS:Name="[Src].[SqlCommand]">"SELECT " + @[User::Columns]</DTS:PropertyExpression>',
    );
    const { node, issues } = nodeOf(text, 'Src');
    expect(issues).toEqual(['SqlCommand is set by an expression when it runs: "SELECT " + @[User::Columns]']);
    expect(node?.confidence).toBeLessThan(0.8);
  });
});

describe('sources of two connections', () => {
  it('keep tables of one name apart', () => {
    const link = (name: string): string =>
      `<connections><connection name="OleDbConnection" connectionManagerRefId="Project.ConnectionManagers[${name}]"/></connections>`;
    const linked = ssisPackage(
      from([ssisSource('One', 'Person', ['id i4']), ssisSource('Two', 'Person', ['id i4'])], []),
    )
      .replace('name="One">', `name="One">${link('Crm')}`)
      .replace('name="Two">', `name="Two">${link('Dwh')}`);
    const { pipelines } = convertFile(parseSsis(linked, { file: 'p.dtsx' }), {
      dialect: 'duckdb',
      reproducibleTime: null,
    });
    expect(pipelines[0]?.tables?.map(({ name }) => name)).toEqual(['Person', 'Dwh_Person']);
  });
});
