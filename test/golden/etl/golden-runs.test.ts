import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { runPipeline } from '../../../src/engine/dataflow/run-pipeline.ts';
import { wholeText } from '../../../src/engine/core/kept-text.ts';
import { convertFile } from '../../../src/engine/etl/convert.ts';
import { readEtl } from '../../../src/engine/etl/read-etl.ts';

/** Folders are named after the tool whose export they hold. */
const tools = [
  ['ssis', 'in.dtsx'],
  ['alteryx', 'in.yxmd'],
] as const;
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const cases = tools.flatMap(([tool, input]) =>
  folders.filter((name) => name.startsWith(`${tool}-`)).map((name) => ({ name, tool, input })),
);

describe('exports of SSIS and Alteryx and their pipelines', () => {
  it.each(cases)('$name converts to the YAML beside it, which runs on generated rows', async ({ name, tool, input }) => {
    const folder = join(import.meta.dirname, name);
    const file = readEtl(new Uint8Array(readFileSync(join(folder, input))), { file: input, tool });
    const { job, pipelines } = convertFile(file, { dialect: 'duckdb', reproducibleTime: null });
    const yaml = job.pipelines.map((one) => wholeText(one.yaml)).join('---\n');
    const expected = join(folder, 'out.yaml');
    if (process.env['UPDATE'] === '1') writeFileSync(expected, yaml);
    expect(yaml).toBe(readFileSync(expected, 'utf8'));
    for (const pipeline of pipelines) {
      const session = await createDuckDbRunner().open({ readable: [] });
      const run = await runPipeline(pipeline, session, { generate: 100, seed: 1 });
      await session.close();
      expect(run.nodes.filter((node) => node.error !== null)).toEqual([]);
    }
  });
});
