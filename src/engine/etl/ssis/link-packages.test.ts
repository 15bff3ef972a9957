import { describe, expect, it } from 'vitest';
import { DataFlow, type Workflow } from '../../dataflow/model.ts';
import { parsePipeline } from '../../dataflow/parse-pipeline.ts';
import { convertEtl } from '../convert.ts';
import { linkEtl } from '../link-etl.ts';
import { parseSsis } from './parse.ts';

const executable = (name: string, inner: string, more = ''): string => `<?xml version="1.0"?>
<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="${name}">
<DTS:ConnectionManagers>${more}</DTS:ConnectionManagers><DTS:Executables>${inner}</DTS:Executables></DTS:Executable>`;

const task = (name: string, inner: string): string =>
  `<DTS:Executable DTS:ExecutableType="Microsoft.ExecutePackageTask" DTS:ObjectName="${name}">
<DTS:ObjectData><ExecutePackageTask>${inner}</ExecutePackageTask></DTS:ObjectData></DTS:Executable>`;

const child = executable('Load people', '');
const parse = (file: string, text: string) => parseSsis(text, { file });

function tasksOf(parent: string, ...others: readonly (readonly [string, string])[]): Workflow['tasks'] {
  const file = parse('Parent.dtsx', parent);
  const files = [file, ...others.map(([name, text]) => parse(name, text))];
  const job = convertEtl(linkEtl(file, files), { dialect: 'duckdb', reproducibleTime: null });
  const { document, diagnostics } = parsePipeline(job.pipelines[0]?.yaml ?? '', 'w.yaml');
  expect(diagnostics).toEqual([]);
  const workflow = DataFlow.parse(document);
  if (workflow.kind !== 'Workflow') throw new Error('no workflow');
  return workflow.tasks;
}

const assignment = (parameter: string, variable: string): string =>
  `<ParameterAssignment><ParameterName>${parameter}</ParameterName><BindedVariableOrParameterName>${variable}</BindedVariableOrParameterName></ParameterAssignment>`;
const named = executable(
  'Parent',
  task(
    'Run people',
    `<UseProjectReference>True</UseProjectReference><PackageName>People.dtsx</PackageName>${assignment('Day', '$Package::Day')}${assignment('Lost', 'User::Nowhere')}`,
  ),
).replace(
  '<DTS:Executables>',
  '<DTS:PackageParameters><DTS:PackageParameter DTS:ObjectName="Day" DTS:DataType="8"/></DTS:PackageParameters><DTS:Executables>',
);

describe('Execute Package tasks', () => {
  it('a package of the import becomes a reference to its workflow, and gets the values that are handed over', () => {
    const [one] = tasksOf(named, ['people.DTSX', child]);
    expect(one).toMatchObject({
      id: 'Run people',
      workflow: 'Load people',
      conversion: 'rule_engine',
      values: [
        { parameter: '$Package::Day', sql: "CAST(getvariable('$Package::Day') AS VARCHAR)" },
        { parameter: '$Package::Lost', sql: expect.stringMatching(/^error\('The value of/) },
      ],
    });
    expect(one?.notes).toEqual([
      'The value of $Package::Lost is not known here (the variable User::Nowhere is not declared in the package)',
    ]);
  });

  it('a package that is named by the path of a connection is found too', () => {
    const connection = `<DTS:ConnectionManager DTS:ObjectName="child" DTS:DTSID="{1}" DTS:CreationName="FILE"><DTS:ObjectData>
<DTS:ConnectionManager DTS:ConnectionString="C:\\etl\\People.dtsx"/></DTS:ObjectData></DTS:ConnectionManager>`;
    const byPath = executable('Parent', task('Run people', '<Connection>{1}</Connection>'), connection);
    expect(tasksOf(byPath, ['People.dtsx', child])[0]).toMatchObject({ workflow: 'Load people' });
  });

  it.each([
    ['is not among the files', []],
    [
      'stands there twice',
      [
        ['a/People.dtsx', child],
        ['b/People.dtsx', child],
      ],
    ],
  ] as const)('a package that %s stays a task for a person', (_, others) => {
    const [one] = tasksOf(named, ...others);
    expect(one).toMatchObject({ conversion: 'unsupported' });
    expect(one?.workflow).toBeUndefined();
  });
});
