import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { benchConvert } from '../../src/cli/bench/convert.ts';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { convertEtl } from '../../src/engine/etl/convert.ts';
import { executeJob } from '../../src/engine/etl/execute-job.ts';
import { readEtl } from '../../src/engine/etl/read-etl.ts';
import { parsePipeline } from '../../src/engine/dataflow/parse-pipeline.ts';
import { readHere } from '../support/read-here.ts';

const folder = resolve(import.meta.dirname, '../../../shared/corpus/powercenter');
const present = existsSync(folder);

const files = present
  ? readdirSync(folder)
      .sort()
      .map((name) => ({
        file: name,
        tool: 'powercenter' as const,
        content: new Uint8Array(readFileSync(resolve(folder, name))),
      }))
  : [];

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

describe.skipIf(!present)(
  `PowerCenter exports from the real world${present ? '' : ' (skipped: ../shared/corpus is not there)'}`,
  () => {
    it.each(files)('nothing written in $file is lost', ({ file, content }) => {
      const text = new TextDecoder('latin1').decode(content);
      const parsed = readEtl(content, { file, tool: 'powercenter' });
      expect({
        definitions: parsed.definitions.length,
        instances: parsed.mappings.reduce((sum, mapping) => sum + mapping.transformations.length, 0),
        connectors: parsed.mappings.reduce((sum, mapping) => sum + mapping.connectors.length, 0),
        tasks: parsed.workflows.reduce((sum, workflow) => sum + workflow.tasks.length, 0),
        links: parsed.workflows.reduce((sum, workflow) => sum + workflow.links.length, 0),
        sessions: parsed.tasks.filter((task) => task.type === 'Session').length,
        errors: parsed.diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length,
      }).toEqual({
        definitions: count(text, /<(?:SOURCE|TARGET)\s/g),
        instances: count(text, /<INSTANCE\s/g),
        connectors: count(text, /<CONNECTOR\s/g),
        tasks: count(text, /<TASKINSTANCE\s/g),
        links: count(text, /<WORKFLOWLINK\s/g),
        sessions: count(text, /<SESSION\s/g),
        errors: 0,
      });
    });

    it.each(files)(
      'every object of $file is accounted for, and equal input gives equal YAML that reads back',
      ({ file, content }) => {
        const parsed = readEtl(content, { file, tool: 'powercenter' });
        const job = convertEtl(parsed, { dialect: 'duckdb', reproducibleTime: null });
        const instances = parsed.mappings
          .filter((mapping) => mapping.kind === 'mapping')
          .reduce((sum, mapping) => sum + mapping.transformations.length, 0);
        expect(job.transformations).toHaveLength(instances);
        expect(
          convertEtl(readEtl(content, { file, tool: 'powercenter' }), { dialect: 'duckdb', reproducibleTime: null }),
        ).toEqual(job);
        for (const artifact of job.pipelines) expect(parsePipeline(artifact.yaml).diagnostics).toEqual([]);
      },
    );

    it('nearly all objects are converted by rules, and nearly all pipelines run on generated rows', async () => {
      const runner = createDuckDbRunner();
      const inputs = files.map((one) => ({ ...one, bytes: one.content.length }));
      const { tools } = await benchConvert(inputs, {
        convert: ({ file, tool, content }) =>
          Promise.resolve(convertEtl(readEtl(content, { file, tool }), { dialect: 'duckdb', reproducibleTime: null })),
        execute: async (job) =>
          (await executeJob(job, { sql: runner, converter: readHere }, { generate: 200 })).executions,
        elapsed: () => performance.now() / 1000,
        peakRssBytes: () => process.memoryUsage.rss(),
      });
      expect(tools.powercenter?.shareByRule).toBeGreaterThan(0.95);
      expect(tools.powercenter?.shareRun).toBeGreaterThan(0.9);
    }, 180_000);
  },
);
