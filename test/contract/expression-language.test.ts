/** What every expression language promises of its parser and its translation. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionLanguages, translateExpression } from '../../src/engine/expr/languages.ts';
import { etlTools } from '../../src/shared/model/etl.ts';

/** The deepest tree that is taken, and a call and a choice as each language writes them. */
const maximumDepth = 800;
const spellings = {
  powercenter: { call: 'LTRIM(', choice: (rest: string) => `IIF(A > 1, 2, ${rest})`, not: 'NOT ' },
  ssis: { call: 'LTRIM(', choice: (rest: string) => `A > 1 ? 2 : ${rest}`, not: '!' },
  alteryx: { call: 'Trim(', choice: (rest: string) => `IIF([A] > 1, 2, ${rest})`, not: 'NOT ' },
  datastage: { call: 'Trim(', choice: (rest: string) => `If A > 1 Then 2 Else (${rest})`, not: 'NOT ' },
} as const;

/** `A + A + …` with so many operators. */
const chain = (operators: number): string => `A${' + A'.repeat(operators)}`;
/** The left operand of each chain is a parenthesis with the one before. */
const chainOfChains = (groups: number, operators: number): string =>
  '('.repeat(groups) + chain(operators) + `)${' + A'.repeat(operators)}`.repeat(groups);

describe.each(etlTools)('expressions of %s', (tool) => {
  const { parse, toDuckDb } = expressionLanguages[tool];
  const { call, choice, not } = spellings[tool];

  it.each([
    ['open parentheses', '('.repeat(50_000)],
    ['parentheses', `${'('.repeat(5000)}A${')'.repeat(5000)}`],
    ['calls', `${call.repeat(5000)}A${')'.repeat(5000)}`],
    ['signs', `${'- '.repeat(5000)}A`],
    ['negations', `${not.repeat(5000)}A`],
    ['a chain of operators', chain(5000)],
    ['chains within chains', chainOfChains(300, 300)],
  ])('are refused where %s go too deep, with the limit named', (_what, text) => {
    const message = /nested more than 800 levels deep; split it into several \w+$/;
    expect(parse(text)).toMatchObject({ ok: false, error: { message: expect.stringMatching(message) as string } });
  });

  it('are translated up to the limit without running out of stack', () => {
    let choices = 'A';
    for (let depth = 0; depth < maximumDepth / 4; depth += 1) choices = choice(choices);
    for (const text of [chain(maximumDepth - 1), chainOfChains(7, 99), choices]) {
      const parsed = parse(text);
      expect(parsed.ok ? toDuckDb(parsed.ast).sql : '').not.toBe('');
    }
  });

  it('are refused beyond a million characters', () => {
    expect(parse(`${' '.repeat(1_000_001)}A`)).toMatchObject({ ok: false, error: { line: 1, column: 1 } });
  });

  it.each(['', ' ', '(', 'A +', ')', 'A B', 'A,'])('%j has no value, a place in the text and no SQL', (text) => {
    const parsed = parse(text);
    expect(parsed.ok ? null : parsed.error.offset).toBeLessThanOrEqual(text.length);
    const translated = translateExpression(tool, text);
    expect(translated).toMatchObject({ input: text, sql: '', confidence: 0 });
    expect(translated.warnings[0]).toMatch(/^Line 1, column \d+: /);
  });

  it('name the line and column of a defect', () => {
    expect(parse('A\n+ \n  * A')).toMatchObject({ ok: false, error: { line: 3, column: 3, offset: 7 } });
  });

  it('never throw, whatever the text', () => {
    const parts = fc.constantFrom(
      'A',
      '[A]',
      '"t"',
      "'t'",
      '1',
      '.5',
      '(',
      ')',
      '+',
      '-',
      '=',
      '<',
      '!',
      '%',
      '~',
      '.',
      ',',
    );
    const words = fc.constantFrom(
      'If ',
      ' Then ',
      ' Else ',
      'NOT ',
      ' AND ',
      ' IN ',
      call,
      '$$P',
      ':LKP.X(',
      '@[U::V]',
      '#{x}',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, words, fc.string({ maxLength: 3 })), { maxLength: 16 }), (pieces) => {
        translateExpression(tool, pieces.join(''));
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});
