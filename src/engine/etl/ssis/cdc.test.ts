import { describe, expect, it } from 'vitest';
import { runSsis } from '../../../../test/support/run-ssis.ts';
import {
  ssisPackage,
  ssisSource,
  ssisTarget,
  type ComponentSpec,
  type FlowSpec,
} from '../../../../test/support/ssis-xml.ts';
import { convertFile } from '../convert.ts';
import { parseSsis } from './parse.ts';

const columns = ['__$operation i4', 'id i4'];

function splitter(disposition: string, outputs = ['InsertOutput', 'UpdateOutput', 'DeleteOutput']): ComponentSpec {
  return {
    name: 'Split',
    type: 'CDCSplitter',
    inputs: [
      {
        name: 'in',
        attributes: { errorRowDisposition: disposition },
        columns: [{ from: 'Src.out.__$operation' }],
      },
    ],
    outputs: [...outputs.map((name) => ({ name, synchronous: true })), { name: 'bad', synchronous: true, error: true }],
  };
}

const flow = (disposition: string): FlowSpec => ({
  components: [
    ssisSource('Src', 'Changes', columns),
    splitter(disposition),
    ...['Inserted', 'Updated', 'Deleted', 'Refused'].map((name) => ssisTarget(name, name, ['Src.out.id i4'])),
  ],
  paths: [
    'Src.out>Split.in',
    'Split.InsertOutput>Inserted.in',
    'Split.UpdateOutput>Updated.in',
    'Split.DeleteOutput>Deleted.in',
    'Split.bad>Refused.in',
  ],
});

const changes = (...operations: readonly (number | null)[]) => ({
  Changes: `SELECT * FROM (VALUES ${operations.map((one, index) => `(${one ?? 'NULL'}, ${index})`).join(', ')}) AS t("__$operation", id)`,
});

const targets = ['tgt.Inserted', 'tgt.Updated', 'tgt.Deleted', 'tgt.Refused'];

describe('CDC Splitter', () => {
  it('sends changes where their operation says', async () => {
    const ran = await runSsis(flow('FailComponent'), changes(1, 2, 3, 4, 5, 2), targets);
    expect(targets.map((name) => ran.rows(name).flat())).toEqual([[1, 5], [2, 3, 4], [0], []]);
  });

  it('fails at an operation that there is not, or sends the row to the error output', async () => {
    expect((await runSsis(flow('FailComponent'), changes(1, null), [])).error).toContain('Split');
    const ran = await runSsis(flow('RedirectRow'), changes(2, 9, null), targets);
    expect(targets.map((name) => ran.rows(name).flat())).toEqual([[0], [], [], [1, 2]]);
  });

  it('is left for a person where an output is none of the product', () => {
    const spec = {
      components: [ssisSource('Src', 'Changes', columns), splitter('FailComponent', ['Other'])],
      paths: ['Src.out>Split.in'],
    };
    const { job } = convertFile(parseSsis(ssisPackage(spec), { file: 'a.dtsx' }), {
      dialect: 'duckdb',
      reproducibleTime: null,
    });
    expect(job.transformations.find((one) => one.type === 'CDCSplitter')).toMatchObject({
      confidence: 0,
      source: 'unsupported',
    });
  });
});

describe('CDC source', () => {
  it('reads the table of changes, which somebody has to load since its state', () => {
    const source: ComponentSpec = {
      ...ssisSource('Src', 'Orders', columns),
      type: 'CDCSource',
      properties: { TableName: '[dbo].[Orders]', CaptureInstance: 'dbo_Orders', StateVariable: 'User::CDC_State' },
    };
    const spec = { components: [source, ssisTarget('Tgt', 'Result', ['Src.out.id i4'])], paths: ['Src.out>Tgt.in'] };
    const { pipelines, job } = convertFile(parseSsis(ssisPackage(spec), { file: 'a.dtsx' }), {
      dialect: 'duckdb',
      reproducibleTime: null,
    });
    expect(pipelines[0]?.tables?.[0]).toMatchObject({ name: 'dbo_Orders_CT', schema: 'cdc' });
    const converted = job.transformations.find((one) => one.type === 'CDCSource');
    expect(converted?.confidence).toBe(0.75);
    expect(converted?.notes.join(' ')).toContain('User::CDC_State');
  });
});
