import { describe, expect, it } from 'vitest';
import type { Dialect, Table } from '../../shared/model/schema.ts';
import { SchemaDiff } from '../../shared/model/schema-diff.ts';
import { readDdl } from '../readers/ddl/index.ts';
import { printSchema } from '../sql/ddl/print-schema.ts';
import { diffSchemas } from './diff-schemas.ts';

const tables = (text: string, dialect: Dialect = 'postgres'): readonly Table[] =>
  readDdl(text, { file: 'x.sql', dialect }).tables;
const diff = (before: string, after: string) => diffSchemas(tables(before), tables(after));

describe('diffSchemas', () => {
  it('finds nothing where only order, case and dialect differ', () => {
    const before = tables(
      'CREATE TABLE b (x varchar(9) NOT NULL); CREATE TABLE a (id integer PRIMARY KEY, n numeric(9,2))',
    );
    const after = tables(printSchema(before.toReversed(), 'mysql', 'postgres').sql.replaceAll('`a`', '`A`'), 'mysql');
    expect(diffSchemas(before, after)).toEqual({ tables: [], unchanged: 2 });
  });

  it('tells added, removed and changed columns, and which changes break', () => {
    const { tables: changes } = diff(
      `CREATE TABLE t (id int, name varchar(50), amount numeric(9,2), old_flag boolean, note text)`,
      `CREATE TABLE t (id bigint, name varchar(20), amount numeric(12,2) NOT NULL, note text DEFAULT '-', created_at timestamp, kind uuid NOT NULL)`,
    );
    expect(changes).toHaveLength(1);
    expect(
      changes[0]?.columns.map(({ kind, before, after, breaking, properties }) => [
        kind,
        after ?? before,
        breaking,
        properties.map((change) => `${change.property}: ${change.before} > ${change.after}`),
      ]),
    ).toEqual([
      ['changed', 'id', false, ['type: int > bigint']],
      ['changed', 'name', true, ['type: varchar(50) > varchar(20)']],
      ['changed', 'amount', true, ['type: numeric(9,2) > numeric(12,2)', 'nullable: NULL > NOT NULL']],
      ['changed', 'note', false, [`default: null > '-'`]],
      ['added', 'created_at', false, []],
      ['added', 'kind', true, []],
      ['removed', 'old_flag', true, []],
    ]);
  });

  it('proposes renamed columns and tables with a score', () => {
    const { tables: changes } = diff(
      'CREATE TABLE cust_master (cust_id int, cust_name varchar(60), phone varchar(20), opened date); CREATE TABLE gone (q int)',
      'CREATE TABLE customer (cust_id int, customer_name varchar(60), phone varchar(20), opened date); CREATE TABLE fresh (z xml)',
    );
    expect(changes.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['renamed', 'cust_master', 'customer'],
      ['added', null, 'fresh'],
      ['removed', 'gone', null],
    ]);
    const renamed = changes[0];
    expect(renamed?.score).toBeGreaterThan(0.6);
    expect(renamed?.columns).toMatchObject([
      { kind: 'renamed', before: 'cust_name', after: 'customer_name', properties: [] },
    ]);
  });

  it('compares keys, references, indexes and checks by what they say', () => {
    const { tables: changes } = diff(
      'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int CONSTRAINT x CHECK (a > 0), b int REFERENCES p (id), c int); CREATE INDEX i ON t (c)',
      'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int PRIMARY KEY CONSTRAINT y CHECK (a > 0), b int, c int UNIQUE); CREATE INDEX other_name ON t (c)',
    );
    expect(changes[0]?.constraints).toEqual([
      { kind: 'added', constraint: 'primary key', text: 'a', breaking: true },
      { kind: 'added', constraint: 'unique', text: 'c', breaking: true },
      { kind: 'removed', constraint: 'foreign key', text: 'b -> p (id)', breaking: false },
    ]);
  });

  it('finds a table whose schema is written in one version only, and gives a result of the model', () => {
    const result = diff('CREATE TABLE hr.t (a int)', `CREATE TABLE t (a int); COMMENT ON TABLE t IS 'x'`);
    expect(SchemaDiff.parse(result)).toMatchObject({
      tables: [{ kind: 'changed', before: 'hr.t', after: 't', comment: { before: null, after: 'x' }, breaking: false }],
      unchanged: 0,
    });
  });
});
