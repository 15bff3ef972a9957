/** Converting an export of any tool and running its pipeline on given rows. */
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import type { Pipeline } from '../../src/engine/dataflow/model.ts';
import { runPipeline, type PipelineRun } from '../../src/engine/dataflow/run-pipeline.ts';
import { convertFile } from '../../src/engine/etl/convert.ts';
import { readEtl } from '../../src/engine/etl/read-etl.ts';
import type { SqlValue } from '../../src/engine/ports/sql-runner.ts';
import type { ConversionJob } from '../../src/shared/model/conversion.ts';
import type { EtlTool } from '../../src/shared/model/etl.ts';

type Rows = readonly (readonly SqlValue[])[];

export interface RanEtl {
  readonly job: ConversionJob;
  readonly pipeline: Pipeline;
  readonly run: PipelineRun;
  /** The first error of a node, null where all ran. */
  readonly error: string | null;
  /** What the asked relations hold afterwards, sorted; empty where a node failed. */
  readonly rows: readonly Rows[];
}

const runner = createDuckDbRunner();

/** Whole numbers as numbers, everything else as it is. */
const plain = (value: SqlValue): SqlValue => (typeof value === 'bigint' ? Number(value) : value);

/** Converts the first mapping of `text` and runs it on `data` (SQL of a relation by table name). */
export async function runEtl(
  tool: EtlTool,
  text: string,
  data: Readonly<Record<string, string>>,
  relations: readonly string[],
): Promise<RanEtl> {
  const file = readEtl(text, { file: `fixture.${tool}`, tool });
  const { pipelines, job } = convertFile(file, { dialect: 'duckdb', reproducibleTime: null });
  const [pipeline] = pipelines;
  if (pipeline === undefined) throw new Error(`no pipeline: ${JSON.stringify(file.diagnostics)}`);
  const session = await runner.open({ readable: [] });
  try {
    const lower = new Map(Object.entries(data).map(([name, sql]) => [name.toLowerCase(), sql]));
    const run = await runPipeline(pipeline, session, { data: lower, runTime: '2024-06-15 10:30:00' });
    const error = run.nodes.find((node) => node.error !== null)?.error ?? null;
    const rows: Rows[] = [];
    if (error === null)
      for (const relation of relations) {
        const found = await session.query(`SELECT * FROM ${relation} ORDER BY ALL NULLS LAST`);
        rows.push(found.rows.map((row) => row.map(plain)));
      }
    return { job, pipeline, run, error, rows };
  } finally {
    await session.close();
  }
}

/** As `runEtl`, where every node has to run. */
export async function rowsOf(
  tool: EtlTool,
  text: string,
  data: Readonly<Record<string, string>>,
  ...relations: readonly string[]
): Promise<readonly Rows[]> {
  const { error, rows } = await runEtl(tool, text, data, relations);
  if (error !== null) throw new Error(error);
  return rows;
}
