/** What depends on the order of rows has an explicit key for it: a Sort before it decides, not the order in which rows are stored. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PipelineNode } from '../../../src/engine/dataflow/model.ts';
import { convertFile } from '../../../src/engine/etl/convert.ts';
import { readEtl } from '../../../src/engine/etl/read-etl.ts';
import type { EtlTool } from '../../../src/shared/model/etl.ts';
import { ownExports } from '../../property/own-exports.ts';
import { alteryxInput, alteryxWorkflow } from '../../support/alteryx-workflow.ts';
import { dsxOf, listProperty, type DsxJob } from '../../support/datastage-dsx.ts';
import { powerCenterXml, type MappingSpec, type PortSpec, type TransformationSpec } from '../../support/powercenter-xml.ts';
import { rowsOf } from '../../support/run-etl.ts';
import { ssisPackage, ssisSource, ssisTarget } from '../../support/ssis-xml.ts';

describe('PowerCenter after a Sorter', () => {
  const number = (name: string) => ({ name, type: 'number(p,s)', precision: 12 });
  const port = (name: string, kind = 'INPUT/OUTPUT', more: Partial<PortSpec> = {}): PortSpec => ({ name, type: 'decimal', port: kind, precision: 12, ...more });
  const sorter: TransformationSpec = { name: 'SRT', type: 'Sorter', attributes: { Distinct: 'NO', 'Case Sensitive': 'YES' }, ports: [port('ID', 'INPUT/OUTPUT', { more: 'ISSORTKEY="YES" SORTDIRECTION="DESCENDING"' }), port('G'), port('A')] };
  const data = { s: '(VALUES (1, 1, 10), (3, 1, 30), (2, 2, 20), (4, 2, 20)) AS v(ID, G, A)' };

  /** The rows of T, to which the named ports of the transformation lead. */
  async function run(one: TransformationSpec, outputs: readonly string[], more: readonly TransformationSpec[] = [], connectors: readonly string[] = []): Promise<unknown> {
    const inputs = one.ports.filter((each) => each.port.startsWith('INPUT')).map((each) => each.name);
    const spec: MappingSpec = {
      sources: { S: ['ID', 'G', 'A'].map(number) }, targets: { T: outputs.map(number) }, transformations: [sorter, one, ...more],
      connectors: [...['ID', 'G', 'A'].map((name) => `SQ_S.${name}>SRT.${name}`), ...inputs.map((name) => `SRT.${name}>${one.name}.${name}`), ...outputs.filter((name) => one.ports.some((each) => each.name === name)).map((name) => `${one.name}.${name}>T.${name}`), ...connectors],
    };
    return (await rowsOf('powercenter', powerCenterXml(spec), data, 'tgt.T'))[0];
  }

  it('variable ports remember the row before in the sorted order', async () => {
    const one: TransformationSpec = { name: 'EXP', type: 'Expression', ports: [port('ID'), port('A', 'INPUT'), port('PREV', 'OUTPUT', { expression: 'V_PREV' }), port('N', 'OUTPUT', { expression: 'V_N' }), port('V_N', 'LOCAL VARIABLE', { expression: 'V_N + 1' }), port('V_OLD', 'LOCAL VARIABLE', { expression: 'V_KEEP' }), port('V_KEEP', 'LOCAL VARIABLE', { expression: 'ID' }), port('V_PREV', 'LOCAL VARIABLE', { expression: 'V_OLD' })] };
    expect(await run(one, ['ID', 'N', 'PREV'])).toEqual([[1, 4, 2], [2, 3, 3], [3, 2, 4], [4, 1, 0]]);
  });
  it('an Aggregator takes first and last values in the sorted order', async () => {
    const one: TransformationSpec = { name: 'AGG', type: 'Aggregator', attributes: { 'Sorted Input': 'NO' }, ports: [port('G', 'INPUT/OUTPUT', { more: 'EXPRESSIONTYPE="GROUPBY"' }), port('ID', 'INPUT'), port('F', 'OUTPUT', { expression: 'FIRST(ID)' }), port('L', 'OUTPUT', { expression: 'LAST(ID)' }), port('A')] };
    expect(await run(one, ['G', 'F', 'L', 'A'])).toEqual([[1, 3, 1, 10], [2, 4, 2, 20]]);
  });
  it('a Rank keeps the first of equal rows in the sorted order', async () => {
    const one: TransformationSpec = { name: 'RNK', type: 'Rank', attributes: { 'Top/Bottom': 'Bottom', 'Number of Ranks': '2' }, ports: [port('ID'), port('A', 'INPUT/OUTPUT', { more: 'EXPRESSIONTYPE="RANKPORT"' })] };
    expect(await run(one, ['ID', 'A'])).toEqual([[1, 10], [4, 20]]);
  });
  it('moving windows and sequences go by the sorted order', async () => {
    const one: TransformationSpec = { name: 'EXP', type: 'Expression', ports: [port('ID'), port('A', 'INPUT'), port('C', 'OUTPUT', { expression: 'CUME(A)' })] };
    const sequence: TransformationSpec = { name: 'SEQ', type: 'Sequence', attributes: { 'Start Value': '1', 'Increment By': '10', 'Current Value': '5', Reset: 'NO' }, ports: [{ name: 'NEXTVAL', type: 'bigint', port: 'OUTPUT' }] };
    expect(await run(one, ['ID', 'C', 'K'], [sequence], ['SEQ.NEXTVAL>T.K'])).toEqual([[1, 80, 35], [2, 70, 25], [3, 50, 15], [4, 20, 5]]);
  });
});

describe('Alteryx after a Sort', () => {
  const data = { s: "(VALUES (1, 'a', 10), (3, 'a', 30), (2, 'b', 20), (4, 'b', 40)) AS v(id, g, a)" };
  const run = async (type: string, configuration: string, relation: string): Promise<unknown> => {
    const text = alteryxWorkflow({
      tools: [alteryxInput(1, 's', ['id Int32', 'g V_WString 9', 'a Int64']), { id: 2, type: 'Sort', configuration: '<SortInfo><Field field="id" order="Descending"/></SortInfo>' }, { id: 3, type, configuration }],
      wires: ['1.Output>2.Input', '2.Output>3.Input'],
    });
    return (await rowsOf('alteryx', text, data, relation))[0];
  };
  it('First, Last and Concat go by the sorted order', async () => {
    const fields = [['g', 'GroupBy', 'g'], ['id', 'First', 'f'], ['id', 'Last', 'l'], ['g', 'Concat', 'c']].map(([field, action, name]) => `<SummarizeField field="${field}" action="${action}" rename="${name}"/>`);
    expect(await run('Summarize', `<SummarizeFields>${fields.join('')}</SummarizeFields>`, '(SELECT g, f, l FROM Summarize_3)')).toEqual([['a', 3, 1], ['b', 4, 2]]);
  });
  it('Unique keeps the first, Record ID counts and Running Total adds in the sorted order', async () => {
    expect(await run('Unique', '<UniqueFields><Field field="g"/></UniqueFields>', '(SELECT id FROM Unique_3__Unique)')).toEqual([[3], [4]]);
    expect(await run('RecordID', '<FieldName>n</FieldName><StartValue>1</StartValue><FieldType>Int32</FieldType>', '(SELECT id, n FROM RecordID_3)')).toEqual([[1, 4], [2, 3], [3, 2], [4, 1]]);
    expect(await run('RunningTotal', '<GroupByFields/><RunTotalFields><Field field="a"/></RunTotalFields>', '(SELECT id, RunTot_a FROM RunningTotal_3)')).toEqual([[1, 100], [2, 90], [3, 70], [4, 40]]);
  });
  it('a Multi-Row Formula reads the row before in the sorted order', async () => {
    const configuration = '<UpdateField value="False"/><CreateField_Name>p</CreateField_Name><CreateField_Type>Int32</CreateField_Type><OtherRows>NULL</OtherRows><NumRows value="1"/><Expression>[Row-1:id]</Expression><GroupByFields/>';
    expect(await run('MultiRowFormula', configuration, '(SELECT id, p FROM MultiRowFormula_3)')).toEqual([[1, 2], [2, 3], [3, 4], [4, null]]);
  });
  it('Sample takes the first records in the sorted order', async () => {
    expect(await run('Sample', '<Mode>First</Mode><N>2</N><GroupFields/>', '(SELECT id FROM Sample_3)')).toEqual([[3], [4]]);
  });
});

describe('DataStage after a Sort', () => {
  const int = (name: string, derivation?: string) => ({ name, type: 4, precision: 10, ...(derivation === undefined ? {} : { derivation }) });
  const run = async (stage: DsxJob['stages'][number], columns: DsxJob['links'][number]['columns']): Promise<unknown> => {
    const sort = { name: 'O', type: 'PxSort', properties: { key: listProperty('key', [{ value: 'ID', more: { 'asc\\desc': 'desc' } }]) } };
    const file = (name: string) => ({ name, type: 'PxSequentialFile' });
    const job: DsxJob = {
      name: 'job', stages: [file('S'), sort, stage, file('T')],
      links: [{ name: 'in', from: 'S', to: 'O', columns: [int('ID'), int('G')] }, { name: 'x', from: 'O', to: stage.name, columns: [int('ID', 'in.ID'), int('G', 'in.G')] }, { name: 'out', from: stage.name, to: 'T', columns }],
    };
    return (await rowsOf('datastage', dsxOf(job), { s: '(VALUES (1, 1), (3, 1), (2, 2), (4, 2)) AS v(ID, G)' }, 'tgt.T'))[0];
  };
  it('stage variables, running totals and row numbers go by the sorted order', async () => {
    const variables = [{ name: 'svPrev', expression: 'svLast' }, { name: 'svLast', expression: 'x.ID' }, { name: 'svSum', expression: 'svSum + x.ID' }];
    expect(await run({ name: 'X', type: 'CTransformerStage', variables }, [int('ID', 'x.ID'), int('P', 'svPrev'), int('T', 'svSum'), int('N', '@INROWNUM')])).toEqual([[1, 2, 10, 4], [2, 3, 9, 3], [3, 4, 7, 2], [4, 0, 4, 1]]);
  });
  it('a running total that has met a NULL is NULL from then on', async () => {
    const job: DsxJob = {
      name: 'job', stages: [{ name: 'S', type: 'PxSequentialFile' }, { name: 'X', type: 'CTransformerStage', variables: [{ name: 'svSum', expression: 'svSum + x.G' }] }, { name: 'T', type: 'PxSequentialFile' }],
      links: [{ name: 'x', from: 'S', to: 'X', columns: [int('ID'), int('G')] }, { name: 'out', from: 'X', to: 'T', columns: [int('ID', 'x.ID'), int('T', 'svSum')] }],
    };
    expect(await rowsOf('datastage', dsxOf(job), { s: '(VALUES (1, 1), (2, NULL), (3, 1)) AS v(ID, G)' }, 'tgt.T')).toEqual([[[1, 1], [2, null], [3, null]]]);
  });
  it('Remove Duplicates, Head and first and last values go by the sorted order', async () => {
    expect(await run({ name: 'R', type: 'PxRemDup', properties: { keep: 'first', key: listProperty('key', [{ value: 'G' }]) } }, [int('ID', 'x.ID'), int('G', 'x.G')])).toEqual([[3, 1], [4, 2]]);
    expect(await run({ name: 'H', type: 'PxHead', properties: { nrecs: '1' } }, [int('ID', 'x.ID')])).toEqual([[4]]);
    expect(await run({ name: 'G', type: 'PxAggregator', properties: { key: listProperty('key', [{ value: 'G' }]) } }, [int('G', 'x.G'), int('F', 'First(x.ID)'), int('L', 'Last(x.ID)')])).toEqual([[1, 3, 1], [2, 4, 2]]);
  });
});

describe('SSIS', () => {
  it('a Sort that removes duplicates keeps one row a key, and a Lookup one match, by stated keys', async () => {
    const sort = {
      name: 'Sort', type: 'Sort', properties: { EliminateDuplicates: 'true' },
      inputs: [{ name: 'in', columns: [{ from: 'Src.out.name', properties: { NewSortKeyPosition: '1' } }, { from: 'Src.out.id' }] }],
      outputs: [{ name: 'out', columns: ['name wstr', 'id i4'].map((one) => ({ name: one.split(' ')[0] ?? '', type: one.split(' ')[1] ?? '', properties: { SortColumnId: `#{Package\\Load\\Src.Outputs[out].Columns[${one.split(' ')[0] ?? ''}]}` } })) }],
    };
    const text = ssisPackage({ components: [ssisSource('Src', 'Orders', ['id i4', 'name wstr']), sort, ssisTarget('Tgt', 'Result', ['Sort.out.id i4', 'Sort.out.name wstr'])], paths: ['Src.out>Sort.in', 'Sort.out>Tgt.in'] });
    const first = await rowsOf('ssis', text, { orders: "(VALUES (1, 'b'), (2, 'b'), (3, NULL), (4, 'a')) AS t(id, name)" }, 'tgt.Result');
    expect(first).toEqual([[[1, 'b'], [3, null], [4, 'a']]]);
  });
});

/** Functions whose result depends on the order of the rows that they see. */
const byOrder = /\b(row_number|rank|dense_rank|ntile|lag|lead|first_value|last_value|nth_value|first|last|string_agg|array_agg)\s*\(/gi;

/** The text in the parentheses that open at `at`, quotes skipped. */
function inside(sql: string, at: number): string {
  let depth = 0;
  for (let index = at; index < sql.length; index += 1) {
    const char = sql[index];
    if (char === "'" || char === '"') index = sql.indexOf(char, index + 1);
    else if (char === '(') depth += 1;
    else if (char === ')' && --depth === 0) return sql.slice(at + 1, index);
    if (index === -1) break;
  }
  return sql.slice(at + 1);
}

/** Calls that depend on the order of rows and name no order. Only a source may number rows as they come. */
function unordered(node: PipelineNode): readonly string[] {
  const texts = [...(node.sql === undefined ? [] : [node.sql]), ...(node.outputs ?? []).map((output) => output.sql)];
  return texts.flatMap((sql) =>
    [...sql.matchAll(byOrder)].flatMap((match) => {
      const open = match.index + match[0].length - 1;
      const call = inside(sql, open);
      const after = sql.slice(open + call.length + 2);
      const over = /^\s*OVER\s*\(/i.exec(after);
      const window = over === null ? '' : inside(after, over[0].length - 1);
      if (/\bORDER BY\b/i.test(call) || /\bORDER BY\b/i.test(window)) return [];
      if (/^row_number/i.test(match[0]) && window.trim() === '' && node.type === 'source') return [];
      return [`${node.id}: ${match[0]}${call.slice(0, 60)}) ${over === null ? '' : `OVER (${window})`}`];
    }),
  );
}

describe('every call that depends on the order of rows names one', () => {
  const corpus = resolve(import.meta.dirname, '../../../../shared/corpus');
  it.each(['powercenter', 'ssis', 'alteryx', 'datastage'] as const)(`in what %s converts to${existsSync(corpus) ? '' : ' (own exports only: ../shared/corpus is not there)'}`, (tool: EtlTool) => {
    const folder = resolve(corpus, tool);
    const files = existsSync(folder) ? readdirSync(folder).sort().map((name) => new Uint8Array(readFileSync(resolve(folder, name)))) : [];
    const nodes = [...ownExports[tool], ...files].flatMap((content) => convertFile(readEtl(content, { file: 'x', tool }), { dialect: 'duckdb', reproducibleTime: null }).pipelines.flatMap((pipeline) => pipeline.nodes));
    expect(nodes.length).toBeGreaterThan(5);
    expect(nodes.flatMap(unordered)).toEqual([]);
  });
});
