/** What `schema --print`, `schema --diff` and `profile` print, through the built command line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SchemaDiff } from '../../src/shared/model/schema-diff.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { portolan } from './command-line.ts';

function files(contents: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const folder = temporaryFolder();
  return Object.fromEntries(
    Object.entries(contents).map(([name, content]) => {
      writeFileSync(join(folder, name), content);
      return [name, join(folder, name)];
    }),
  );
}

describe('schema', () => {
  it('prints a schema as the DDL of another dialect, and says what that cannot hold', async () => {
    const { old = '' } = files({
      old: `CREATE TABLE "T" ("ID" NUMBER(10) PRIMARY KEY, "AT" TIMESTAMP(6) WITH TIME ZONE, "D" VARCHAR2(9) DEFAULT f(1));`,
    });
    const run = await portolan(['schema', old, '--dialect', 'oracle', '--print', 'mysql']);
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('CREATE TABLE `T` (\n  `ID` INT NOT NULL,\n  `AT` TIMESTAMP,');
    expect(run.stderr).toContain('T.D: the default f(1) is left out');
  });

  it('compares two versions', async () => {
    const { a = '', b = '' } = files({
      a: 'CREATE TABLE t (id int, gone varchar(5));\nCREATE TABLE same (x int);',
      b: 'CREATE TABLE t (id bigint NOT NULL);\nCREATE TABLE same (x int);\nCREATE TABLE fresh (y date);',
    });
    const text = await portolan(['schema', '--diff', a, b]);
    expect(text.stdout).toBe(
      '  + table fresh\n! ~ table t\n  ! ~ column id: type int > bigint, nullable NULL > NOT NULL\n  ! - column gone\n2 tables differ, 1 are the same\n',
    );
    const json = await portolan(['schema', '--diff', a, b, '--json']);
    expect(SchemaDiff.parse((JSON.parse(json.stdout) as { diff: unknown }).diff)).toMatchObject({ unchanged: 1 });
    expect((await portolan(['schema', '--diff', a])).status).toBe(2);
  });
});

describe('profile', () => {
  it('prints figures, keys, meanings and references, and masks what tells of people if asked to', async () => {
    const { 'people.csv': people = '', 'orders.csv': orders = '' } = files({
      'people.csv': `person_id,e_mail\n${Array.from({ length: 30 }, (_, i) => `${i + 1},p${i}@example.org`).join('\n')}\n`,
      'orders.csv': `order_id,person_id\n${Array.from({ length: 60 }, (_, i) => `${i + 500},${(i % 30) + 1}`).join('\n')}\n`,
    });
    const run = await portolan(['profile', people, orders, '--json']);
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      profiles: [
        { rows: 30, columns: [{ name: 'person_id' }, { name: 'e_mail', semanticType: 'email', personal: true }] },
        { rows: 60, candidateKeys: [['order_id']] },
      ],
      relationships: [
        { from: { table: 'orders', column: 'person_id' }, to: { table: 'people', column: 'person_id' }, inclusion: 1 },
      ],
    });
    const masked = await portolan(['profile', people, '--mask']);
    expect(masked.stdout).toContain('email (personal)');
    expect(masked.stdout).not.toContain('example.org');
    expect((await portolan(['profile', people, '--rows', '10'])).stdout).toContain('10 rows of 30');
  });
});
