import { describe, expect, it } from 'vitest';
import { orders, runSsis, source, toTarget } from '../../../../test/support/run-ssis.ts';
import {
  lineage,
  ssisPackage,
  ssisTarget,
  type ComponentSpec,
  type FlowSpec,
} from '../../../../test/support/ssis-xml.ts';
import { convertFile } from '../convert.ts';
import { parseSsis } from './parse.ts';

describe('Aggregate and Data Conversion', () => {
  const aggregate: ComponentSpec = {
    name: 'Agg',
    type: 'Aggregate',
    inputs: [{ name: 'in', columns: [{ from: 'Src.out.name' }, { from: 'Src.out.id' }] }],
    outputs: [
      {
        name: 'out',
        columns: [
          {
            name: 'total',
            type: 'i8',
            properties: { AggregationType: '4', AggregationColumnId: `#{${lineage('Src.out.id')}}` },
          },
          {
            name: 'names',
            type: 'ui8',
            properties: { AggregationType: '3', AggregationColumnId: `#{${lineage('Src.out.name')}}` },
          },
          { name: 'rows', type: 'ui8', properties: { AggregationType: '2', AggregationColumnId: '0' } },
        ],
      },
    ],
  };
  const spec: FlowSpec = {
    components: [
      source,
      aggregate,
      ssisTarget('Tgt', 'Result', ['Agg.out.total i8', 'Agg.out.names i4', 'Agg.out.rows i4']),
    ],
    paths: ['Src.out>Agg.in', ...toTarget('Agg.out')],
  };

  it('counts distinct values without NULL and gives no row for no rows', async () => {
    expect((await runSsis(spec, orders, ['tgt.Result'])).rows('tgt.Result').map((row) => row.map(Number))).toEqual([
      [6, 2, 3],
    ]);
    expect((await runSsis(spec, { Orders: 'SELECT 1 AS id WHERE FALSE' }, ['tgt.Result'])).rows('tgt.Result')).toEqual(
      [],
    );
  });

  it('takes a text that is too long for an error of the row', async () => {
    const convert = (truncation: string): ComponentSpec => ({
      name: 'Conv',
      type: 'DataConvert',
      inputs: [{ name: 'in', columns: [{ from: 'Src.out.name' }] }],
      outputs: [
        {
          name: 'out',
          synchronous: true,
          columns: [
            {
              name: 'short',
              type: 'wstr',
              attributes: { length: '1', errorRowDisposition: 'FailComponent', truncationRowDisposition: truncation },
              properties: { SourceInputColumnLineageID: `#{${lineage('Src.out.name')}}` },
            },
          ],
        },
        { name: 'bad', synchronous: true, error: true },
      ],
    });
    const flow = (truncation: string): FlowSpec => ({
      components: [source, convert(truncation), ssisTarget('Tgt', 'Result', ['Src.out.id i4', 'Conv.out.short wstr'])],
      paths: ['Src.out>Conv.in', ...toTarget('Conv.out')],
    });
    const given = { Orders: "SELECT * FROM (VALUES (1, 'a'), (2, 'long')) AS t(id, name)" };
    expect((await runSsis(flow('FailComponent'), given, [])).error).toContain('Conv: a row cannot be computed');
    expect((await runSsis(flow('RedirectRow'), given, ['tgt.Result'])).rows('tgt.Result')).toEqual([[1, 'a']]);
    expect((await runSsis(flow('IgnoreFailure'), given, ['tgt.Result'])).rows('tgt.Result')).toEqual([
      [1, 'a'],
      [2, 'l'],
    ]);
  });
});

describe('OLE DB Command', () => {
  const command = (sql: string): ComponentSpec => ({
    name: 'Cmd',
    type: 'OLEDBCommand',
    properties: { SqlCommand: sql },
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
  });

  it('updates all rows in one statement, by the columns of its condition', async () => {
    const data = { ...orders, Dim: "SELECT * FROM (VALUES (1, 'old'), (9, 'kept')) AS t(id, name)" };
    const { rows } = await runSsis(
      { components: [source, command('UPDATE [dbo].[Dim] SET [name] = ? WHERE [id] = ?;')], paths: ['Src.out>Cmd.in'] },
      data,
      ['tgt.Dim'],
    );
    expect(rows('tgt.Dim').map((row) => [...row].map(String).sort())).toEqual([
      ['1', 'a'],
      ['9', 'kept'],
    ]);
  });

  it('changes no row but those whose column is empty or filled, as its condition says', async () => {
    const data = {
      Orders: "SELECT * FROM (VALUES (1, 'first'), (1, 'second'), (2, 'only')) AS t(id, name)",
      Dim: "SELECT * FROM (VALUES (1, 'closed'), (1, NULL), (2, 'closed'), (9, NULL)) AS t(id, name)",
    };
    const { rows } = await runSsis(
      {
        components: [source, command('UPDATE [Dim] SET [name] = ? WHERE [id] = ? AND [name] IS NULL')],
        paths: ['Src.out>Cmd.in'],
      },
      data,
      ['tgt.Dim'],
    );
    expect(
      rows('tgt.Dim')
        .map((row) => row.map(String).toSorted().join())
        .toSorted(),
    ).toEqual(['1,closed', '1,first', '2,closed', '9,null']);
  });

  it('is left to a person where it calls a procedure', () => {
    const { job } = convertFile(
      parseSsis(ssisPackage({ components: [source, command('EXEC dbo.Touch ?, ?')], paths: ['Src.out>Cmd.in'] }), {
        file: 'sample.dtsx',
      }),
      { dialect: 'duckdb', reproducibleTime: null },
    );
    expect(job.transformations.find((one) => one.id === 'Cmd')).toMatchObject({
      source: 'unsupported',
      confidence: 0,
      notes: [expect.stringContaining('EXEC dbo.Touch')],
    });
  });
});
