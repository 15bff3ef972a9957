import { describe, expect, it } from 'vitest';
import { parseDataStageExpression } from './parse.ts';
import { translateExpression } from '../languages.ts';

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
    expect(translateExpression('datastage', text)).toMatchObject({ sql: '', confidence: 0 });
  });

  it('reads a long list of Else If without nesting', () => {
    const text = `${Array.from({ length: 500 }, (_one, index) => `If a = ${index} Then "${index}" Else `).join('')}"none"`;
    expect(parseDataStageExpression(text).ok).toBe(true);
  });
});
