import { describe, expect, it } from 'vitest';
import type { InputFile } from '../../shared/model/project.ts';
import type { ReadInput } from '../../engine/index.ts';
import { readDdl } from '../../engine/readers/ddl/index.ts';
import { comparedLines, comparedTable, comparedText } from './compare-views.ts';
import { SchemaVersions } from './schema-versions.ts';

const texts: Readonly<Record<string, string>> = {
  'v1.sql':
    'CREATE TABLE t (id int, phone varchar(20), name varchar(50)); CREATE TABLE same (a int); CREATE TABLE old (x int, y int)',
  'v2.sql': 'CREATE TABLE t (id int, name varchar(20) NOT NULL, tier smallint); CREATE TABLE same (a int)',
  'empty.sql': '-- nothing\n',
};

const fileOf = (name: string): InputFile => ({
  id: name,
  name,
  path: `/${name}`,
  role: 'target',
  format: 'ddl',
  dialect: null,
  sha256: name,
  bytes: 1,
});

function versionsOf(inputs: readonly string[]): { readonly versions: SchemaVersions; readonly reads: string[] } {
  const reads: string[] = [];
  const reader = {
    describe: (path: string) => Promise.resolve(fileOf(path)),
    read: ({ name }: InputFile): Promise<ReadInput> => {
      reads.push(name);
      const { tables, diagnostics } = readDdl(texts[name] ?? '', { file: name, dialect: 'postgres' });
      const schema = { file: name, format: 'ddl' as const, dialect: null, tables, diagnostics };
      return Promise.resolve({ kind: 'schema', rows: null, schema });
    },
  };
  const versions = new SchemaVersions(reader, { inputs: () => inputs.map(fileOf), side: () => null });
  return { versions, reads };
}

const pair = { before: 'input:v1.sql', after: 'file:v2.sql' };
const whole = { ...pair, text: '', kind: 'all', breaking: false } as const;
const all = { ...whole, offset: 0, limit: 100 };

describe('two versions of a schema', () => {
  it('are inputs and files, each read once, whatever is asked about them', async () => {
    const { versions, reads } = versionsOf(['v1.sql']);
    const { added, versions: listed } = await versions.add(['v2.sql']);
    expect([added, listed.map(({ id }) => id)]).toEqual([['file:v2.sql'], ['input:v1.sql', 'file:v2.sql']]);
    const { counts, tables, unchanged } = await comparedLines(versions, all);
    expect(counts).toEqual({ all: 5, added: 1, removed: 2, renamed: 0, changed: 2, breaking: 4 });
    expect([tables, unchanged]).toEqual([2, 1]);
    await comparedLines(versions, { ...all, text: 'varchar' });
    expect(reads).toEqual(['v2.sql', 'v1.sql']);
  });

  it('are filtered by words, by kind and by what may break', async () => {
    const { versions } = versionsOf(['v1.sql']);
    await versions.add(['v2.sql']);
    const names = async (query: object): Promise<readonly string[]> =>
      (await comparedLines(versions, { ...all, ...query })).lines.map(
        ({ table, column, subject }) => `${subject} ${column === null ? table : `${table}.${column}`}`,
      );
    expect(await names({ text: 'varchar' })).toEqual(['type t.name', 'column t.phone']);
    expect(await names({ kind: 'removed' })).toEqual(['table old', 'column t.phone']);
    expect(await names({ breaking: true, kind: 'changed' })).toEqual(['type t.name', 'nullable t.name']);
    expect(await names({ text: 't.tier' })).toEqual(['column t.tier']);
  });

  it('stand side by side, a removed table too', async () => {
    const { versions } = versionsOf(['v1.sql']);
    await versions.add(['v2.sql']);
    const page = { ...pair, offset: 0, limit: 10 };
    expect((await comparedTable(versions, { ...page, table: 't' })).rows).toEqual([
      { kind: 'same', before: 'id int', after: 'id int' },
      { kind: 'changed', before: 'name varchar(50)', after: 'name varchar(20) NOT NULL' },
      { kind: 'added', before: null, after: 'tier smallint' },
      { kind: 'removed', before: 'phone varchar(20)', after: null },
    ]);
    expect((await comparedTable(versions, { ...page, table: 'old' })).rows.map(({ kind }) => kind)).toEqual([
      'removed',
      'removed',
    ]);
    await expect(comparedTable(versions, { ...page, table: 'same' })).rejects.toThrow('did not change');
  });

  it('give the same text each time, and a file without a table is refused', async () => {
    const { versions } = versionsOf(['v1.sql']);
    await versions.add(['v2.sql']);
    const once = await comparedText(versions, whole, 'markdown');
    expect(await comparedText(versions, whole, 'markdown')).toEqual(once);
    expect((await comparedText(versions, whole, 'text')).text).toContain('! - table old');
    const part = await comparedText(versions, { ...whole, kind: 'added' }, 'markdown');
    expect(part.lines).toBeLessThan(part.all);
    expect(part.text).toContain(`Only ${part.lines} of ${part.all} changes`);
    expect(part.text).not.toContain('`old`');
    await expect(versions.add(['empty.sql'])).rejects.toThrow('empty.sql has no table');
    expect(versions.list().versions.map(({ name }) => name)).toEqual(['v1.sql', 'v2.sql']);
    await expect(versions.compare('file:gone', pair.after)).rejects.toThrow('not there any more');
  });
});
