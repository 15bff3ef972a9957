import { describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../adapters/duckdb/duckdb-runner.ts';
import { macroSql } from '../../expr/duckdb-macros.ts';
import { translateScript, type TranslatedScript } from './translate-script.ts';

const sql = createDuckDbRunner();
const resolve = (name: string) => ({ name, role: 'target' as const });
const tsql = (text: string, collation: string | null = 'NOCASE'): TranslatedScript =>
  translateScript(text, {
    dialect: 'tsql',
    collation,
    resolve,
    variable: (name) => (name === '0' ? `getvariable('User::N')` : null),
  });
const oracle = (text: string): TranslatedScript => translateScript(text, { dialect: 'oracle', resolve });
const written = (script: TranslatedScript): readonly string[] => script.statements.map((one) => one.sql);

/** The rows of `query` after the statements have run on a few tables. */
async function after(script: TranslatedScript, query: string): Promise<readonly unknown[]> {
  expect(script.refusal).toBeNull();
  const session = await sql.open({ readable: [] });
  try {
    await session.run(`CREATE SCHEMA tgt; CREATE TABLE tgt.T (id INTEGER, name VARCHAR, d TIMESTAMP);
      INSERT INTO tgt.T VALUES (1, 'Ann', '2024-01-31'), (2, 'bob ', '2024-03-01'); SET VARIABLE "User::N" = 2;
      SET VARIABLE run_ts = TIMESTAMP '2024-05-06 07:08:09'; ${macroSql(script.macros)}`);
    for (const { sql: statement, when } of script.statements) {
      if (when !== undefined) {
        const holds = (await session.query(`SELECT ${when}`)).rows[0]?.[0];
        if (holds !== true) continue;
      }
      await session.run(statement);
    }
    const { rows } = await session.query(query);
    const plain = rows.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
    return plain.map((row) => (row.length === 1 ? row[0] : row));
  } finally {
    await session.close();
  }
}

describe('SQL of control flow from SQL Server', () => {
  it('empties, deletes, inserts and updates', async () => {
    const script = tsql(`TRUNCATE TABLE [dbo].[T]
      INSERT dbo.T (id, name) VALUES (7, N'x' + 'y')
      INSERT INTO T (id) SELECT TOP 1 id + 1 FROM T WITH (NOLOCK) ORDER BY id
      UPDATE T SET name = ISNULL(name, '-') + '!' WHERE id >= 7; DELETE T WHERE id = 7`);
    expect(await after(script, 'SELECT id, name FROM tgt.T')).toEqual([[8, '-!']]);
  });

  it('runs the branch of an IF that holds, decided once', async () => {
    const script = tsql(`IF NOT EXISTS (SELECT 1 FROM T WHERE id = -1) BEGIN
      SET IDENTITY_INSERT T ON; INSERT INTO T (id, name) VALUES (-1, 'Unknown'); INSERT INTO T (id) VALUES (-2) END
      ELSE DELETE FROM T`);
    expect(await after(script, 'SELECT id FROM tgt.T ORDER BY id')).toEqual([-2, -1, 1, 2]);
  });

  it('makes and drops tables, also under the usual question whether they are there', async () => {
    const script = tsql(`IF OBJECT_ID('dbo.S', 'U') IS NOT NULL DROP TABLE dbo.S
      GO
      CREATE TABLE dbo.S (id INT IDENTITY(1,1) NOT NULL, amount MONEY, note NVARCHAR(10) NULL, CONSTRAINT pk PRIMARY KEY CLUSTERED (id))
      CREATE INDEX ix ON dbo.S (note)
      INSERT INTO S (id, amount) SELECT id, 1.5 FROM T; SELECT * INTO #copy FROM S; DROP TABLE IF EXISTS T`);
    expect(await after(script, 'SELECT count(*), sum(amount) FROM tgt."#copy"')).toEqual([[2, '3.0000']]);
  });

  it('sets variables and gives them to later statements', async () => {
    const script = tsql(`DECLARE @n int = 5, @s varchar(3) = 'abcdef'; SET @n = @n + 1
      SELECT @s = @s + name FROM T WHERE id = 1
      INSERT INTO T (id, name) VALUES (@n + ?, @s)`);
    expect(await after(script, 'SELECT id, name FROM tgt.T WHERE id > 2')).toEqual([[8, 'abcAnn']]);
  });

  it('keeps what dates and lengths mean', async () => {
    const script = tsql(`SELECT LEN(name) AS l, CONVERT(varchar(8), d, 112) AS c, DATEADD(mm, 1, d) AS a,
      DATEDIFF(day, d, GETDATE()) AS f, CAST(name AS varchar(2)) AS v FROM T WHERE name IN ('ann', 'BOB') ORDER BY id`);
    expect(await after(script, written(script)[0] ?? '')).toEqual([[3, '20240131', '2024-02-29 00:00:00', 96, 'An']]);
  });

  it('compares texts as the collation does', async () => {
    expect(await after(tsql("DELETE FROM T WHERE name = 'ANN'"), 'SELECT count(*) FROM tgt.T')).toEqual([1]);
    expect(await after(tsql("DELETE FROM T WHERE name = 'ANN'", null), 'SELECT count(*) FROM tgt.T')).toEqual([2]);
  });

  it('merges', async () => {
    const script =
      tsql(`MERGE INTO dbo.T AS t USING (SELECT 2 AS id, 'new' AS name UNION ALL SELECT 3, 'three') AS s ON t.id = s.id
      WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED BY TARGET THEN INSERT (id, name) VALUES (s.id, s.name);`);
    expect(await after(script, 'SELECT id, name FROM tgt.T ORDER BY id')).toEqual([
      [1, 'Ann'],
      [2, 'new'],
      [3, 'three'],
    ]);
  });

  it.each([
    ['EXEC dbo.Load ?, ? OUTPUT', 'it runs the procedure dbo.Load, whose code is in the database'],
    ["EXEC ('DROP TABLE ' + @name)", 'it runs the procedure (by its text), whose code is in the database'],
    ['SELECT COUNT(*) FROM sys.objects', 'it uses the catalogue sys'],
    ['WHILE 1 = 1 DELETE FROM T', 'it has a loop (WHILE)'],
    ['BEGIN TRY DELETE FROM T END TRY', 'it handles errors (TRY)'],
    ['UPDATE t SET a = 1 FROM T t JOIN S ON 1 = 1', 'it updates rows by a join'],
    ['SELECT STUFF(name, 1, 1, NULL) FROM T', 'it uses STUFF(), which has no counterpart here'],
    ['DELETE FROM T WHERE id = @unknown', 'it uses @unknown, which has no counterpart here'],
    ['SELECT ?, ?', 'it uses parameter 2, which has no counterpart here'],
    ['ALTER TABLE T ADD c INT', 'it changes a table (ALTER)'],
    ["BULK INSERT T FROM 'x.csv'", 'it has a BULK statement'],
    ['TRUNCATE TABLE T; EXEC p', 'it runs the procedure p, whose code is in the database'],
  ])('refuses %s as a whole', (text, why) => {
    const { refusal, statements, confidence } = tsql(text);
    expect(refusal).toContain(why);
    expect({ statements, confidence }).toEqual({ statements: [], confidence: 0 });
  });
});

describe('SQL of control flow from Oracle', () => {
  it('deletes and inserts by dates of the run', async () => {
    const script = oracle(`DELETE FROM own.T WHERE d <= TRUNC(LAST_DAY(SYSDATE - 60)) AND id = 2;
      INSERT INTO own.T (id, name, d) VALUES (3, NVL(NULL, 'n'), TRUNC(SYSDATE)); COMMIT;`);
    expect(await after(script, 'SELECT id, name, d FROM tgt.T ORDER BY id')).toEqual([
      [1, 'Ann', '2024-01-31 00:00:00'],
      [3, 'n', '2024-05-06 00:00:00'],
    ]);
  });

  it('refuses blocks, sequences and functions that DuckDB does not have', () => {
    expect(oracle('BEGIN p; END;').refusal).toBe('it has a block of a procedural language');
    expect(oracle('INSERT INTO t VALUES (s.NEXTVAL)').refusal).toContain('NEXTVAL');
    expect(oracle('UPDATE t SET a = own.f(b)').refusal).toContain('F()');
  });
});

it('never throws, whatever the text', () => {
  for (const text of [
    '',
    ';',
    'IF',
    'INSERT',
    'DELETE FROM',
    'UPDATE t',
    'CREATE TABLE',
    'MERGE',
    "'",
    '(((((',
    'SELECT TOP',
    'DECLARE @a',
  ])
    for (const one of [tsql(text), oracle(text)])
      expect(one.refusal === null || one.statements.length === 0).toBe(true);
  const deep = `SELECT ${'ISNULL('.repeat(3000)}1${', 0)'.repeat(3000)}`;
  expect(tsql(deep).refusal).not.toBeNull();
});
