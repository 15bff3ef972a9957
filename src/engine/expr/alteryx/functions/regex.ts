import type { Expr } from '../../ast.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { asText } from '../coerce.ts';
import type { Compiler, FunctionTable } from '../compiler.ts';
import { argument } from '../../translation-state.ts';
import { atom, type Value } from '../value.ts';

/** What RE2 cannot match: look-around, references back, possessive and atomic groups. */
export function regexProblem(pattern: string): string | null {
  if (/\(\?(?:[=!>]|<[=!])/.test(pattern)) return 'look-around or an atomic group';
  if (/(?:^|[^\\])(?:\\\\)*\\[1-9]/.test(pattern)) return 'a reference back to a group';
  return /[*+?}]\+/.test(pattern) ? 'a possessive quantifier' : null;
}

/** The pattern as RE2 writes it; POSIX-like escapes that only the source tool knows are written out. */
export function toRe2(pattern: string): string {
  return pattern.replaceAll(/\\([uUlL])(?![0-9A-Fa-f{])/g, (_whole, letter: string) => {
    const set = { u: '[[:upper:]]', U: '[^[:upper:]]', l: '[[:lower:]]', L: '[^[:lower:]]' };
    return set[letter as keyof typeof set];
  });
}

/** A replacement with \1 for $1, and plain backslashes doubled. */
export function toRe2Replacement(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(/\$(\d)/g, '\\$1')
    .replaceAll('$&', '\\0');
}

function pattern(compiler: Compiler, expr: Expr): string {
  const value = asText(compiler, compiler.value(expr));
  if (typeof value.literal !== 'string') {
    compiler.warn('The pattern is computed; it is passed on as it is', 0.7);
    return value.text;
  }
  const problem = regexProblem(value.literal);
  if (problem !== null)
    compiler.unsupported('regular expression', `The pattern uses ${problem}, which DuckDB does not know`);
  return problem === null ? quoteLiteral(toRe2(value.literal)) : "error('pattern not translated')";
}

function options(compiler: Compiler, expr: Expr | undefined, more: string): string {
  const literal = expr === undefined ? '1' : compiler.value(expr).literal;
  if (expr === undefined) compiler.assume('The pattern does not regard case, which is the default');
  return `'${literal === '0' || literal === false ? 'c' : 'i'}${more}'`;
}

const text = (compiler: Compiler, expr: Expr): string => asText(compiler, compiler.value(expr)).text;

export const regexFunctions: FunctionTable = {
  REGEX_MATCH: {
    arity: [2, 3],
    translate: (compiler, args): Value =>
      atom(
        `regexp_full_match(${text(compiler, argument(args, 0))}, ${pattern(compiler, argument(args, 1))}, ${options(compiler, args[2], '')})`,
        'boolean',
      ),
  },
  REGEX_REPLACE: {
    arity: [3, 4],
    translate(compiler, args) {
      const by = asText(compiler, compiler.value(argument(args, 2)));
      const replacement = typeof by.literal === 'string' ? quoteLiteral(toRe2Replacement(by.literal)) : by.text;
      return atom(
        `regexp_replace(${text(compiler, argument(args, 0))}, ${pattern(compiler, argument(args, 1))}, ${replacement}, ${options(compiler, args[3], 'g')})`,
        'string',
      );
    },
  },
  REGEX_COUNTMATCHES: {
    arity: [2, 3],
    translate(compiler, args) {
      const flags = options(compiler, args[2], '');
      return atom(
        `coalesce(len(regexp_extract_all(${text(compiler, argument(args, 0))}, ${pattern(compiler, argument(args, 1))}, 0, ${flags})), 0)`,
        'integer',
        { notNull: true },
      );
    },
  },
};
