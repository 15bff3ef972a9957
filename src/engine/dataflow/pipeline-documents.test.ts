import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dataFlowJsonSchema, type Pipeline } from './model.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { wholeText } from '../core/kept-text.ts';
import { PipelineYaml, printYaml, yamlPieces } from './print-yaml.ts';
import { validatePipeline } from './validate-pipeline.ts';

const pipeline: Pipeline = {
  apiVersion: 'dataflow/v1',
  kind: 'Pipeline',
  name: 'm_load',
  nodes: [
    {
      id: 'SQ',
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      columns: [{ name: 'A', type: 'BIGINT', nullable: false }],
      sql: 'SELECT A\nFROM src.T\n',
      confidence: 0.95,
      conversion: 'rule_engine',
    },
    {
      id: 'EXP',
      type: 'transform',
      operator: 'sql_expression',
      depends_on: [{ node: 'SQ' }],
      columns: [{ name: 'B', type: 'BIGINT', expression: 'A + 1', from: ['SQ.A'], original: 'A + 1' }],
      sql: 'SELECT A + 1 AS B\nFROM SQ\n',
      confidence: 0.9,
      conversion: 'rule_engine',
    },
  ],
  metadata: { dialect: 'duckdb', generator: 'portolan 0.1.0', overall_confidence: 0.925, warnings_count: 0 },
};
const withNode = (index: number, change: object): Pipeline => ({
  ...pipeline,
  nodes: pipeline.nodes.map((node, at) => (at === index ? { ...node, ...change } : node)),
});

describe('DataFlow documents', () => {
  it('what is printed reads back as the same pipeline', () => {
    expect(parsePipeline(printYaml(pipeline)).document).toEqual(pipeline);
  });

  it('any text, in any place, reads back as it was written', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(
          'a',
          'null',
          '1',
          '-',
          '---',
          ' ',
          '\t',
          '\n',
          '\r',
          ':',
          '#',
          "'",
          '"',
          ',',
          '[',
          '}',
          '|',
          'é',
        ),
      }),
      fc.constantFrom(
        '',
        '~',
        'true',
        '2026-01-31',
        '0x1F',
        '.5',
        'a\n\n',
        ' a\nb',
        'a \n',
        '\n',
        '    \n',
        '   \n\n',
        'k'.repeat(1100),
      ),
    );
    // The library itself does not write unpaired surrogates so that they come back.
    const whole = text.filter((one) => !/\p{Surrogate}/u.test(one));
    const { config } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        whole,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('config'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      config: fc.dictionary(whole, tie('value'), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(config, whole, (given, original) => {
        const value = { ...pipeline, name: original, parameters: [given, { given, original }, [given, [original]]] };
        expect(parse(printYaml(value as unknown as Pipeline))).toEqual(value);
      }),
      { numRuns: 400 },
    );
  });

  it('pieces of a large pipeline make the same text, none much larger than another', () => {
    const nodes = Array.from({ length: 2000 }, (_, at) => ({ ...pipeline.nodes[1], id: `EXP_${at}` }));
    const large = { ...pipeline, nodes } as Pipeline;
    const pieces = [...yamlPieces(large)];
    expect(pieces.join('')).toBe(printYaml(large));
    expect(Math.max(...pieces.map((one) => one.length))).toBeLessThan(100_000);
  });

  it.each([0, 2, 2000])('%i nodes written one after the other make the same text as the whole document', (count) => {
    const nodes = Array.from({ length: count }, (_, at) => ({ ...pipeline.nodes[at % 2], id: `N_${at}` }));
    const whole = { ...pipeline, nodes } as Pipeline;
    const { nodes: all, ...head } = whole;
    const yaml = new PipelineYaml();
    for (const node of all) yaml.add(node);
    expect(wholeText(yaml.document(head))).toBe(printYaml(whole));
  });

  it('the order in which members were set does not change the text', () => {
    const turned = Object.fromEntries(Object.entries(pipeline).reverse()) as unknown as Pipeline;
    expect(printYaml(turned)).toBe(printYaml(pipeline));
  });

  it('a wrong value is reported with its line and path', () => {
    const text = printYaml(pipeline).replace('operator: sql_expression', 'operator: magic');
    const { document, diagnostics } = parsePipeline(text, 'p.yaml');
    expect(document).toBeNull();
    expect(diagnostics).toMatchObject([
      { file: 'p.yaml', line: text.split('\n').findIndex((line) => line.includes('magic')) + 1 },
    ]);
  });

  it('broken YAML and alias bombs are reported, not thrown', () => {
    expect(parsePipeline('nodes: [\n  - {').diagnostics[0]?.message).toContain('Invalid YAML');
    const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\n${'bcdefgh'
      .split('')
      .map(
        (name, index) =>
          `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefg'[index] ?? 'a'}`).join(',')}]`,
      )
      .join('\n')}`;
    expect(parsePipeline(bomb).document).toBeNull();
  });

  it('a sound pipeline has no problems', () => {
    expect(validatePipeline(pipeline)).toEqual([]);
  });

  it.each([
    [
      'a missing input',
      withNode(1, { depends_on: [{ node: 'NOWHERE' }] }),
      'EXP depends on NOWHERE, which does not exist. Name one of the nodes, or add it.',
    ],
    [
      'an output that the input does not have',
      withNode(1, { depends_on: [{ node: 'SQ', output: 'X' }] }),
      'EXP depends on output X of SQ, which it does not have. It has one output only: leave the name out.',
    ],
    [
      'a circle',
      withNode(0, { depends_on: [{ node: 'EXP' }] }),
      'Nodes depend on each other in a circle: SQ, EXP. Take one of them out of depends_on.',
    ],
    [
      'names that differ by case only',
      withNode(1, { id: 'sq' }),
      'The name sq is used twice. SQL does not tell names apart by case; rename one.',
    ],
    [
      'dangerous SQL',
      withNode(1, { sql: 'DROP TABLE SQ' }),
      'SQL of EXP uses DROP. A node holds one SELECT over its inputs and the tables of the pipeline.',
    ],
  ])('%s is an error', (_name, broken, message) => {
    expect(validatePipeline(broken).map((problem) => problem.message)).toContain(message);
  });

  it('the JSON Schema describes both kinds of document', () => {
    const text = JSON.stringify(dataFlowJsonSchema());
    expect([text.includes('"Pipeline"'), text.includes('"Workflow"'), text.includes('upsert_strategy')]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('the schema that is shipped is the one of this model', () => {
    const shipped = readFileSync(new URL('../../../resources/dataflow-v1.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(shipped)).toEqual(dataFlowJsonSchema());
  });
});
