import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { createDuckDbRunner } from './duckdb-runner.ts';

let folder = '';
let allowed = '';
let session: SqlSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-test-'));
  allowed = join(folder, 'allowed.csv');
  await writeFile(allowed, 'id,name\n1,a\n2,b\n');
  await writeFile(join(folder, 'secret.csv'), 'secret\n42\n');
  session = await createDuckDbRunner().open({ readable: [allowed] });
});

afterAll(async () => {
  await session.close();
  await rm(folder, { recursive: true, force: true });
});

const query = async (sql: string): Promise<readonly unknown[]> => (await session.query(sql)).rows.flat();

describe('a sandboxed DuckDB session', () => {
  it('reads the files that it was given', async () => {
    expect(await session.query(`SELECT * FROM read_csv('${allowed}')`)).toEqual({
      columns: ['id', 'name'],
      types: ['BIGINT', 'VARCHAR'],
      rows: [
        [1n, 'a'],
        [2n, 'b'],
      ],
    });
  });

  it('refuses every other file, also by a detour', async () => {
    const detour = `${folder}/../${folder.split('/').at(-1) ?? ''}/secret.csv`;
    for (const path of [join(folder, 'secret.csv'), detour, '/etc/passwd']) {
      await expect(session.query(`SELECT * FROM read_csv('${path}')`)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      await expect(session.query(`SELECT * FROM read_text('${path}')`)).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    }
  });

  it('does not list folders', async () => {
    await expect(session.query(`SELECT * FROM glob('${folder}/*')`)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it.each([
    "COPY (SELECT 1) TO 'ALLOWED' (USE_TMP_FILE false)",
    "ATTACH 'ALLOWED' AS other",
    "EXPORT DATABASE 'ALLOWED'",
    'LOAD json',
    'INSTALL httpfs',
    'PREPARE p AS SELECT 1',
    "SELECT 1; COPY (SELECT 1) TO 'ALLOWED' (USE_TMP_FILE false)",
  ])('refuses %s and leaves the file as it was', async (sql) => {
    const before = await readFile(allowed);
    await expect(session.run(sql.replaceAll('ALLOWED', allowed))).rejects.toMatchObject({ name: 'PortolanError' });
    expect(await readFile(allowed)).toEqual(before);
  });

  it('cannot be unlocked', async () => {
    for (const sql of [
      'SET enable_external_access = true',
      'SET lock_configuration = false',
      "SET allowed_directories = ['/']",
      'RESET threads',
    ]) {
      await expect(session.run(sql)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    }
  });

  it('does not show where files lie in its messages', async () => {
    const failure = await session
      .query(`SELECT * FROM read_csv('${allowed}', columns = {'id': 'INTEGER', 'name': 'INTEGER'}, header = true)`)
      .catch(String);
    expect(failure).toContain('allowed.csv');
    expect(failure).not.toContain(folder);
  });

  it('gives values that are plain data', async () => {
    expect(
      await query(`SELECT 1.50::DECIMAL(5,2), 12345678901234567890::HUGEINT, [1, 2], DATE '2024-02-29', TIMESTAMP '2024-01-02 03:04:05.5',
        TIMESTAMPTZ '2024-01-02 03:04:05+02', true, 1.5::DOUBLE, 'nan'::DOUBLE, NULL, {'a': 1}`),
    ).toEqual([
      '1.50',
      12345678901234567890n,
      '[1, 2]',
      '2024-02-29',
      '2024-01-02 03:04:05.5',
      '2024-01-02 01:04:05+00',
      true,
      1.5,
      'nan',
      null,
      "{'a': 1}",
    ]);
  });

  it('runs several statements and returns no more rows than asked for', async () => {
    await session.run('CREATE TABLE numbers AS SELECT range AS n FROM range(5000); INSERT INTO numbers VALUES (-1)');
    expect((await session.query('SELECT n FROM numbers ORDER BY n', 3)).rows).toEqual([[-1n], [0n], [1n]]);
    expect((await session.query('SELECT n FROM numbers')).rows).toHaveLength(5001);
  });

  it('names the statement that fails', async () => {
    await expect(session.run('SELECT nothing FROM nowhere')).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      hint: 'SELECT nothing FROM nowhere',
    });
    await expect(session.query('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(session.query('')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('runs statements in the order of the calls', async () => {
    await Promise.all([
      session.run('CREATE TABLE log (n INTEGER)'),
      session.run('INSERT INTO log VALUES (1)'),
      session.run('INSERT INTO log VALUES (2)'),
    ]);
    expect(await query('SELECT n FROM log')).toEqual([1, 2]);
  });
});

describe('the life of a session', () => {
  it('spills to disk when memory is short and leaves nothing behind', async () => {
    const small = await createDuckDbRunner().open({ readable: [], memoryLimit: '60MB' });
    const spill = (await small.query("SELECT current_setting('temp_directory')")).rows[0]?.[0];
    expect(existsSync(String(spill))).toBe(true);
    await small.run(
      'CREATE TABLE big AS SELECT range AS n, md5(range::VARCHAR) AS a, md5((range + 1)::VARCHAR) AS b FROM range(1000000)',
    );
    expect((await small.query('SELECT count(*) FROM (SELECT * FROM big ORDER BY a)')).rows).toEqual([[1000000n]]);
    await small.close();
    expect(existsSync(String(spill))).toBe(false);
  });

  it('stops the running statement when it is cancelled', async () => {
    const cancel = new AbortController();
    const long = await createDuckDbRunner().open({ readable: [], signal: cancel.signal });
    const running = long.query(
      'SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range % 7 = b.range % 5',
    );
    setImmediate(() => cancel.abort());
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(long.query('SELECT 1')).rejects.toMatchObject({ code: 'CANCELLED' });
    await long.close();
  });

  it('keeps two sessions apart', async () => {
    const other = await createDuckDbRunner().open({ readable: [] });
    await other.run('CREATE TABLE only_here (n INTEGER)');
    await expect(session.query('SELECT * FROM only_here')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await other.close();
    await other.close();
    await expect(other.query('SELECT 1')).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
