import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { convertEtl } from '../../src/engine/etl/convert.ts';
import { executeJob } from '../../src/engine/etl/execute-job.ts';
import { readEtl } from '../../src/engine/etl/read-etl.ts';
import { parsePipeline } from '../../src/engine/dataflow/parse-pipeline.ts';

const folder = resolve(import.meta.dirname, '../../../shared/corpus/alteryx');
const present = existsSync(folder);

const files = present
  ? readdirSync(folder)
      .sort()
      .map((file) => ({ file, content: new Uint8Array(readFileSync(resolve(folder, file))) }))
  : [];

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const read = ({ file, content }: (typeof files)[number]) => readEtl(content, { file, tool: 'alteryx' });

/** Tools that carry no records: comments, containers, browse tools and the layout of an app. */
const documentation = /^(?:TextBox|ToolContainer|ControlContainer|BrowseV2|Tab|Label|LabelGroup|Link)$/;

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
          .filter((property) => property.name.endsWith('@expression')).length,
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

    it('prints how much is converted by rule, and how much of that runs on 1,000 generated rows a source', async () => {
      const runner = createDuckDbRunner();
      const tools = { total: 0, byRule: 0, review: 0, manual: 0, reporting: 0 };
      const failures: string[] = [];
      const left = new Map<string, number>();
      let ran = 0;
      let nodes = 0;
      let whole = 0;
      let wholeRan = 0;
      for (const one of files) {
        const job = convertEtl(read(one), { dialect: 'duckdb', reproducibleTime: null });
        for (const tool of job.transformations) {
          tools.total += 1;
          if (tool.confidence >= 0.85) tools.byRule += 1;
          else if (tool.confidence >= 0.6) tools.review += 1;
          else tools.manual += 1;
          if (tool.notes.some((note) => note.startsWith('Reporting tools'))) tools.reporting += 1;
          if (tool.confidence < 0.6) left.set(tool.type, (left.get(tool.type) ?? 0) + 1);
        }
        const unsupported = new Set(
          job.transformations.filter((tool) => tool.source === 'unsupported').map((tool) => tool.id),
        );
        const { executions } = await executeJob(job, runner, { generate: 1000 });
        for (const { run, error } of executions) {
          if (error !== null) failures.push(`${one.file}: ${error}`);
          const runs = (run?.nodes ?? []).filter((node) => !/^not (?:converted|run)/.test(node.error ?? ''));
          const failed = runs.filter((node) => node.error !== null);
          nodes += runs.length;
          ran += runs.length - failed.length;
          if (unsupported.size === 0) whole += 1;
          if (unsupported.size === 0 && run?.status === 'passed') wholeRan += 1;
          for (const node of failed) failures.push(`${one.file}: ${node.id}: ${node.error?.split('\n', 1)[0] ?? ''}`);
        }
      }
      const byHand = [...left].sort((a, b) => b[1] - a[1]).map(([type, many]) => `${type} ${many}`);
      process.stdout.write(
        `${[
          `Alteryx: ${tools.total} tools, ${tools.byRule} by rule, ${tools.review} for review, ${tools.manual} by hand (${tools.reporting} of them reporting)`,
          `${wholeRan} of ${whole} pipelines without a tool to be written by hand ran; ${ran} of ${nodes} converted nodes whose inputs are converted ran`,
          `By hand: ${byHand.join(', ')}`,
          ...failures,
        ].join('\n')}\n`,
      );
      expect(ran / nodes).toBeGreaterThan(0.9);
    }, 180_000);
  },
);
