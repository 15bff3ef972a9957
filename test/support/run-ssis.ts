/** Converting and running a package on given rows. */
import { expect } from 'vitest';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import type { EtlSettings } from '../../src/shared/model/etl.ts';
import { runPipeline, type PipelineRun } from '../../src/engine/dataflow/run-pipeline.ts';
import { convertFile } from '../../src/engine/etl/convert.ts';
import { parseSsis } from '../../src/engine/etl/ssis/parse.ts';
import { ssisPackage, ssisSource, type FlowSpec } from './ssis-xml.ts';

type Values = readonly (readonly unknown[])[];

interface Ran {
  readonly run: PipelineRun;
  /** The rows of a relation, in order. */
  readonly rows: (relation: string) => Values;
  readonly error: string | null;
}

/** Converts and runs the package on the rows of `data`, and gives what `relations` hold afterwards. */
export async function runSsis(
  spec: FlowSpec,
  data: Readonly<Record<string, string>>,
  relations: readonly string[],
  settings: EtlSettings = {},
): Promise<Ran> {
  const { pipelines, job } = convertFile(parseSsis(ssisPackage(spec), { file: 'sample.dtsx' }), {
    dialect: 'duckdb',
    reproducibleTime: null,
    settings,
  });
  expect(job.issues.filter((issue) => issue.severity === 'error')).toEqual([]);
  const [pipeline] = pipelines;
  if (pipeline === undefined) throw new Error('no pipeline');
  const session = await createDuckDbRunner().open({ readable: [] });
  try {
    for (const [name, sql] of Object.entries(data)) await session.run(`CREATE TEMP TABLE given_${name} AS ${sql}`);
    const result = await runPipeline(pipeline, session, {
      data: new Map(Object.keys(data).map((name) => [name.toLowerCase(), `given_${name}`])),
    });
    const error = result.nodes.find((node) => node.error !== null)?.error ?? null;
    const found = new Map<string, Values>();
    if (error === null)
      for (const relation of relations)
        found.set(relation, (await session.query(`SELECT * FROM ${relation} ORDER BY ALL`)).rows);
    return { run: result, error, rows: (relation) => found.get(relation) ?? [] };
  } finally {
    await session.close();
  }
}

export const source = ssisSource('Src', 'Orders', ['id i4', 'name wstr']);
export const orders = { Orders: "SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (3, NULL)) AS t(id, name)" };
export const toTarget = (from: string): FlowSpec['paths'] => [`${from}>Tgt.in`];
