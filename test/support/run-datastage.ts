/** Converting and running a DataStage job on given rows. */
import { expect } from 'vitest';
import { dsxOf, type DsxJob } from './datastage-dsx.ts';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { runPipeline } from '../../src/engine/dataflow/run-pipeline.ts';
import { convertFile } from '../../src/engine/etl/convert.ts';
import { readEtl } from '../../src/engine/etl/read-etl.ts';
import type { SqlValue } from '../../src/engine/ports/sql-runner.ts';

const runner = createDuckDbRunner();
/** A whole number as a column. */
export const int = (name: string, derivation?: string, more: object = {}) => ({
  name,
  type: 4,
  precision: 10,
  ...(derivation === undefined ? {} : { derivation }),
  ...more,
});
export const text = (name: string, derivation?: string, more: object = {}) => ({
  name,
  type: 12,
  ...(derivation === undefined ? {} : { derivation }),
  ...more,
});
export const file = (name: string) => ({ name, type: 'PxSequentialFile' });

/** Converts the job, runs it on `data` and gives the rows of the named targets, sorted. */
export async function runDataStage(
  job: DsxJob,
  data: Readonly<Record<string, string>>,
  ...targets: readonly string[]
): Promise<readonly (readonly (readonly SqlValue[])[])[]> {
  const parsed = readEtl(dsxOf(job), { file: 'job.dsx', tool: 'datastage' });
  expect(parsed.diagnostics).toEqual([]);
  const [pipeline] = convertFile(parsed, { dialect: 'duckdb', reproducibleTime: null }).pipelines;
  if (pipeline === undefined) throw new Error('no pipeline');
  const session = await runner.open({ readable: [] });
  try {
    const result = await runPipeline(pipeline, session, { data: new Map(Object.entries(data)) });
    const failed = result.nodes.find((node) => node.error !== null);
    if (failed !== undefined) throw new Error(`${failed.id}: ${failed.error ?? ''}`);
    const rows: (readonly (readonly SqlValue[])[])[] = [];
    for (const target of targets)
      rows.push(
        (await session.query(`SELECT * FROM tgt.${target} ORDER BY ALL NULLS LAST`)).rows.map((row) =>
          row.map((value) => (typeof value === 'bigint' ? Number(value) : value)),
        ),
      );
    return rows;
  } finally {
    await session.close();
  }
}

/** A job of one stage between the files S and T. */
export function single(
  stage: DsxJob['stages'][number],
  input: DsxJob['links'][number]['columns'],
  output: DsxJob['links'][number]['columns'],
): DsxJob {
  return {
    name: 'job',
    stages: [file('S'), stage, file('T')],
    links: [
      { name: 'in', from: 'S', to: stage.name, columns: input },
      { name: 'out', from: stage.name, to: 'T', columns: output },
    ],
  };
}
