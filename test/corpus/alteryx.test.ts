import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { convertEtl, convertFile } from '../../src/engine/etl/convert.ts';
import { executeJob, type PipelineExecution } from '../../src/engine/etl/execute-job.ts';
import { linkEtl } from '../../src/engine/etl/link-etl.ts';
import { readEtl } from '../../src/engine/etl/read-etl.ts';
import type { ConvertedTransformation } from '../../src/shared/model/conversion.ts';
import { parsePipeline } from '../../src/engine/dataflow/parse-pipeline.ts';
import { readHere } from '../support/read-here.ts';

const folder = resolve(import.meta.dirname, '../../../shared/corpus/alteryx');
const present = existsSync(folder);

const files = present
  ? readdirSync(folder)
      .sort()
      .map((file) => ({ file, content: new Uint8Array(readFileSync(resolve(folder, file))) }))
  : [];

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const read = ({ file, content }: (typeof files)[number]) => readEtl(content, { file, tool: 'alteryx' });

/** The output whose fields are compared, of tools with several. */
const firstOutput = /^(?:Join|True|Unique)$/;

/** Tools that carry no records: comments, containers, browse tools and the layout of an app. */
const documentation = /^(?:TextBox|ToolContainer|ControlContainer|BrowseV2|Tab|Label|LabelGroup|Link)$/;

function shares(tools: readonly ConvertedTransformation[]): string {
  const percent = (many: number): string => `${((100 * many) / tools.length).toFixed(1)} %`;
  const byRule = tools.filter((tool) => tool.confidence >= 0.85).length;
  const byHand = tools.filter((tool) => tool.confidence < 0.6).length;
  const review = tools.length - byRule - byHand;
  return `${tools.length} tools, ${byRule} (${percent(byRule)}) by rule, ${review} (${percent(review)}) for review, ${byHand} (${percent(byHand)}) by hand`;
}

function mostFrequent(types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([type, many]) => `${type} ${many}`)
    .join(', ');
}

interface Ran {
  /** Whether nothing in it is left to be written by hand. */
  readonly whole: boolean;
  /** Converted nodes whose inputs are converted. */
  readonly nodes: number;
  readonly failures: readonly string[];
  /** The file where its run took too long. */
  readonly stopped: readonly string[];
}

/** Milliseconds after which a pipeline is stopped: rows that are generated may multiply in joins. */
const longestRun = 25_000;

const passed = (run: Ran): boolean => run.failures.length === 0 && run.stopped.length === 0;

function ran(file: string, whole: boolean, { run, error }: PipelineExecution): Ran {
  const nodes = (run?.nodes ?? []).filter((node) => !/^not (?:converted|run)/.test(node.error ?? ''));
  const failures = nodes
    .filter((node) => node.error !== null)
    .map((node) => `${file}: ${node.id}: ${node.error ?? ''}`);
  return {
    whole,
    nodes: nodes.length,
    failures: error === null ? failures : [...failures, `${file}: ${error}`],
    stopped: [],
  };
}

describe.skipIf(!present)(
  `Alteryx workflows from the real world${present ? '' : ' (skipped: ../shared/corpus is not there)'}`,
  () => {
    it.each(files)('nothing written in $file is lost', (one) => {
      const text = new TextDecoder().decode(one.content);
      const parsed = read(one);
      const [mapping] = parsed.mappings;
      expect({
        tools: mapping?.transformations.length,
        wires: mapping?.connectors.length,
        ports: mapping?.transformations
          .filter((tool) => tool.type === 'Formula')
          .flatMap((tool) => tool.properties)
          .filter((property) => !property.name.startsWith('tool.') && property.name.endsWith('@expression')).length,
        errors: parsed.diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length,
      }).toEqual({
        tools: count(text, /<Node\s[^>]*ToolID=/g),
        wires: count(text, /<Origin\s/g),
        ports: count(text, /<FormulaField\s/g),
        errors: 0,
      });
    });

    it.each(files)('every tool of $file is accounted for, and equal input gives equal YAML that reads back', (one) => {
      const parsed = read(one);
      const job = convertEtl(parsed, { dialect: 'duckdb', reproducibleTime: null });
      const active = parsed.mappings.flatMap((mapping) =>
        mapping.transformations.filter(
          (tool) =>
            !documentation.test(tool.type) && !tool.properties.some((property) => property.name === 'tool.disabled'),
        ),
      );
      expect(job.transformations.map((tool) => tool.id).sort()).toEqual(active.map((tool) => tool.id).sort());
      expect(job.transformations.filter((tool) => tool.confidence < 0.6 && tool.notes.length === 0)).toEqual([]);
      expect(convertEtl(read(one), { dialect: 'duckdb', reproducibleTime: null })).toEqual(job);
      for (const artifact of job.pipelines) expect(parsePipeline(artifact.yaml).diagnostics).toEqual([]);
    });

    it('the fields that leave a converted tool are those that the workflow remembers of its last run', () => {
      const parsed = files.map((one) => read(one));
      let [agreeing, known] = [0, 0];
      for (const file of parsed) {
        const linked = linkEtl(file, parsed);
        const { pipelines } = convertFile(linked, { dialect: 'duckdb', reproducibleTime: null });
        linked.mappings.forEach((mapping, index) => {
          for (const tool of mapping.transformations) {
            const node = pipelines[index]?.nodes.find((one) => one.id === `${tool.type}_${tool.id}`);
            if (node === undefined || node.conversion === 'unsupported' || node.type === 'source') continue;
            const output = node.outputs?.find((one) => firstOutput.test(one.name));
            const columns = output?.columns ?? node.columns ?? [];
            const made = new Set(columns.map((one) => one.name.toLowerCase()));
            const group = output?.name ?? 'Output';
            const remembered = tool.ports.filter((port) => port.group === group && port.dataType !== '');
            if (remembered.length === 0) continue;
            known += 1;
            if (remembered.every((port) => made.has(port.name.toLowerCase()))) agreeing += 1;
          }
        });
      }
      process.stdout.write(`${agreeing} of ${known} tools have every field that the workflow remembers\n`);
      expect(agreeing / known).toBeGreaterThan(0.95);
    }, 60_000);

    it('prints how much is converted by rule, and how much of that runs on 1,000 generated rows a source', async () => {
      const runner = createDuckDbRunner();
      const tools: ConvertedTransformation[] = [];
      const runs: Ran[] = [];
      const parsed = files.map((one) => read(one));
      for (const file of parsed) {
        const job = convertEtl(linkEtl(file, parsed), { dialect: 'duckdb', reproducibleTime: null });
        tools.push(...job.transformations);
        const whole = job.transformations.every((tool) => tool.source !== 'unsupported');
        const signal = AbortSignal.timeout(longestRun);
        const executed = await executeJob(job, { sql: runner, converter: readHere }, { generate: 1000, signal }).catch(
          () => null,
        );
        if (executed === null) runs.push({ whole, nodes: 0, failures: [], stopped: [file.file] });
        else runs.push(...executed.executions.map((execution) => ran(file.file, whole, execution)));
      }
      const whole = runs.filter((run) => run.whole);
      const nodes = runs.reduce((sum, run) => sum + run.nodes, 0);
      const failures = runs.flatMap((run) => run.failures);
      const data = tools.filter((tool) => tool.operator !== 'parameter');
      const reporting = (tool: ConvertedTransformation): boolean =>
        tool.notes.some((note) => note.startsWith('Reporting tools'));
      process.stdout.write(
        `${[
          `Alteryx: ${shares(tools)}`,
          `without questions and actions: ${shares(data)}`,
          `without reporting tools either: ${shares(data.filter((tool) => !reporting(tool)))}`,
          `${whole.filter(passed).length} of ${whole.length} pipelines without a tool to be written by hand ran; ${nodes - failures.length} of ${nodes} converted nodes whose inputs are converted ran, ${runs.filter((run) => run.stopped.length > 0).length} stopped pipelines left out`,
          `By hand: ${mostFrequent(data.filter((tool) => tool.confidence < 0.6).map((tool) => tool.type))}`,
          ...runs
            .flatMap((run) => run.stopped)
            .map(
              (file) => `${file}: stopped after ${longestRun / 1000} s, its generated rows or their joins are too many`,
            ),
          ...failures,
        ].join('\n')}\n`,
      );
      expect(tools.filter((tool) => tool.confidence < 0.85 && tool.notes.length === 0)).toEqual([]);
      const forData = data.filter((tool) => !reporting(tool));
      expect(forData.filter((tool) => tool.confidence >= 0.85).length / forData.length).toBeGreaterThan(0.8);
      expect(whole.filter(passed).length / whole.length).toBeGreaterThanOrEqual(0.9);
      expect((nodes - failures.length) / nodes).toBeGreaterThan(0.98);
    }, 400_000);
  },
);
