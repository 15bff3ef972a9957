import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import type { Pipeline } from '../dataflow/model.ts';
import { parsePipeline } from '../dataflow/parse-pipeline.ts';
import { printYaml } from '../dataflow/print-yaml.ts';
import { validatePipeline } from '../dataflow/validate-pipeline.ts';
import { checkDocument } from './check-document.ts';

const sql = createDuckDbRunner();
const columns = [{ name: 'A', type: 'INTEGER', nullable: true }];
const pipeline: Pipeline = {
  apiVersion: 'dataflow/v1',
  kind: 'Pipeline',
  name: 'p',
  tables: [
    { name: 'T', role: 'source', columns },
    { name: 'D', role: 'target', columns },
  ],
  nodes: [
    {
      id: 'S',
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      sql: 'SELECT A FROM src.T',
      confidence: 1,
      conversion: 'rule_engine',
    },
    {
      id: 'W',
      type: 'sink',
      operator: 'sink',
      depends_on: [{ node: 'S' }],
      config: { table: 'D', mode: 'insert' },
      columns,
      sql: 'SELECT A FROM S',
      confidence: 1,
      conversion: 'rule_engine',
    },
  ],
  metadata: { dialect: 'duckdb', generator: 'test', overall_confidence: 1, warnings_count: 0 },
};
const yaml = printYaml(pipeline);
const check = (text: string) => checkDocument(text, 'p.yaml', sql);
const lineOf = (text: string, part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('checking a document', () => {
  it('finds nothing in a sound one', async () => {
    expect(await check(yaml)).toEqual([]);
  });

  it.each([
    ['syntax', 'kind: Pipeline', 'kind: [Pipeline', 'Invalid YAML'],
    ['a key that the contract does not know', 'operator: sink', 'operator: sink\n    colour: red', 'colour'],
    ['an operator that does not exist', 'operator: sink', 'operator: magic', 'operator'],
    ['a missing input', 'node: S', 'node: X', 'W depends on X, which does not exist'],
    ['an undeclared target', 'table: D', 'table: E', 'W writes E, which is no target of the pipeline'],
    ['dangerous SQL', 'SELECT A FROM S', "SELECT * FROM read_csv('/etc/passwd')", 'reaches outside the pipeline'],
    ['a column that is not there', 'SELECT A FROM S', 'SELECT B AS A FROM S', 'W does not run'],
    ['a type that no table can have', 'type: INTEGER', 'type: MAGIC', 'The pipeline cannot be prepared'],
  ])('reports %s', async (_name, from, to, message) => {
    const [first] = (await check(yaml.replace(from, to))).filter(({ severity }) => severity === 'error');
    expect(first?.message).toContain(message);
  });

  it('names the line of the node that is meant', async () => {
    const broken = yaml.replace('SELECT A FROM S', 'SELECT B AS A FROM S');
    expect(await check(broken)).toMatchObject([{ severity: 'error', line: lineOf(broken, 'id: W') }]);
  });

  it('says which task of a workflow waits for nothing or for itself', async () => {
    const workflow = (tasks: string): string =>
      `apiVersion: dataflow/v1\nkind: Workflow\nname: w\ntasks:\n${tasks}\nmetadata: { generator: test }\n`;
    const task = (id: string, waits: string): string =>
      `  - { id: ${id}, type: Session, conversion: rule_engine, depends_on: [ { task: ${waits} } ] }`;
    expect(await check(workflow(task('a', 'gone')))).toMatchObject([
      { line: 5, message: expect.stringContaining('a waits for gone') },
    ]);
    expect(await check(workflow(`${task('a', 'b')}\n${task('b', 'a')}`))).toMatchObject([
      { message: expect.stringContaining('circle: a, b') },
    ]);
  });

  it('no change of the text makes reading or validating throw', () => {
    const pieces = [
      '[',
      '{',
      '&a',
      '*a',
      '!!',
      '"',
      "'",
      '\t',
      '\n- ',
      ': ',
      '__proto__',
      '~',
      '1e999',
      '\u0000',
      '<<: *a',
      '|',
      '%',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(yaml.length), fc.nat(40), fc.constantFrom(...pieces)), { minLength: 1, maxLength: 6 }),
        (edits) => {
          const text = edits.reduce((now, [at, cut, piece]) => now.slice(0, at) + piece + now.slice(at + cut), yaml);
          const { document, diagnostics } = parsePipeline(text, 'p.yaml');
          expect(document === null).toBe(diagnostics.length > 0);
          if (document?.kind === 'Pipeline') validatePipeline(document);
          for (const { line } of diagnostics) expect(line ?? 1).toBeGreaterThan(0);
        },
      ),
      { numRuns: 3000, seed: 7 },
    );
  });
});
