import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '../../shared/model/profile.ts';
import type { Column } from '../../shared/model/schema.ts';
import { typed as column } from '../../../test/support/builders.ts';
import { proposeTransformation } from './propose-transformation.ts';

function profile(...values: readonly string[]): ColumnProfile {
  return {
    name: 'x',
    nulls: 0,
    distinct: values.length,
    min: null,
    max: null,
    minLength: null,
    maxLength: null,
    top: values.map((value) => ({ value, count: 1 })),
    patterns: [],
    semanticType: null,
  };
}

const expression = (source: Column, target: Column, data: ColumnProfile | null = null): string =>
  proposeTransformation(source, target, data).transformation.expression;

describe('proposeTransformation', () => {
  it('copies where nothing can be lost and quotes names that need it', () => {
    expect(proposeTransformation(column('order', 'string'), column('a', 'string'), null).transformation).toEqual({
      type: 'direct',
      expression: '"order"',
    });
    expect(
      expression(
        column('AMT', 'decimal', { precision: 9, scale: 2 }),
        column('amount', 'decimal', { precision: 12, scale: 2 }),
      ),
    ).toBe('AMT');
  });

  it('casts with a failure to NULL where a value may not fit', () => {
    expect(
      expression(
        column('AMT', 'decimal', { precision: 12, scale: 4 }),
        column('amount', 'decimal', { precision: 9, scale: 2 }),
      ),
    ).toBe('TRY_CAST(AMT AS DECIMAL(9,2))');
    expect(expression(column('N', 'string'), column('n', 'integer'))).toBe('TRY_CAST(N AS BIGINT)');
    const sized = [5, 10, 19].map((precision) =>
      expression(column('N', 'string'), column('n', 'integer', { precision })),
    );
    expect(sized).toEqual(['TRY_CAST(N AS INTEGER)', 'TRY_CAST(N AS BIGINT)', 'TRY_CAST(N AS BIGINT)']);
  });

  it('reads compact dates by their format and not as numbers', () => {
    expect(
      expression(column('CRT_DT', 'string'), column('created', 'date'), profile('20240131', '00000000', '20231205')),
    ).toBe("CAST(TRY_STRPTIME(TRIM(CRT_DT), '%Y%m%d') AS DATE)");
    expect(expression(column('CRT_DT', 'integer'), column('created', 'date'))).toBe(
      "CAST(TRY_STRPTIME(CAST(CRT_DT AS VARCHAR), '%Y%m%d') AS DATE)",
    );
  });

  it('says when day and month cannot be told apart', () => {
    const ambiguous = proposeTransformation(
      column('D', 'string'),
      column('d', 'date'),
      profile('01/02/2024', '03/04/2024'),
    );
    expect(ambiguous.note).toContain('cannot be told apart');
    expect(expression(column('D', 'string'), column('d', 'date'), profile('31/02/2024', '03/04/2024'))).toContain(
      '%d/%m/%Y',
    );
  });

  it('turns flags into booleans and names values without a meaning', () => {
    const flag = proposeTransformation(column('ACTV', 'string'), column('active', 'boolean'), profile('Y', 'N', 'X'));
    expect(flag.transformation.expression).toContain("IN ('Y', 'YES', 'T', 'TRUE', '1') THEN TRUE");
    expect(flag.note).toContain('X');
  });

  it('converts between units that both names say, and guesses none that is not said', () => {
    const of = (source: string, target: string) => expression(column(source, 'integer'), column(target, 'decimal'));
    expect(of('USG_KWH', 'usage_mwh')).toBe('CAST(USG_KWH AS DECIMAL(38,6)) / 1000');
    expect(of('LEN_KM', 'length_mm')).toBe('CAST(LEN_KM AS DECIMAL(38,6)) * 1000000');
    expect(of('USG_KWH', 'usage')).not.toContain('1000');
    expect(of('USG_KWH', 'usage_kwh')).not.toContain('1000');
    expect(expression(column('T_KWH', 'string'), column('t_mwh', 'decimal'))).not.toContain('1000');
  });

  it('exchanges yes and no where the names say opposites', () => {
    expect(expression(column('INACTIVE_FLG', 'string'), column('is_active', 'boolean'))).toContain("'1') THEN FALSE");
    expect(expression(column('inactive', 'boolean'), column('active', 'boolean'))).toBe('NOT inactive');
    expect(expression(column('active', 'boolean'), column('is_active', 'boolean'))).toBe('active');
  });

  it('reads yes and no of another language where the column holds nothing else', () => {
    const flag = (...values: readonly string[]) =>
      expression(column('AKTIV', 'string'), column('active', 'boolean'), profile(...values));
    expect(flag('J', 'N')).toContain("'1', 'J') THEN TRUE");
    expect(flag('J', 'N', 'X')).not.toContain("'J'");
  });

  it('divides cents only where the source alone is named so', () => {
    expect(
      proposeTransformation(
        column('BAL_CENTS', 'integer'),
        column('balance', 'decimal', { precision: 12, scale: 2 }),
        null,
      ).transformation.type,
    ).toBe('calculated');
    expect(
      proposeTransformation(column('BAL_CENTS', 'integer'), column('balance_cents', 'decimal'), null).transformation
        .type,
    ).not.toBe('calculated');
  });
});
