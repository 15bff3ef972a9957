import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { convertEtl } from '../../src/engine/etl/convert.ts';
import { executeJob } from '../../src/engine/etl/execute-job.ts';
import { readEtl } from '../../src/engine/etl/read-etl.ts';
import { parsePipeline } from '../../src/engine/dataflow/parse-pipeline.ts';
import { readHere } from '../support/read-here.ts';

const folder = resolve(import.meta.dirname, '../../../shared/corpus/datastage');
const present = existsSync(folder);
const files = present
  ? readdirSync(folder)
      .sort()
      .map((file) => ({ file, content: new Uint8Array(readFileSync(resolve(folder, file))) }))
  : [];
const read = ({ file, content }: (typeof files)[number]) => readEtl(content, { file, tool: 'datastage' });
const convert = (one: (typeof files)[number]) => convertEtl(read(one), { dialect: 'duckdb', reproducibleTime: null });

const kinds: readonly (readonly [keyof Counts, RegExp])[] = [
  ['stages', /^C(?:CustomStage|TransformerStage|HashedFileStage)$/],
  ['activities', /^CJS(?!ActivityInput|ActivityOutput)\w+$/],
  ['triggers', /^CJSActivityOutput$/],
  ['tables', /^CMetaTable$/],
];

interface Counts {
  stages: number;
  activities: number;
  triggers: number;
  columns: number;
  tables: number;
}

/** The text without its here-documents, line by line. */
function plainLines(content: Uint8Array): readonly string[] {
  const text = new TextDecoder('latin1').decode(content).replaceAll('\r', '');
  return text
    .replace(/=\+=\+=\+=\n[\s\S]*?=\+=\+=\+=/g, '')
    .split('\n')
    .map((line) => line.trim());
}

/** Stages, activities, triggers and link columns as the lines of the text say, without reading its structure. */
function counted(content: Uint8Array): Counts {
  const counts: Counts = { stages: 0, activities: 0, triggers: 0, columns: 0, tables: 0 };
  let [output, within, nested] = [false, false, false];
  for (const line of plainLines(content)) {
    const type = /^OLEType "(\w+)"$/.exec(line)?.[1];
    for (const [name, pattern] of kinds) if (type !== undefined && pattern.test(type)) counts[name] += 1;
    if (type !== undefined) output = /^C(?:Custom|Trx|Hashed|Std)Output$/.test(type);
    const sub = line === 'BEGIN DSSUBRECORD';
    if (sub && within) counts.columns += 1;
    if (!nested && !sub && line !== 'END DSSUBRECORD') within = output && /^Columns "C\w+"$/.test(line);
    nested = sub || (nested && line !== 'END DSSUBRECORD');
  }
  return counts;
}

const sum = <T>(list: readonly T[], size: (one: T) => number): number =>
  list.reduce((total, one) => total + size(one), 0);

describe.skipIf(!present)(
  `DataStage exports from the real world${present ? '' : ' (skipped: ../shared/corpus is not there)'}`,
  () => {
    it.each(files)('nothing written in $file is lost', (one) => {
      const parsed = read(one);
      expect({
        stages: sum(parsed.mappings, (mapping) => mapping.transformations.length),
        activities: sum(parsed.workflows, (workflow) => workflow.tasks.length),
        triggers: sum(parsed.workflows, (workflow) => workflow.links.length),
        columns: sum(
          parsed.mappings,
          (mapping) => mapping.connectors.filter((connector) => connector.fromPort !== '*').length,
        ),
        tables: parsed.definitions.length,
      }).toEqual(counted(one.content));
      expect(parsed.diagnostics.filter((diagnostic) => diagnostic.severity === 'error')).toEqual([]);
    });

    it.each(files)('equal input gives equal YAML that reads back, and no password of $file is in it', (one) => {
      const job = convert(one);
      expect(convert(one)).toEqual(job);
      for (const artifact of job.pipelines) expect(parsePipeline(artifact.yaml).diagnostics).toEqual([]);
      expect(JSON.stringify([job, read(one)])).not.toMatch(/\{iisenc\}[A-Za-z0-9]/);
    });

    it('stages are converted by rule or marked with a reason, and converted pipelines run on 1,000 rows', async () => {
      const runner = createDuckDbRunner();
      const start = performance.now();
      const jobs = files.map(convert);
      const seconds = (performance.now() - start) / 1000;
      const objects = jobs.flatMap((job) => job.transformations);
      let [convertible, ran] = [0, 0];
      for (const job of jobs) {
        const { executions } = await executeJob(job, { sql: runner, converter: readHere }, { generate: 1000 });
        for (const { run, error } of executions) {
          if (run?.nodes.some((node) => node.error?.startsWith('not converted') === true) === true) continue;
          convertible += 1;
          if (error === null && run?.status === 'passed') ran += 1;
        }
      }
      const share = (test: (confidence: number) => boolean): number =>
        objects.filter((object) => test(object.confidence)).length / objects.length;
      const figures = {
        objects: objects.length,
        byRule: share((confidence) => confidence >= 0.85),
        review: share((confidence) => confidence >= 0.6 && confidence < 0.85),
        manual: share((confidence) => confidence < 0.6),
        convertible,
        ran,
        megabytesPerSecond: sum(files, (one) => one.content.length) / 1e6 / seconds,
      };
      process.stdout.write(`DataStage: ${JSON.stringify(figures)}\n`);
      expect(objects.filter((object) => object.confidence < 0.85 && object.notes.length === 0)).toEqual([]);
      expect(figures.byRule).toBeGreaterThan(0.85);
      expect(ran / convertible).toBeGreaterThan(0.9);
    }, 120_000);
  },
);
