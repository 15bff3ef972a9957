import { describe, expect, it } from 'vitest';
import { parseDataStageExpression } from './parse.ts';
import { translateDataStage } from './translate.ts';

describe('parsing DataStage expressions', () => {
  it('says where an expression is wrong', () => {
    const parsed = parseDataStageExpression('If a = 1\nThen "x"');
    expect(parsed).toEqual({
      ok: false,
      error: { message: 'Expected ELSE but found the end of the text', offset: 17, line: 2, column: 9 },
    });
  });

  it.each(['', '(', '1 +', '"open', 'a b', 'a ? b', 'F(1', 's[1', 'If 1 Then', ')', 'Then'])('refuses %j', (text) => {
    expect(parseDataStageExpression(text).ok).toBe(false);
    expect(translateDataStage(text)).toMatchObject({ sql: '', confidence: 0 });
  });

  it.each([
    ['parentheses', '('.repeat(50_000)],
    ['signs', '-'.repeat(50_000)],
    ['a chain', `1${'+1'.repeat(40_000)}`],
    ['powers', `1${'^1'.repeat(40_000)}`],
    ['brackets', `a${'[1]'.repeat(30_000)}`],
    ['calls', 'Trim('.repeat(15_000)],
    ['conditions', 'If 1 Then '.repeat(9_000)],
  ])('refuses %s without end instead of running out of stack', (_name, text) => {
    expect(parseDataStageExpression(text).ok).toBe(false);
  });

  it('translates a long chain that is within the limits', () => {
    const { sql, confidence } = translateDataStage(`1${'+1'.repeat(700)}`);
    expect([sql.length, confidence > 0.9]).toEqual([2_801, true]);
  });

  it('reads a long list of Else If without nesting', () => {
    const text = `${Array.from({ length: 500 }, (_one, index) => `If a = ${index} Then "${index}" Else `).join('')}"none"`;
    expect(parseDataStageExpression(text).ok).toBe(true);
  });
});
