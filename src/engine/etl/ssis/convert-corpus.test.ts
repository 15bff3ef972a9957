import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConvertedTransformation } from '../../../shared/model/conversion.ts';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import { runPipeline } from '../../dataflow/run-pipeline.ts';
import { convertFile } from '../convert.ts';
import { parseSsis } from './parse.ts';

const folder = new URL('../../../../../shared/corpus/ssis/', import.meta.url);
const missing = existsSync(folder) ? false : 'the corpus of public SSIS packages is not beside this project';
const reviewBelow = 0.8;

interface Run {
  readonly pipeline: string;
  /** Converted as a whole: no node is left for a person. */
  readonly whole: boolean;
  readonly error: string | null;
}

async function runAll(name: string): Promise<{
  readonly transformations: readonly ConvertedTransformation[];
  readonly runs: readonly Run[];
  readonly unexplained: readonly string[];
}> {
  const { job, pipelines } = convertFile(parseSsis(readFileSync(new URL(name, folder), 'utf8'), { file: name }), {
    dialect: 'duckdb',
    reproducibleTime: null,
  });
  const runs: Run[] = [];
  for (const pipeline of pipelines) {
    const session = await createDuckDbRunner().open({ readable: [] });
    try {
      const run = await runPipeline(pipeline, session, { generate: 1000, seed: 1 });
      const failed = run.nodes.find((node) => node.error !== null && !/^not (?:converted|run)/.test(node.error));
      runs.push({
        pipeline: `${name}: ${pipeline.name}`,
        whole: pipeline.nodes.every((node) => node.conversion === 'rule_engine'),
        error: failed === undefined ? null : `${failed.id}: ${failed.error ?? ''}`,
      });
    } catch (thrown) {
      runs.push({ pipeline: `${name}: ${pipeline.name}`, whole: true, error: String(thrown) });
    } finally {
      await session.close();
    }
  }
  const unexplained = job.transformations
    .filter((one) => one.confidence < reviewBelow && one.notes.length === 0)
    .map((one) => `${one.mapping}/${one.id}`);
  return { transformations: job.transformations, runs, unexplained };
}

describe.skipIf(missing !== false)(
  `conversion of the corpus${missing === false ? '' : ` (skipped: ${missing})`}`,
  () => {
    it(
      'converts most components by rule, explains the rest, and the pipelines run on generated rows',
      { timeout: 240_000 },
      async () => {
        const transformations: ConvertedTransformation[] = [];
        const runs: Run[] = [];
        const unexplained: string[] = [];
        for (const name of readdirSync(folder)
          .filter((one) => one.endsWith('.dtsx'))
          .sort()) {
          const result = await runAll(name);
          transformations.push(...result.transformations);
          runs.push(...result.runs);
          unexplained.push(...result.unexplained);
        }
        const byRule = transformations.filter((one) => one.source === 'rule_engine');
        const review = byRule.filter((one) => one.confidence < reviewBelow);
        const whole = runs.filter((run) => run.whole);
        const passed = whole.filter((run) => run.error === null);
        const manual = new Map<string, number>();
        for (const one of transformations.filter((part) => part.source !== 'rule_engine'))
          manual.set(one.type, (manual.get(one.type) ?? 0) + 1);
        const share = (part: number, all: number): string =>
          `${part} of ${all} (${((100 * part) / Math.max(1, all)).toFixed(1)} %)`;
        process.stdout.write(
          [
            `components by rule ${share(byRule.length, transformations.length)}, of these needing review ${review.length}; by hand ${transformations.length - byRule.length}`,
            `by hand: ${[...manual]
              .sort((a, b) => b[1] - a[1])
              .map(([type, count]) => `${type} ${count}`)
              .join(', ')}`,
            `wholly converted pipelines that run ${share(passed.length, whole.length)}; all pipelines without a failing node ${share(runs.filter((run) => run.error === null).length, runs.length)}`,
            ...runs
              .filter((run) => run.error !== null)
              .map((run) => `  ${run.pipeline} -> ${run.error?.slice(0, 300) ?? ''}`),
          ].join('\n'),
        );
        expect(unexplained).toEqual([]);
        expect(byRule.length / transformations.length).toBeGreaterThanOrEqual(0.85);
        expect(passed.length / whole.length).toBeGreaterThanOrEqual(0.9);
      },
    );
  },
);
