import { describe, expect, it } from 'vitest';
import { alteryxInput, alteryxWorkflow } from '../../../test/support/alteryx-workflow.ts';
import { dsxOf } from '../../../test/support/datastage-dsx.ts';
import { powerCenterXml } from '../../../test/support/powercenter-xml.ts';
import { ssisPackage, ssisSource, ssisTarget } from '../../../test/support/ssis-xml.ts';
import type { EtlFile, EtlTool } from '../../shared/model/etl.ts';
import { noModel, type ModelConverter, type ModelRequest } from '../ports/model-converter.ts';
import { convertEtl, convertFile } from './convert.ts';
import { convertWithModel } from './convert-with-model.ts';
import { readEtl } from './read-etl.ts';

const fields = [{ name: 'ID', type: 'number', precision: 10 }];
const options = { dialect: 'duckdb', reproducibleTime: null } as const;

/** For each tool an export with one transformation that its rule is too unsure of, and a word of the original. */
const unsure: readonly (readonly [EtlTool, string, string])[] = [
  [
    'powercenter',
    powerCenterXml({
      sources: { SRC: fields },
      targets: { TGT: fields },
      transformations: [{ name: 'RNK', type: 'Rank', ports: [{ name: 'ID', type: 'decimal', port: 'INPUT/OUTPUT' }] }],
      connectors: ['SQ_SRC.ID>RNK.ID', 'RNK.ID>TGT.ID'],
    }),
    'Rank RNK',
  ],
  [
    'ssis',
    ssisPackage({
      components: [
        ssisSource('S', 'people', ['ID i4']),
        {
          name: 'P',
          type: 'Pivot',
          inputs: [{ name: 'in', columns: [{ from: 'S.out.ID' }] }],
          outputs: [{ name: 'out', columns: [{ name: 'ID', type: 'i4' }] }],
        },
        ssisTarget('T', 'people2', ['P.out.ID i4']),
      ],
      paths: ['S.out>P.in', 'P.out>T.in'],
    }),
    'Pivot P',
  ],
  [
    'alteryx',
    alteryxWorkflow({
      tools: [alteryxInput(1, 'people', ['ID Int32']), { id: 2, type: 'Unique', configuration: '<UniqueFields/>' }],
      wires: ['1.Output>2.Input'],
    }),
    'Unique',
  ],
  [
    'datastage',
    dsxOf({
      name: 'job',
      stages: [
        { name: 'S', type: 'PxSequentialFile' },
        { name: 'T', type: 'PxSequentialFile', properties: { note: 'of old' } },
      ],
      links: [{ name: 'in', from: 'S', to: 'T', columns: [] }],
    }),
    'of old',
  ],
];

/** The same with a transformation of a kind that no rule knows. */
const unknown: readonly (readonly [EtlTool, string])[] = (
  [
    ['"Rank"', '"Custom Transformation"'],
    ['Pivot', 'FuzzyLookup'],
    ['Unique.Unique', 'RunCommand.RunCommand'],
    ['PxSequentialFile', 'JavaStagePX'],
  ] as const
).flatMap(([from, to], index) =>
  unsure.slice(index, index + 1).map(([tool, text]) => [tool, text.replaceAll(from, to)] as const),
);

const parsed = (tool: EtlTool, text: string): EtlFile => readEtl(text, { file: 'export', tool });

describe('what no rule covers', () => {
  it.each(unsure)('%s: without a model it is llm_unavailable, by hand, with its original', async (tool, text, word) => {
    const file = parsed(tool, text);
    const job = await convertWithModel(file, options, noModel);
    expect(job).toEqual(convertEtl(file, options));
    const open = job.transformations.filter((one) => one.source === 'llm_unavailable');
    expect(open.map((one) => one.confidence)).toEqual([0]);
    expect(job.objects.manualRequired).toBeGreaterThan(0);
    expect(job.status).not.toBe('completed');
    expect(job.issues.filter((one) => one.code === 'llm_unavailable').map((one) => one.where)).toEqual([
      expect.stringContaining(open[0]?.id ?? 'none'),
    ]);
    const nodes = convertFile(file, options).pipelines[0]?.nodes.filter((one) => one.conversion === 'llm_unavailable');
    expect(nodes?.map((one) => [one.confidence, one.original?.includes(word)])).toEqual([[0, true]]);
  });

  it.each(unknown)('%s: a kind without a rule has the same code on its issue', (tool, text) => {
    const job = convertEtl(parsed(tool, text), options);
    const open = job.transformations.filter((one) => one.source === 'unsupported');
    expect(open.length).toBeGreaterThan(0);
    expect(open.every((one) => one.confidence === 0)).toBe(true);
    const told = job.issues.filter((one) => one.code === 'llm_unavailable').map((one) => one.where);
    expect(open.filter((one) => !told.some((where) => where.endsWith(one.id)))).toEqual([]);
  });

  it('an answer takes the place of the node, for a person to look at', async () => {
    const asked: ModelRequest[] = [];
    const model: ModelConverter = {
      convert: (request) => {
        asked.push(request);
        return Promise.resolve({ conversion: 'llm', sql: 'SELECT ID FROM SQ_SRC', confidence: 0.99 });
      },
    };
    const [, text = ''] = unsure[0] ?? [];
    const job = await convertWithModel(parsed('powercenter', text), options, model);
    expect(asked).toMatchObject([{ tool: 'powercenter', node: 'RNK', inputs: ['SQ_SRC'], columns: [{ name: 'ID' }] }]);
    expect(job.transformations.find((one) => one.id === 'RNK')).toMatchObject({ source: 'llm', confidence: 0.6 });
    expect(job.pipelines[0]?.yaml).toContain('conversion: llm\n');
    expect(job.pipelines[0]?.sql).toContain('SELECT ID FROM SQ_SRC');
    expect(job.objects.needsReview).toBeGreaterThan(0);
  });

  it('an answer that is no harmless query is not taken', async () => {
    const model: ModelConverter = {
      convert: () => Promise.resolve({ conversion: 'llm', sql: 'DROP TABLE SQ_SRC', confidence: 1 }),
    };
    const [, text = ''] = unsure[0] ?? [];
    const file = parsed('powercenter', text);
    expect(await convertWithModel(file, options, model)).toEqual(convertEtl(file, options));
  });
});
