import { describe, expect, it } from 'vitest';
import { sqlTokens } from './sql-tokens.ts';

const kinds = (sql: string): readonly string[] => sqlTokens(sql).map((token) => `${token.kind}:${token.text}`);

describe('sqlTokens', () => {
  it('tells keywords, functions, strings, numbers and comments apart', () => {
    expect(kinds("CASE WHEN a LIKE 'x%' THEN trim(b) ELSE 12 END -- why")).toEqual([
      'keyword:CASE',
      'text: ',
      'keyword:WHEN',
      'text: a ',
      'keyword:LIKE',
      'text: ',
      "string:'x%'",
      'text: ',
      'keyword:THEN',
      'text: ',
      'function:trim',
      'text:(b) ',
      'keyword:ELSE',
      'text: ',
      'number:12',
      'text: ',
      'keyword:END',
      'text: ',
      'comment:-- why',
    ]);
  });

  it('takes left( as a function and left join as a keyword', () => {
    expect(kinds('left(a) left join')).toEqual([
      'function:left',
      'text:(a) ',
      'keyword:left',
      'text: ',
      'keyword:join',
    ]);
  });

  it('loses no character, whatever is typed', () => {
    for (const sql of [
      "'open",
      '"open',
      '/* open',
      "it''s",
      '',
      '\n\t',
      'é日本 = 1',
      'a\'b"c',
      '----',
      '((('.repeat(1000),
    ]) {
      expect(
        sqlTokens(sql)
          .map((token) => token.text)
          .join(''),
      ).toBe(sql);
    }
  });
});
