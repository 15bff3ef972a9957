import { describe, expect, it } from 'vitest';
import { defaultSettings, type ExpressionEnv, type PortInfo } from '../environment.ts';
import type { Translation } from '../translation.ts';
import { parsePowerCenter } from './parse.ts';
import { conditionToDuckDb, inferType, toDuckDb } from './to-duckdb.ts';
import { translateExpression } from '../languages.ts';

const port = (type: PortInfo['type'], sqlName: string): PortInfo => ({ type, precision: null, scale: null, sqlName });
const env: ExpressionEnv = {
  ports: new Map([
    ['name', port('string', '"NAME"')],
    ['qty', port('integer', '"QTY"')],
    ['price', port('decimal', '"PRICE"')],
    ['day', port('date', '"DAY"')],
    ['v_total', port('decimal', '"QTY" * "PRICE"')],
  ]),
  parameters: new Map([['$$from', { type: 'date', sql: "TIMESTAMP '2024-01-01'" }]]),
  mode: 'row',
  settings: defaultSettings,
};

function ast(text: string) {
  const parsed = parsePowerCenter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.ast;
}

const translate = (text: string, more: Partial<ExpressionEnv> = {}): Translation =>
  toDuckDb(ast(text), { ...env, ...more });

describe('toDuckDb', () => {
  it('uses the SQL of a port and puts a longer one in parentheses', () => {
    expect(translate('v_total / 100')).toMatchObject({
      sql: '("QTY" * "PRICE") / 100',
      references: ['v_total'],
      confidence: 0.98,
    });
  });

  it('reports ports that do not exist', () => {
    expect(translate('MISSING + 1')).toMatchObject({ confidence: 0.3, warnings: ['There is no port MISSING'] });
  });

  it('names parameters, lookups and macros that the SQL needs', () => {
    const { sql, parameters, lookups, macros } = translate(':LKP.RATES(NAME, $$from) + TO_DECIMAL(NAME) + $$other', {
      resolveLookup: (call) => ({
        sql: `(SELECT max(rate) FROM rates WHERE code = ${call.args[0] ?? ''})`,
        type: 'decimal',
      }),
    });
    expect({ sql, parameters, lookups, macros }).toEqual({
      sql: `((SELECT max(rate) FROM rates WHERE code = "NAME")) + pc_num_prefix("NAME") + getvariable('$$other')`,
      parameters: ['$$from', '$$other'],
      lookups: [{ name: 'RATES', args: ['"NAME"', "TIMESTAMP '2024-01-01'"] }],
      macros: ['pc_num_prefix'],
    });
  });

  it('gives the conditions under which the row is rejected, with those of the branches around them', () => {
    expect(translate("IIF(PRICE > 1, PRICE / QTY, IIF(ISNULL(NAME), ERROR('no name'), 0))").rowErrors).toEqual([
      '"PRICE" > 1 AND "QTY" = 0',
      '("PRICE" > 1) IS NOT TRUE AND "NAME" IS NULL',
    ]);
    expect(translate('IIF(QTY > 1, PRICE / QTY, 0)')).toMatchObject({
      sql: 'CASE WHEN "QTY" > 1 THEN "PRICE" / "QTY" ELSE 0 END',
      rowErrors: [],
    });
    expect(translate('IIF(QTY > -1, PRICE / QTY, 0)').rowErrors).toEqual(['"QTY" > -1 AND "QTY" = 0']);
    expect(translate('PRICE / QTY').rowErrors).toEqual(['"QTY" = 0']);
    expect(translate("TO_DATE(NAME, 'YYYYMMDD')").rowErrors).toEqual([
      `"NAME" IS NOT NULL AND try_strptime("NAME", '%Y%m%d') IS NULL`,
    ]);
  });

  it('compares by the setting for NULL', () => {
    const high = { settings: { ...defaultSettings, nullComparison: 'HIGH' } } as const;
    const low = { settings: { ...defaultSettings, nullComparison: 'LOW' } } as const;
    expect(translate('NAME = NAME', high).sql).toBe('"NAME" IS NOT DISTINCT FROM "NAME"');
    expect(translate('QTY > PRICE', high).sql).toBe(
      'CASE WHEN "QTY" IS NULL AND "PRICE" IS NULL THEN FALSE WHEN "QTY" IS NULL THEN TRUE WHEN "PRICE" IS NULL THEN FALSE ELSE "QTY" > "PRICE" END',
    );
    expect(translate('QTY > 1', low).sql).toBe('CASE WHEN "QTY" IS NULL THEN FALSE ELSE "QTY" > 1 END');
  });

  it('takes the last row for ports of an Aggregator that are neither grouped nor aggregated', () => {
    const { sql, orderSensitive, aggregate } = translate('SUM(PRICE) * QTY || NAME', {
      mode: 'aggregate',
      groupBy: new Set(['name']),
    });
    expect({ sql, orderSensitive, aggregate }).toEqual({
      sql: expect.stringContaining('last("QTY" ORDER BY __seq)') as string,
      orderSensitive: true,
      aggregate: true,
    });
    expect(sql).toContain('sum("PRICE")');
  });

  it('reads a port from the previous row where it is told to', () => {
    const previousRow = new Map([['v_total', 'lag("V", 1, 0) OVER (ORDER BY __seq)']]);
    expect(translate('v_total + PRICE', { previousRow })).toMatchObject({
      sql: '(lag("V", 1, 0) OVER (ORDER BY __seq)) + "PRICE"',
      orderSensitive: true,
    });
  });

  it('marks aggregates outside an Aggregator and nested aggregates', () => {
    expect(translate('SUM(QTY)').confidence).toBeLessThanOrEqual(0.5);
    expect(translate('SUM(AVG(QTY))', { mode: 'aggregate' }).unsupported).toEqual(['nested AVG']);
  });

  it('never raises its confidence for an unknown function around known ones', () => {
    expect(translate('UPPER(MY_UDF(NAME))')).toMatchObject({
      sql: 'upper(MY_UDF("NAME"))',
      confidence: 0.4,
      unsupported: ['MY_UDF'],
    });
  });

  it('says so where the SQL of nested functions would grow without bound', () => {
    let text = 'NAME';
    for (let level = 0; level < 30; level += 1) text = `GREATEST(${text}, QTY)`;
    const parsed = parsePowerCenter(text);
    expect(parsed.ok && toDuckDb(parsed.ast, env)).toMatchObject({ confidence: 0 });
  });

  it('makes a condition of a number', () => {
    expect(conditionToDuckDb(ast('QTY'), env).sql).toBe('"QTY" <> 0');
    expect(conditionToDuckDb(ast("NAME = 'x'"), env).sql).toBe(`"NAME" = 'x'`);
  });
});

describe('inferType', () => {
  it.each([
    ["NAME || 'x'", 'string'],
    ['QTY + 1', 'integer'],
    ['QTY + PRICE', 'decimal'],
    ['QTY / 2', 'double'],
    ['QTY > 1', 'boolean'],
    ["TO_DATE(NAME, 'YYYY')", 'date'],
    ["ADD_TO_DATE(DAY, 'MM', 1)", 'date'],
    ['IIF(QTY > 1, PRICE, 0)', 'decimal'],
    ["DECODE(NAME, 'a', 1, 'b', 2.5)", 'decimal'],
    ['NULL', 'unknown'],
    ['$$from', 'date'],
    ['SYSDATE', 'date'],
    ['LENGTH(NAME)', 'integer'],
  ])('gives the type of %s', (text, type) => {
    expect(inferType(ast(text), env)).toBe(type);
  });
});

describe('translating an expression without its mapping', () => {
  it('gives plain lower-case SQL', () => {
    expect(translateExpression('powercenter', 'IIF(ISNULL(A),0,A)')).toEqual({
      input: 'IIF(ISNULL(A),0,A)',
      sql: 'CASE WHEN a IS NULL THEN 0 ELSE a END',
      confidence: 0.98,
      warnings: [],
      assumptions: [],
    });
  });

  it('gives no SQL for text that is not an expression, and says where it fails', () => {
    expect(translateExpression('powercenter', 'IIF(A,')).toMatchObject({
      sql: '',
      confidence: 0,
      warnings: ['Line 1, column 7: Expected a value but found the end of the text'],
    });
  });
});
