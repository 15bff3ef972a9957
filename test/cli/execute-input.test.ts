import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portolan } from './command-line.ts';

let folder = '';
const at = (name: string): string => join(folder, name);

const columns = [
  '{ name: ID, type: INTEGER, nullable: false }',
  "{ name: AMOUNT, type: 'DECIMAL(10,2)', nullable: true }",
].join(', ');
const metadata = 'metadata: { dialect: duckdb, generator: test, overall_confidence: 1, warnings_count: 0 }';
const pipeline = `apiVersion: dataflow/v1
kind: Pipeline
name: load
parameters: [{ name: LIMIT, type: integer, default: '0' }]
tables:
  - { name: ORDERS, role: source, columns: [${columns}] }
  - { name: KEPT, role: target, key: [ID], columns: [${columns}] }
nodes:
  - { id: SQ, type: source, operator: source_connector_sql_pushdown, columns: [${columns}], confidence: 1, conversion: rule_engine,
      sql: "SELECT ID, AMOUNT FROM src.ORDERS WHERE AMOUNT >= getvariable('LIMIT')" }
  - { id: T, type: sink, operator: sink, depends_on: [{ node: SQ }], config: { table: KEPT, mode: insert }, columns: [${columns}],
      confidence: 1, conversion: rule_engine, sql: SELECT ID, AMOUNT FROM SQ }
${metadata}
`.replace('sql: SELECT ID, AMOUNT FROM SQ', 'sql: "SELECT ID, AMOUNT FROM SQ"');
const workflow = `apiVersion: dataflow/v1
kind: Workflow
name: nightly
tasks: [{ id: t, type: Session, pipeline: load, conversion: rule_engine }]
metadata: { generator: test }
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-execute-input-'));
  writeFileSync(at('load.yaml'), pipeline);
  writeFileSync(at('nightly.yaml'), workflow);
  writeFileSync(at('orders.csv'), 'AMOUNT;id;NOTE\n1,50;1;a\n20,00;2;b\n');
  writeFileSync(at('expected.csv'), 'ID,AMOUNT\n2,20.004\n');
  writeFileSync(at('other.csv'), 'KEY,LABEL\n1,a\n');
  writeFileSync(at('empty.csv'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const input = `ORDERS=${'orders.csv'}`;
const run = (...args: readonly string[]) => portolan(['execute', ...args], { cwd: folder });

const wrong: readonly { readonly what: string; readonly args: readonly string[]; readonly says: RegExp }[] = [
  { what: 'a wrong path', args: ['--input', 'ORDERS=none.csv'], says: /none\.csv does not exist\. Check the path/ },
  { what: 'a table that there is not', args: ['--input', 'ORDER=orders.csv'], says: /fits no table.*KEPT, ORDERS/ },
  { what: 'a target that there is not', args: ['--expect', 'ORDERS=orders.csv'], says: /fits no target.*KEPT/ },
  { what: 'a table given twice', args: ['--input', input, 'orders=other.csv'], says: /orders is given twice/ },
  {
    what: 'a file of another table',
    args: ['--input', 'ORDERS=other.csv'],
    says: /has the columns KEY, LABEL, and ORDERS/,
  },
  { what: 'an empty file', args: ['--input', 'ORDERS=empty.csv'], says: /empty\.csv is empty/ },
  { what: 'a parameter that there is not', args: ['--parameter', 'LIMITS=1'], says: /fits no parameter.*LIMIT/ },
  { what: 'a tolerance that is no number', args: ['--tolerance', 'much'], says: /--tolerance much is no number/ },
];

describe.each(['load.yaml', 'nightly.yaml'])('execute %s', (document) => {
  it.each(wrong)('says so of $what', async ({ args, says }) => {
    const { status, stdout, stderr } = await run(document, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });

  it('runs on a file with other order, case, delimiter and decimal comma, and compares', async () => {
    const args = [document, '--input', input, '--parameter', 'limit=10', '--expect', 'KEPT=expected.csv', '--json'];
    const { status, stdout } = await run(...args, '--tolerance', '0.01');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'passed',
      inputs: [{ table: 'orders', used: true, notes: ['orders.csv has more than ORDERS: NOTE; left out'] }],
      comparisons: [{ name: 'KEPT', equal: true, actualRows: 1 }],
    });
    const more = await run(document, '--input', input, '--expect', 'KEPT=expected.csv', '--json');
    expect(more.status).toBe(1);
    expect(JSON.parse(more.stdout)).toMatchObject({ status: 'failed', comparisons: [{ unexpected: { count: 1 } }] });
  });
});

it('execute refuses a number that is none for a parameter', async () => {
  const { status, stdout } = await run('load.yaml', '--input', input, '--parameter', 'LIMIT=ten');
  expect(status).toBe(1);
  expect(stdout).toMatch(/The parameter LIMIT is a number, which ten is not/);
});
