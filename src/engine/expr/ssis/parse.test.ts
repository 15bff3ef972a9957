import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSsisExpression } from './parse.ts';
import { translateExpression } from '../languages.ts';

describe('parseSsisExpression', () => {
  it('binds as documented: casts and ! first, then arithmetic, comparison, bits, && and ||, and ?: last', () => {
    expect(translateExpression('ssis', '!A || B > 1 + 2 * 3 && C == 1 ? D : E').sql).toBe(
      'CASE WHEN NOT a OR b > 1 + 2 * 3 AND c = 1 THEN d WHEN NOT (NOT a OR b > 1 + 2 * 3 AND c = 1) THEN e END',
    );
    expect(translateExpression('ssis', '(DT_R8)A + 1').sql).toBe('TRY_CAST(a AS DOUBLE) + 1');
  });

  it('names the place of an error', () => {
    expect(parseSsisExpression('UPPER(A\n+ ')).toMatchObject({
      ok: false,
      error: { line: 2, column: 3, message: 'Expected a value but found the end of the text' },
    });
    expect(parseSsisExpression('"open')).toMatchObject({ ok: false, error: { column: 1 } });
    expect(parseSsisExpression('A = 1')).toMatchObject({ ok: false, error: { column: 3 } });
    expect(translateExpression('ssis', 'A ? B')).toMatchObject({ sql: '', confidence: 0 });
  });

  it('never throws, whatever the text, and translates what it can read', () => {
    const parts = fc.constantFrom(
      'A',
      '[B c]',
      '#{x\\y}',
      '#12',
      '@[User::V]',
      '"t"',
      '1',
      '1.5F',
      '0xFF',
      '(',
      ')',
      '(DT_I4)',
      '(DT_STR,5,1252)',
      '+',
      '==',
      '&&',
      '?',
      ':',
      '!',
      '-',
      'ISNULL(',
      'SUBSTRING(',
      'NULL(DT_WSTR,3)',
      ',',
      'DATEADD("dd",',
      '%',
      '~',
      '.',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 14 }), (tokens) => {
        translateExpression('ssis', tokens.join(' '));
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});
