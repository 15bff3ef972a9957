import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import { nodeDataFiles } from '../adapters/duckdb/node-data-files.ts';
import { loadTable } from '../dataflow/fill-tables.ts';
import type { PipelineTable } from '../dataflow/model.ts';
import { givenFiles } from './given-files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-given-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const people: PipelineTable = {
  name: 'PEOPLE',
  role: 'source',
  columns: [
    { name: 'ID', type: 'INTEGER', nullable: false },
    { name: 'NAME', type: 'VARCHAR', nullable: true },
    { name: 'AMT', type: 'DECIMAL(10,2)', nullable: true },
    { name: 'BORN', type: 'DATE', nullable: true },
  ],
};

/** The rows of PEOPLE after loading a file, and what is said of it. */
async function loaded(content: string | Buffer, { isNamed = true } = {}) {
  const path = join(folder, 'p.csv');
  await writeFile(path, content);
  const file = await nodeDataFiles.prepare(path, 'p.csv');
  const given = givenFiles(new Map([['people', { file, format: 'csv', fillsTargets: true, isNamed }]]));
  const session = await createDuckDbRunner().open({ readable: given.readable });
  try {
    await session.run(
      'CREATE SCHEMA src; CREATE TABLE src.PEOPLE (ID INTEGER, NAME VARCHAR, AMT DECIMAL(10,2), BORN DATE)',
    );
    const rows = (await given.load(session, [people])).get('people');
    if (rows?.relation == null) return { rows: null, notes: rows?.notes };
    const unfit = await loadTable(session, people, rows.relation);
    const found = await session.query('SELECT ID, NAME, CAST(AMT AS VARCHAR), CAST(BORN AS VARCHAR) FROM src.PEOPLE');
    return { rows: found.rows, notes: [...rows.notes, ...unfit] };
  } finally {
    await session.close();
    await file.dispose();
  }
}

const ann = [1, 'Ann', '10.50', '2000-01-31'];

describe('the rows of a file for a table', () => {
  it('are found by the names of its columns, whatever their order and case', async () => {
    expect(await loaded('born,amt,Name,id\n2000-01-31,10.5,Ann,1\n')).toEqual({ rows: [ann], notes: [] });
  });

  it('are read with the delimiter, decimal comma and dates that the file has', async () => {
    const { rows, notes } = await loaded(
      'ID;NAME;AMT;BORN\n1;Ann;10,50;31.01.2000\n2;Bo;"1.234,50";01.02.2001\n3;7,5;;\n',
    );
    expect(rows).toEqual([ann, [2, 'Bo', '1234.50', '2001-02-01'], [3, '7,5', null, null]]);
    expect(notes).toEqual([]);
  });

  it('are decoded from Windows-1252', async () => {
    const { rows } = await loaded(Buffer.from('ID,NAME,AMT,BORN\n1,M\xfcller,1,2000-01-31\n', 'latin1'));
    expect(rows?.[0]?.[1]).toBe('Müller');
  });

  it('say which columns the file lacks and which are left out', async () => {
    expect(await loaded('ID,NAME,COLOUR\n1,Ann,red\n')).toEqual({
      rows: [[1, 'Ann', null, null]],
      notes: ['p.csv lacks AMT, BORN of PEOPLE: these are NULL', 'p.csv has more than PEOPLE: COLOUR; left out'],
    });
  });

  it('say which values do not fit the column, with an example', async () => {
    const { rows, notes } = await loaded('ID,NAME,AMT,BORN\n1,Ann,ten,2000-01-31\nx2,Bo,2,2000-02-31\n');
    expect(rows).toEqual([
      [1, 'Ann', null, '2000-01-31'],
      [null, 'Bo', '2.00', null],
    ]);
    expect(notes).toEqual([
      'PEOPLE.ID: 1 value that is no INTEGER became NULL, such as x2',
      'PEOPLE.AMT: 1 value that is no DECIMAL(10,2) became NULL, such as ten',
      'PEOPLE.BORN: 1 value that is no DATE became NULL, such as 2000-02-31',
    ]);
  });

  it('are taken in the order of the table where the file has no header', async () => {
    expect(await loaded('1,Ann,10.50,2000-01-31\n2,Bo,3.00,2001-02-01\n')).toEqual({
      rows: [ann, [2, 'Bo', '3.00', '2001-02-01']],
      notes: ['p.csv has no header line: its columns are taken in the order of PEOPLE'],
    });
  });

  it('are not used where the file is of another table, is empty, or has too little that nobody named', async () => {
    expect(await loaded('KEY,LABEL\n1,a\n')).toEqual({
      rows: null,
      notes: ['p.csv has the columns KEY, LABEL, and PEOPLE has ID, NAME, AMT, BORN'],
    });
    expect(await loaded('')).toEqual({ rows: null, notes: ['p.csv is empty; export it again'] });
    expect((await loaded('ID,KEY\n1,a\n', { isNamed: false })).rows).toBeNull();
    expect((await loaded('ID,KEY\n1,a\n')).rows).toEqual([[1, null, null, null]]);
  });
});
