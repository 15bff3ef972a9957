/** Items 36 to 42 of the checklist of source semantics: each a job of its own, converted, run, and compared with what DataStage gives. */
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '../../../src/engine/ports/sql-runner.ts';
import { dsxOf, listProperty, type DsxJob } from '../../support/datastage-dsx.ts';
import { rowsOf, runEtl } from '../../support/run-etl.ts';

type Row = readonly SqlValue[];
type Column = DsxJob['links'][number]['columns'][number];

const int = (name: string, derivation?: string, more: Partial<Column> = {}): Column => ({ name, type: 4, precision: 10, ...(derivation === undefined ? {} : { derivation }), ...more });
const text = (name: string, derivation?: string, more: Partial<Column> = {}): Column => ({ name, type: 12, ...(derivation === undefined ? {} : { derivation }), ...more });
const decimal = (name: string, scale: number, derivation: string): Column => ({ name, type: 3, precision: 12, scale, derivation });
const file = (name: string): DsxJob['stages'][number] => ({ name, type: 'PxSequentialFile' });
const run = (job: DsxJob, data: Readonly<Record<string, string>>, ...targets: readonly string[]): Promise<readonly (readonly Row[])[]> => rowsOf('datastage', dsxOf(job), data, ...targets.map((name) => `tgt.${name}`));

/** A job of one stage between the files S and T. */
const single = (stage: DsxJob['stages'][number], input: readonly Column[], output: readonly Column[]): DsxJob => ({
  name: 'job', stages: [file('S'), stage, file('T')], links: [{ name: 'in', from: 'S', to: stage.name, columns: input }, { name: 'out', from: stage.name, to: 'T', columns: output }],
});
const ids = [int('ID'), int('A')];

describe('checklist of source semantics: DataStage', () => {
  it('36. constraints are independent of each other, and the otherwise link takes what no link before it took', async () => {
    const job: DsxJob = {
      name: 'job', stages: [file('S'), { name: 'X', type: 'CTransformerStage' }, file('BIG'), file('REST'), file('EVEN')],
      links: [
        { name: 'in', from: 'S', to: 'X', columns: ids },
        { name: 'big', from: 'X', to: 'BIG', columns: [int('ID', 'in.ID')], constraint: 'in.A > 5' },
        { name: 'rest', from: 'X', to: 'REST', columns: [int('ID', 'in.ID')], otherwise: true },
        { name: 'even', from: 'X', to: 'EVEN', columns: [int('ID', 'in.ID')], constraint: 'Mod(in.A, 2) = 0' },
      ],
    };
    expect(await run(job, { s: '(VALUES (1, 8), (2, 7), (3, 2), (4, 1), (5, NULL)) AS v(ID, A)' }, 'BIG', 'EVEN', 'REST')).toEqual([[[1], [2]], [[1], [3]], [[3], [4], [5]]]);
  });

  const lookup = (lookupFail: string | null): DsxJob => ({
    name: 'job', stages: [file('S'), file('R'), { name: 'L', type: 'PxLookup' }, file('T')],
    links: [
      { name: 'in', from: 'S', to: 'L', columns: ids, ...(lookupFail === null ? {} : { lookupFail }) },
      { name: 'ref', from: 'R', to: 'L', columns: [int('K', undefined, { keyExpression: 'in.ID', key: true }), text('N'), int('Q'), text('M')], reference: true },
      { name: 'out', from: 'L', to: 'T', columns: [int('ID', 'in.ID'), text('N', 'ref.N', { nullable: false }), int('Q', 'ref.Q', { nullable: false }), text('M', 'ref.M')] },
    ],
  });
  const looked = { s: '(VALUES (1, 0), (2, 0)) AS v(ID, A)', r: "(VALUES (1, 'first', 7, 'm'), (1, 'second', 8, 'n')) AS v(K, N, Q, M)" };
  it('37. a Lookup that continues gives columns that may not be NULL the default of their type, and takes the first of several matches', async () => {
    expect(await run(lookup('continue'), looked, 'T')).toEqual([[[1, 'first', 7, 'm'], [2, '', 0, null]]]);
  });
  it('37. a Lookup drops rows without a match where it is told to, and fails at them where nothing is set', async () => {
    expect(await run(lookup('drop'), looked, 'T')).toEqual([[[1, 'first', 7, 'm']]]);
    expect((await runEtl('datastage', dsxOf(lookup(null)), looked, [])).error).toContain('L: a row has no match in ref');
  });

  const capture = (properties: Readonly<Record<string, string>>): DsxJob => ({
    name: 'job', stages: [file('B'), file('A'), { name: 'C', type: 'PxChangeCapture', properties: { key: listProperty('key', [{ value: 'K' }]), ...properties } }, file('T')],
    links: [
      { name: 'before', from: 'B', to: 'C', columns: [int('K'), text('V'), text('W')] },
      { name: 'after', from: 'A', to: 'C', columns: [int('K'), text('V'), text('W')] },
      { name: 'out', from: 'C', to: 'T', columns: [int('K'), text('V'), text('W'), int('change_code')] },
    ],
  });
  const versions = { b: "(VALUES (1, 'a', 'x'), (2, 'b', 'x'), (3, 'c', 'x'), (4, NULL, 'x')) AS v(K, V, W)", a: "(VALUES (1, 'a', 'x'), (2, 'B', 'x'), (4, NULL, 'y'), (5, 'e', 'x')) AS v(K, V, W)" };
  it('38. Change Capture codes inserts 1, deletes 2 with their values of before, and edits 3; copies are dropped', async () => {
    expect(await run(capture({}), versions, 'T')).toEqual([[[2, 'B', 'x', 3], [3, 'c', 'x', 2], [4, null, 'y', 3], [5, 'e', 'x', 1]]]);
  });
  it('38. only the named values make an edit, and codes and dropped changes are those of the stage', async () => {
    expect(await run(capture({ value: listProperty('value', [{ value: 'V' }]), editCode: '9', dropCopy: 'False', dropDelete: 'True' }), versions, 'T')).toEqual([[[1, 'a', 'x', 0], [2, 'B', 'x', 9], [4, null, 'y', 0], [5, 'e', 'x', 1]]]);
  });

  it.each([['last', [[1, 20], [2, 40]]], ['first', [[1, 10], [2, 30]]]])('39. Remove Duplicates keeps the %s row of a key, in the order of the Sort before it', async (keep, expected) => {
    const job: DsxJob = {
      name: 'job', stages: [file('S'), { name: 'O', type: 'PxSort', properties: { key: listProperty('key', [{ value: 'A' }]) } }, { name: 'R', type: 'PxRemDup', properties: { keep, key: listProperty('key', [{ value: 'ID' }]) } }, file('T')],
      links: [{ name: 'in', from: 'S', to: 'O', columns: ids }, { name: 'sorted', from: 'O', to: 'R', columns: [int('ID', 'in.ID'), int('A', 'in.A')] }, { name: 'out', from: 'R', to: 'T', columns: [int('ID', 'sorted.ID'), int('A', 'sorted.A')] }],
    };
    expect(await run(job, { s: '(VALUES (2, 40), (1, 20), (2, 30), (1, 10)) AS v(ID, A)' }, 'T')).toEqual([expected]);
  });

  it.each([
    ['', [[1, 3, 'x'], [2, null, 'none'], [3, 6, 'z']]],
    ['1', [[1, 3, 'x'], [3, 6, 'z']]],
  ])('40. a NULL in a derivation gives NULL; with legacy null processing %s the row is dropped', async (legacy, expected) => {
    const job = single({ name: 'X', type: 'CTransformerStage', ...(legacy === '' ? {} : { properties: { LegacyNullProcessing: legacy } }) }, [int('ID'), int('A'), text('N')], [int('ID', 'in.ID'), int('B', 'in.A + 1'), text('M', "NullToValue(in.N, 'none')")]);
    const { rows, job: converted } = await runEtl('datastage', dsxOf(job), { s: "(VALUES (1, 2, 'x'), (2, NULL, NULL), (3, 5, 'z')) AS v(ID, A, N)" }, ['tgt.T']);
    expect(rows).toEqual([expected]);
    expect(converted.transformations.find((one) => one.id === 'X')?.notes).toEqual([expect.stringMatching(/legacy null processing/i)]);
  });

  it('41. decimals are cut off towards zero where they do not fit', async () => {
    const job = single({ name: 'X', type: 'CTransformerStage' }, [int('ID'), int('A')], [int('ID', 'in.ID'), decimal('D', 2, 'in.A / 3'), int('I', 'in.A / 3'), decimal('S', 1, "StringToDecimal('-2.59')")]);
    const [rows] = await run(job, { s: '(VALUES (1, 2), (2, -2), (3, 5)) AS v(ID, A)' }, 'T');
    expect(rows?.map((row) => row.map(Number))).toEqual([[1, 0.66, 0, -2.5], [2, -0.66, 0, -2.5], [3, 1.66, 1, -2.5]]);
  });

  it('42. row numbers count through all partitions: the usual formula over partitions gives each row its own, and says so', async () => {
    const job = single({ name: 'X', type: 'CTransformerStage' }, ids, [int('ID', 'in.ID'), int('N', '(@INROWNUM - 1) * @NUMPARTITIONS + @PARTITIONNUM + 1')]);
    const { rows, job: converted } = await runEtl('datastage', dsxOf(job), { s: '(VALUES (7, 0), (8, 0), (9, 0)) AS v(ID, A)' }, ['tgt.T']);
    expect(rows).toEqual([[[7, 1], [8, 2], [9, 3]]]);
    const stage = converted.transformations.find((one) => one.id === 'X');
    expect(stage?.notes).toEqual(expect.arrayContaining([expect.stringContaining('counts within each of them'), '@PARTITIONNUM is 0: the pipeline runs as one partition']));
    expect(stage?.confidence).toBeLessThan(0.9);
  });
});
