import { describe, expect, it } from 'vitest';
import { dsxOf } from '../../../test/support/datastage-dsx.ts';
import { powerCenterXml } from '../../../test/support/powercenter-xml.ts';
import { int, single } from '../../../test/support/run-datastage.ts';
import type { EtlSettings } from '../../shared/model/etl.ts';
import { wholeText } from '../core/kept-text.ts';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import { parsePipeline } from '../dataflow/parse-pipeline.ts';
import { parseAlteryx } from '../expr/alteryx/parse.ts';
import { toDuckDb as alteryxSql } from '../expr/alteryx/to-duckdb.ts';
import { defaultSettings, openEnvironment } from '../expr/environment.ts';
import { parseDataStageExpression } from '../expr/datastage/parse.ts';
import { dataStageToDuckDb } from '../expr/datastage/to-duckdb.ts';
import { parseSsisExpression } from '../expr/ssis/parse.ts';
import { toDuckDb as ssisSql } from '../expr/ssis/to-duckdb.ts';
import { withSourceSetting } from './assumptions.ts';
import { convertEtl } from './convert.ts';
import { readEtl } from './read-etl.ts';

const port = (name: string, type: string, more: { readonly port?: string; readonly expression?: string } = {}) => ({
  name,
  type,
  precision: 20,
  port: 'INPUT/OUTPUT',
  ...more,
});
/** One Expression that compares a column and reads a text as a date. */
const xml = (session?: Readonly<Record<string, string>>): string =>
  powerCenterXml({
    sources: {
      S: [
        { name: 'A', type: 'number(p,s)' },
        { name: 'D', type: 'varchar2', precision: 20 },
      ],
    },
    targets: {
      T: [
        { name: 'BIG', type: 'number(p,s)' },
        { name: 'AT', type: 'date' },
      ],
    },
    transformations: [
      {
        name: 'EXP',
        type: 'Expression',
        ports: [
          port('A', 'decimal', { port: 'INPUT' }),
          port('D', 'string', { port: 'INPUT' }),
          port('BIG', 'integer', { port: 'OUTPUT', expression: 'IIF(A > 5, 1, 0)' }),
          port('AT', 'date/time', { port: 'OUTPUT', expression: "ADD_TO_DATE(D, 'DD', 1)" }),
        ],
      },
    ],
    connectors: ['SQ_S.A>EXP.A', 'SQ_S.D>EXP.D', 'EXP.BIG>T.BIG', 'EXP.AT>T.AT'],
    ...(session === undefined ? {} : { session }),
  });

function converted(settings: EtlSettings, session?: Readonly<Record<string, string>>) {
  const file = readEtl(xml(session), { file: 'm.xml', tool: 'powercenter' });
  const job = convertEtl(file, { dialect: 'duckdb', reproducibleTime: null, settings });
  const { document } = parsePipeline(job.pipelines[0]?.yaml ?? '', 'm.yaml');
  const node = document?.kind === 'Pipeline' ? document.nodes.find((one) => one.id === 'EXP') : undefined;
  return { job, sql: node?.sql ?? '', confidence: node?.confidence ?? 0 };
}

describe('a setting of the source system that the export lacks', () => {
  it('is assumed, named, and lowers the confidence until somebody says what it is', () => {
    const assumed = converted({});
    expect(assumed.job.assumptions).toEqual([
      { id: 'powercenter.null_comparison', value: 'NULL', said: false, uses: 1 },
      { id: 'powercenter.date_format', value: 'MM/DD/YYYY HH24:MI:SS.US', said: false, uses: 1 },
    ]);
    const confirmed = converted({
      'powercenter.null_comparison': 'NULL',
      'powercenter.date_format': 'MM/DD/YYYY HH24:MI:SS.US',
    });
    expect(confirmed.sql).toBe(assumed.sql);
    expect(confirmed.confidence).toBeGreaterThan(assumed.confidence);
    expect(confirmed.job.assumptions?.every((one) => one.said)).toBe(true);
  });

  it('changes the SQL of comparisons with NULL', () => {
    const compared = (value: string) => converted({ 'powercenter.null_comparison': value }).sql;
    expect(compared('NULL')).toContain('A > 5');
    expect(compared('HIGH')).toContain('WHEN A IS NULL THEN TRUE');
    expect(compared('LOW')).toContain('WHEN A IS NULL THEN FALSE');
  });

  it('changes the format in which texts are read as dates, unless the session has one of its own', () => {
    const said = { 'powercenter.date_format': 'DD.MM.YYYY' };
    expect(converted(said).sql).not.toBe(converted({}).sql);
    expect(converted(said).job.assumptions?.[1]).toMatchObject({ value: 'DD.MM.YYYY', said: true });
    const own = converted(said, { 'DateTime Format String': 'YYYY-MM-DD' });
    expect(own.job.assumptions?.map((one) => one.id)).toEqual(['powercenter.null_comparison']);
    expect(own.sql).not.toBe(converted(said).sql);
  });

  it('that is not known, or has no such value, is refused with those that there are', () => {
    expect(() => withSourceSetting({}, 'powercenter.nothing', 'x')).toThrow('There is no setting');
    expect(() => withSourceSetting({}, 'powercenter.null_comparison', 'MIDDLE')).toThrow('one of NULL, HIGH, LOW');
    expect(() => withSourceSetting({}, 'powercenter.date_format', "'); DROP")).toThrow('no date format');
    expect(() => withSourceSetting({}, '__proto__', 'x')).toThrow('There is no setting');
  });

  it('is kept by tool and can be taken back', () => {
    const said = withSourceSetting({}, 'ssis.date_order', 'dmy');
    expect(said).toEqual({ ssis: { 'ssis.date_order': 'dmy' } });
    expect(withSourceSetting(said, 'ssis.date_order', null)).toEqual({ ssis: {} });
  });

  it('that an older version stored counts as not said', () => {
    expect(converted({ 'powercenter.null_comparison': 'MIDDLE' }).job.assumptions?.[0]).toMatchObject({
      value: 'NULL',
      said: false,
    });
  });
});

describe('expressions of the other tools', () => {
  const settings = (said: EtlSettings) => ({ ...openEnvironment, settings: { ...defaultSettings, said } });

  it('read dates in texts with the day first where the source system does', () => {
    const parsed = parseSsisExpression('(DT_DBTIMESTAMP)"03/04/2020"');
    if (!parsed.ok) throw new Error('not parsed');
    expect(ssisSql(parsed.ast, settings({})).sql).toContain("'%m/%d/%Y'");
    const dayFirst = ssisSql(parsed.ast, settings({ 'ssis.date_order': 'dmy' }));
    expect(dayFirst.sql).toContain("'%d/%m/%Y'");
    expect(dayFirst.sql).not.toContain("'%m/%d/%Y'");
  });

  it('read dates in the default format of the project', () => {
    const parsed = parseDataStageExpression('MonthFromDate("31/12/2020")');
    if (!parsed.ok) throw new Error('not parsed');
    const usual = dataStageToDuckDb(parsed.ast, settings({}));
    const said = dataStageToDuckDb(parsed.ast, settings({ 'datastage.date_format': '%dd/%mm/%yyyy' }));
    expect(usual.sql).not.toContain('try_strptime');
    expect(said.sql).toContain("try_strptime('31/12/2020', '%d/%m/%Y')");
    expect(said.confidence).toBeGreaterThan(usual.confidence);
  });

  it('compare text without regard to case where the source system does', () => {
    const parsed = parseAlteryx('[A] = [B]');
    if (!parsed.ok) throw new Error('not parsed');
    const field = (name: string) => ({ kind: 'string' as const, sql: name });
    const sql = (textComparison: 'case_sensitive' | 'case_insensitive') =>
      alteryxSql(parsed.ast, { field, constant: () => null, textComparison, comparisonIsSaid: true }).sql;
    expect(sql('case_sensitive')).not.toContain('lower(');
    expect(sql('case_insensitive')).toContain('lower(A) IS NOT DISTINCT FROM lower(B)');
  });

  it('put a question mark for characters outside of the code page where the source tool does', async () => {
    const parsed = parseSsisExpression('(DT_STR, 10, 1252) A');
    if (!parsed.ok) throw new Error(parsed.error.message);
    const found = (said: EtlSettings) =>
      ssisSql(parsed.ast, { ...openEnvironment, settings: { ...defaultSettings, macros: 'inline', said } });
    const value = async (said: EtlSettings): Promise<unknown> => {
      const session = await createDuckDbRunner().open({ readable: [] });
      try {
        const sql = `SELECT ${found(said).sql} FROM (SELECT 'Šé€Ж語a' AS "A")`;
        return (await session.query(sql)).rows[0]?.[0];
      } finally {
        await session.close();
      }
    };
    expect(found({}).assumptions).toContain('Texts of DT_STR have no characters outside of their code page');
    expect(found({}).confidence).toBeLessThan(found({ 'ssis.code_page': 'none' }).confidence);
    expect(await value({})).toBe('Šé€Ж語a');
    expect(await value({ 'ssis.code_page': 'replaced_1252' })).toBe('Šé€??a');
  });

  it('drop rows with an unhandled NULL where jobs have legacy null processing', () => {
    const job = single(
      { name: 'X', type: 'CTransformerStage' },
      [int('ID'), int('A')],
      [int('ID', 'in.ID'), int('B', 'in.A + 1')],
    );
    const converted = (settings: EtlSettings) => {
      const done = convertEtl(readEtl(dsxOf(job), { file: 'job.dsx', tool: 'datastage' }), {
        dialect: 'duckdb',
        reproducibleTime: null,
        settings,
      });
      const stage = done.transformations.find((one) => one.id === 'X');
      return {
        drops: /IS NOT NULL/.test(wholeText(done.pipelines[0]?.yaml ?? '')),
        confidence: stage?.confidence ?? 0,
        done,
      };
    };
    const [open, said, legacy] = [{}, 'propagate', 'legacy'].map((value) =>
      converted(typeof value === 'string' ? { 'datastage.null_processing': value } : {}),
    );
    expect([open?.drops, said?.drops, legacy?.drops]).toEqual([false, false, true]);
    expect(open?.confidence).toBe(0.94);
    expect(said?.confidence).toBeGreaterThan(0.94);
    expect(open?.done.assumptions).toContainEqual({
      id: 'datastage.null_processing',
      value: 'propagate',
      said: false,
      uses: 1,
    });
  });
});
