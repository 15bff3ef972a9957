import { describe, expect, it } from 'vitest';
import type { Expr } from '../ast.ts';
import { parsePowerCenter } from './parse.ts';

/** The tree in brackets, so that precedence can be read. */
function shown(expr: Expr): string {
  switch (expr.kind) {
    case 'text':
      return `'${expr.value}'`;
    case 'number':
      return expr.text;
    case 'boolean':
      return String(expr.value);
    case 'null':
      return 'null';
    case 'column':
    case 'parameter':
      return expr.name;
    case 'unary':
      return `(${expr.operator} ${shown(expr.operand)})`;
    case 'binary':
      return `(${shown(expr.left)} ${expr.operator} ${shown(expr.right)})`;
    case 'call':
      return `${expr.name}(${expr.args.map(shown).join(', ')})`;
    case 'object_call':
      return `:${expr.scope}.${expr.name}(${expr.args.map(shown).join(', ')})`;
    case 'all_rows':
      return '*';
  }
}

function tree(text: string): string {
  const parsed = parsePowerCenter(text);
  return parsed.ok ? shown(parsed.ast) : `error at ${parsed.error.line}:${parsed.error.column}`;
}

describe('parsePowerCenter', () => {
  it.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['8 - 5 - 2', '((8 - 5) - 2)'],
    ["A || B + 1 || 'x'", "((A || (B + 1)) || 'x')"],
    ['A = B < C', '(A = (B < C))'],
    ['A OR B AND C', '(A or (B and C))'],
    ['NOT A = B', '((not A) = B)'],
    ['NOT ISNULL(A) AND B', '((not ISNULL(A)) and B)'],
    ['- -A', '(- (- A))'],
    ['a != 1 and b ^= 2 Or c <> 3', '(((a <> 1) and (b <> 2)) or (c <> 3))'],
    ["iif(isnull(x), 'it''s', null)", "IIF(ISNULL(x), 'it's', null)"],
    ['COUNT(*, TRUE)', 'COUNT(*, true)'],
    [':LKP.lkp_rate(A, 1) * 2', '(:LKP.lkp_rate(A, 1) * 2)'],
    [':SP.check()', ':SP.check()'],
    ['$$FROM_DATE || $PMMappingName || $$$SessStartTime', '(($$FROM_DATE || $PMMappingName) || $$$SessStartTime)'],
    ['$PMSource@TableName', '$PMSource@TableName'],
    ['"Order Total" + 2ND_TAX#', '(Order Total + 2ND_TAX#)'],
    ['.5 + 1.5E-3 + 12.', '((.5 + 1.5E-3) + 12.)'],
    ['A -- the first\r\n + B // the second\n/* all\nof it */ + C', '((A + B) + C)'],
    ['\u00a0Größe\t+ 1', '(Größe + 1)'],
    ['SYSDATE', 'SYSDATE'],
  ])('reads %s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it.each([
    ['', 'Expected a value but found the end of the text', 1, 1],
    ['IIF(A,\n  B', 'Expected ) to close the arguments of IIF but found the end of the text', 2, 4],
    ["A || 'open", "The string that starts here has no closing '", 1, 6],
    ['A B', 'Unexpected "B" after the end of the expression', 1, 3],
    ['A = ', 'Expected a value but found the end of the text', 1, 5],
    ['A ? B', 'Unexpected character "?"', 1, 3],
    ['1 + AND', 'Expected a value before AND', 1, 5],
    ['1 /* no end', 'The comment that starts here has no closing */', 1, 3],
    ['(1', 'Expected ) to close the parenthesis but found the end of the text', 1, 3],
    ['A = 1 & B = 2', 'Unexpected character "&"; write AND, or || to join text', 1, 7],
    ['A IS NULL', 'Unexpected "IS" after the end of the expression; test for NULL with the function IsNull', 1, 3],
  ])('reports the place of the defect in %j', (text, message, line, column) => {
    const parsed = parsePowerCenter(text);
    expect(parsed).toEqual({ ok: false, error: { message, line, column, offset: expect.any(Number) as number } });
  });

  it('refuses more arguments than can be looked at', () => {
    const parsed = parsePowerCenter(`IN(A${', 1'.repeat(200_000)})`);
    expect(parsed).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('more than 10000 arguments') },
    });
  });

  it('reads a long chain of branches and of terms below the limit', () => {
    const chain =
      Array.from({ length: 300 }, (_, index) => `IIF(A = ${index}, 'v${index}', `).join('') +
      "'none'" +
      ')'.repeat(300);
    expect(parsePowerCenter(chain).ok).toBe(true);
    expect(parsePowerCenter(Array.from({ length: 500 }, (_, index) => `C${index}`).join(' || ')).ok).toBe(true);
  });
});
