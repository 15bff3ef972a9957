import { describe, expect, it } from 'vitest';
import { runSsis, source, toTarget } from '../../../../test/support/run-ssis.ts';
import { ssisPackage, ssisTarget, type ComponentSpec, type FlowSpec } from '../../../../test/support/ssis-xml.ts';
import { convertFile } from '../convert.ts';
import { parseSsis } from './parse.ts';

function convert(spec: FlowSpec) {
  const file = parseSsis(ssisPackage(spec), { file: 'sample.dtsx' });
  return convertFile(file, { dialect: 'duckdb', reproducibleTime: null });
}

describe('parameters of a query', () => {
  const query = (mapping: string): ComponentSpec => ({
    ...source,
    properties: { AccessMode: '2', SqlCommand: "EXEC dbo.Changes ?, ?, '?'", ParameterMapping: mapping },
  });
  const flow = (mapping: string): FlowSpec => ({
    components: [query(mapping)],
    paths: [],
    variables: { From: '2024-01-01', To: '2024-02-01' },
  });

  it('are the variables that the package maps them to', () => {
    const { job, pipelines } = convert(flow('"@a:Input",{FROM};"@b:Input",{to};'));
    expect(job.transformations[0]?.confidence).toBeGreaterThanOrEqual(0.85);
    expect(pipelines[0]?.nodes[0]?.config?.['parameters']).toEqual([
      { name: '@a', variable: 'User::From' },
      { name: '@b', variable: 'User::To' },
    ]);
  });

  it.each([['"@a:Input",{FROM};'], ['"@a:Input",{FROM};"@b:Input",{GONE};'], ['']])(
    'are left to a person where one of them is not mapped to a known variable: %s',
    (mapping) => {
      expect(convert(flow(mapping)).job.transformations[0]).toMatchObject({
        confidence: 0.8,
        notes: expect.arrayContaining([expect.stringContaining('parameters')]) as unknown,
      });
    },
  );
});

describe('variables of the system', () => {
  const derived = (expression: string): ComponentSpec => ({
    name: 'Der',
    type: 'DerivedColumn',
    inputs: [{ name: 'in', columns: [{ from: 'Src.out.id' }] }],
    outputs: [
      {
        name: 'out',
        synchronous: true,
        columns: [{ name: 'v', type: 'wstr', properties: { FriendlyExpression: expression, Expression: expression } }],
      },
    ],
  });
  const flow = (expression: string) => ({
    components: [source, derived(expression), ssisTarget('Tgt', 'Result', ['Der.out.v wstr'])],
    paths: ['Src.out>Der.in', ...toTarget('Der.out')],
  });

  it('have the value that the package gives them', async () => {
    const { rows, error } = await runSsis(
      flow('(DT_WSTR,4)YEAR(@[System::CreationDate]) + "/" + @[System::PackageName]'),
      { Orders: "SELECT 1 AS id, 'a' AS name" },
      ['tgt.Result'],
    );
    expect([error, rows('tgt.Result')]).toEqual([null, [['2024/Sample']]]);
  });

  it('that only the run knows are left to a person, and unused ones are no parameters', () => {
    const { job, pipelines } = convert(flow('@[System::MachineName]'));
    expect(job.transformations.find((one) => one.id === 'Der')?.confidence).toBe(0.8);
    expect(pipelines[0]?.parameters ?? []).toEqual([]);
  });
});
