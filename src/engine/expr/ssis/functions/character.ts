/** Functions of texts. Positions count from 1; wrong positions and lengths are errors, not empty texts. */
import type { Expr } from '../../ast.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { atom, strength, within, type TypedSql } from '../../typed-sql.ts';
import { atLeast, failWhere, literalNumber, textArgument, wholeArgument } from './arguments.ts';

/** Texts of the expression language are not longer. */
const maximumText = 4000;

type Translate = (compiler: Compiler, args: readonly Expr[]) => TypedSql;

function simple(write: (text: string) => string, type: 'string' | 'integer' = 'string'): Translate {
  return (compiler, args) => {
    const value = textArgument(compiler, args, 0);
    return atom(write(value.text), type, value.notNull === true ? { notNull: true } : {});
  };
}

function cut(name: 'left' | 'right'): Translate {
  return (compiler, args) => {
    const text = textArgument(compiler, args, 0);
    const count = wholeArgument(compiler, args, 1);
    if (atLeast(compiler, count, 0, [text]))
      return atom(`${name}(${text.text}, ${count.text})`, 'string', text.notNull === true ? { notNull: true } : {});
    return atom(
      `CASE WHEN ${within(count, strength.concat)} >= 0 THEN ${name}(${text.text}, ${count.text}) END`,
      'string',
    );
  };
}

function substring(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = textArgument(compiler, args, 0);
  const start = wholeArgument(compiler, args, 1);
  const length = wholeArgument(compiler, args, 2);
  const startFine = atLeast(compiler, start, 1, [text, length]);
  const lengthFine = atLeast(compiler, length, 0, [text, start]);
  const call = `substr(${text.text}, ${start.text}, ${length.text})`;
  const tests = [
    ...(startFine ? [] : [`${within(start, strength.concat)} >= 1`]),
    ...(lengthFine ? [] : [`${within(length, strength.concat)} >= 0`]),
  ];
  return atom(tests.length === 0 ? call : `CASE WHEN ${tests.join(' AND ')} THEN ${call} END`, 'string');
}

function findString(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = textArgument(compiler, args, 0);
  const search = textArgument(compiler, args, 1);
  const occurrence = wholeArgument(compiler, args, 2);
  const literalSearch = typeof search.literal === 'string' && search.literal !== '';
  if (literalNumber(occurrence) === 1 && literalSearch) return atom(`instr(${text.text}, ${search.text})`, 'integer');
  atLeast(compiler, occurrence, 1, [text, search]);
  return compiler.macro('pc_instr_fwd', 'integer', text.text, search.text, '1', occurrence.text);
}

function replace(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const [text, search, by] = [
    textArgument(compiler, args, 0),
    textArgument(compiler, args, 1),
    textArgument(compiler, args, 2),
  ];
  if (typeof search.literal !== 'string' || search.literal === '')
    failWhere(
      compiler,
      { text: `${within(search, strength.concat)} = ''`, type: 'boolean', strength: strength.comparison },
      [text, by],
    );
  return atom(`replace(${text.text}, ${search.text}, ${by.text})`, 'string');
}

function replicate(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = textArgument(compiler, args, 0);
  const count = wholeArgument(compiler, args, 1);
  atLeast(compiler, count, 0, [text]);
  // A column may hold anything, which a count that is computed from lengths does not.
  if (count.simple !== true || (literalNumber(count) ?? Infinity) <= maximumText)
    return atom(`repeat(${text.text}, ${count.text})`, 'string');
  compiler.assume(`REPLICATE gives at most ${maximumText} characters`, 0.95);
  const bounded = `CASE WHEN ${within(count, strength.concat)} > ${maximumText} THEN ${maximumText} ELSE ${count.text} END`;
  return atom(`left(repeat(${text.text}, ${bounded}), ${maximumText})`, 'string');
}

export const characterFunctions: FunctionTable = {
  CODEPOINT: { arity: [1, 1], translate: simple((text) => `unicode(left(${text}, 1))`, 'integer') },
  FINDSTRING: { arity: [3, 3], translate: findString },
  LEFT: { arity: [2, 2], translate: cut('left') },
  LEN: { arity: [1, 1], translate: simple((text) => `length(${text})`, 'integer') },
  LOWER: { arity: [1, 1], translate: simple((text) => `lower(${text})`) },
  LTRIM: { arity: [1, 1], translate: simple((text) => `ltrim(${text}, ' ')`) },
  REPLACE: { arity: [3, 3], translate: replace },
  REPLICATE: { arity: [2, 2], translate: replicate },
  REVERSE: { arity: [1, 1], translate: simple((text) => `reverse(${text})`) },
  RIGHT: { arity: [2, 2], translate: cut('right') },
  RTRIM: { arity: [1, 1], translate: simple((text) => `rtrim(${text}, ' ')`) },
  SUBSTRING: { arity: [3, 3], translate: substring },
  TOKEN: {
    arity: [3, 3],
    translate: (compiler, args) => {
      const [text, delimiters, occurrence] = [
        textArgument(compiler, args, 0),
        textArgument(compiler, args, 1),
        wholeArgument(compiler, args, 2),
      ];
      atLeast(compiler, occurrence, 1, [text, delimiters]);
      compiler.assume("TOKEN skips empty parts and gives '' where there are fewer", 0.94);
      return compiler.macro('ssis_token', 'string', text.text, delimiters.text, occurrence.text);
    },
  },
  TOKENCOUNT: {
    arity: [2, 2],
    translate: (compiler, args) =>
      atom(
        `len(${compiler.macro('ssis_tokens', 'unknown', textArgument(compiler, args, 0).text, textArgument(compiler, args, 1).text).text})`,
        'integer',
      ),
  },
  TRIM: { arity: [1, 1], translate: simple((text) => `trim(${text}, ' ')`) },
  UPPER: { arity: [1, 1], translate: simple((text) => `upper(${text})`) },
};
