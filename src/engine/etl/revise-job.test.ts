import { describe, expect, it } from 'vitest';
import { powerCenterXml } from '../../../test/support/powercenter-xml.ts';
import type { ConversionJob } from '../../shared/model/conversion.ts';
import { wholeText } from '../core/kept-text.ts';
import { convertEtl } from './convert.ts';
import { readEtl } from './read-etl.ts';
import { checkPipelineText, readEdit } from './read-edit.ts';
import { type ReadEdit, editsOf, reviseJob, withEarlierEdits } from './revise-job.ts';

const inOut = (name: string) => ({ name, type: 'decimal', port: 'INPUT/OUTPUT' });
const xml = powerCenterXml({
  sources: { S: [{ name: 'ID', type: 'number(p,s)', key: true }] },
  targets: { T: [{ name: 'ID', type: 'number(p,s)', key: true }] },
  transformations: [
    {
      name: 'FIL_POSITIVE',
      type: 'Filter',
      ports: [inOut('ID')],
      attributes: { 'Filter Condition': 'ID > 0' },
    },
    { name: 'SP_AUDIT', type: 'Stored Procedure', ports: [inOut('ID')] },
  ],
  connectors: ['SQ_S.ID>FIL_POSITIVE.ID', 'FIL_POSITIVE.ID>SP_AUDIT.ID', 'SP_AUDIT.ID>T.ID'],
});
const convert = () =>
  convertEtl(readEtl(xml, { file: 'm.xml', tool: 'powercenter' }), { dialect: 'duckdb', reproducibleTime: null });
const job = convert();
const [artifact] = job.pipelines;
if (artifact === undefined) throw new Error('no pipeline');
const { fileName } = artifact;
const yaml = wholeText(artifact.yaml);

/** The node that the tool's procedure became, written by hand instead. */
function byHand(text: string): string {
  const start = text.indexOf('  - id: SP_AUDIT');
  const rest = text.slice(start + 4);
  const end = rest.search(/\n {2}- id: |\n[a-z]/);
  return `${text.slice(0, start)}  - id: SP_AUDIT
    type: transform
    operator: sql_expression
    depends_on: [ { node: FIL_POSITIVE } ]
    columns:
      - { name: ID, type: 'DECIMAL(10,0)' }
    sql: SELECT ID FROM FIL_POSITIVE
    confidence: 1
    conversion: human${rest.slice(end)}`;
}

const read: ReadEdit = (edit) => Promise.resolve(structuredClone(readEdit(edit)));
const revise = (current: ConversionJob, text: string) => reviseJob(current, { fileName, yaml: text }, read);

describe('an edited pipeline', () => {
  it('opens the gate where the edit writes what could not be converted', async () => {
    expect(job.objects.manualRequired).toBe(1);
    const { job: revised, defects } = await revise(job, byHand(yaml));
    expect(defects).toEqual([]);
    expect(revised?.transformations.find((one) => one.id === 'SP_AUDIT')).toMatchObject({
      source: 'human',
      confidence: 1,
      operator: 'sql_expression',
    });
    expect(revised?.objects.manualRequired).toBe(0);
    expect(revised?.status).toBe('completed');
    expect(revised?.effortHours).toBeLessThan(job.effortHours);
    expect(revised?.pipelines[0]?.generated).toBe(yaml);
    expect(revised?.pipelines[0]?.sql).toContain('SELECT ID FROM FIL_POSITIVE');
  });

  it('is taken back without a trace by the generated text', async () => {
    const revised = (await revise(job, byHand(yaml))).job;
    expect(revised).not.toBeNull();
    expect((await revise(revised ?? job, yaml)).job).toEqual(job);
  });

  it('keeps the gate shut for SQL that may not run and for references to nothing, with their lines', async () => {
    const dangerous = byHand(yaml).replace('SELECT ID FROM FIL_POSITIVE', 'SELECT ID FROM FIL_POSITIVE; DROP TABLE x');
    const { job: revised, defects } = await revise(job, dangerous);
    expect(revised?.status).toBe('completed_with_warnings');
    expect(defects[0]).toMatchObject({ severity: 'error', node: 'SP_AUDIT' });
    expect(dangerous.split('\n')[(defects[0]?.line ?? 0) - 1]).toContain('id: SP_AUDIT');
    const lost = checkPipelineText(byHand(yaml).replace('{ node: FIL_POSITIVE }', '{ node: NOWHERE }')).defects;
    expect(lost.map((one) => one.message)).toEqual([
      'SP_AUDIT depends on NOWHERE, which does not exist. Name one of the nodes, or add it.',
    ]);
  });

  it('is refused where the text is no pipeline, and says in which line', async () => {
    const { job: refused, defects } = await revise(job, yaml.replace('kind: Pipeline', 'kind: [Pipeline'));
    expect(refused).toBeNull();
    expect(defects[0]).toMatchObject({ severity: 'error' });
    expect(defects[0]?.line).toBeGreaterThan(0);
    const other = await revise(
      job,
      'apiVersion: dataflow/v1\nkind: Workflow\nname: w\ntasks: []\nmetadata: { generator: x }\n',
    );
    expect(other.job).toBeNull();
  });

  it('keeps account of an object whose node was taken out by hand', async () => {
    const without = byHand(yaml)
      .replace(/ {2}- id: FIL_POSITIVE[\s\S]*?(?=\n {2}- id: )\n/, '')
      .replaceAll('FIL_POSITIVE', 'SQ_S');
    const revised = (await revise(job, without)).job;
    expect(revised?.objects.total).toBe(job.objects.total);
    expect(revised?.transformations.find((one) => one.id === 'FIL_POSITIVE')).toMatchObject({
      source: 'human',
      notes: ['Left out by hand'],
    });
  });

  it('is made again on a later conversion, and named where that comes out differently', async () => {
    const revised = (await revise(job, byHand(yaml))).job ?? job;
    const edits = editsOf(revised);
    expect(await withEarlierEdits(convert(), edits, read)).toEqual(revised);
    const stale = edits.map((edit) => ({ ...edit, generated: 'older' }));
    expect((await withEarlierEdits(convert(), stale, read)).issues.at(-1)?.message).toContain('was not applied');
    expect((await withEarlierEdits(convert(), stale, read)).pipelines[0]?.yaml).toBe(yaml);
  });
});
