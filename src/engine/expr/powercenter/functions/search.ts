/** Regular expressions, and the lookup that is written as a function. */
import { quoteLiteral } from '../../../core/text.ts';
import type { Expr } from '../../ast.ts';
import { atom, type TypedSql } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { constantInteger } from './constant.ts';

/** What Perl's patterns have and DuckDB's (RE2) lack: look-around, atomic groups, possessive quantifiers, back-references. */
const notInRe2 = /\(\?(?:[=!>]|<[=!])|\\[1-9]|\\g|\\k<|[*+?}]\+/;

/** The pattern's SQL; noted as unsupported where DuckDB cannot run it. */
function patternSql(compiler: Compiler, name: string, expr: Expr): string {
  if (expr.kind === 'text') {
    if (notInRe2.test(expr.value)) {
      compiler.unsupported(
        `${name} pattern`,
        `The pattern of ${name} uses look-around or back-references, which DuckDB refuses`,
      );
    }
  } else {
    compiler.warn(`The pattern of ${name} is not a constant; it may use what DuckDB refuses`, 0.75);
  }
  return coerce.text(compiler, expr).text;
}

function matchSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.text(compiler, argument(args, 0)).text;
  compiler.assume('REG_MATCH tests the whole value', 0.9);
  return atom(`regexp_full_match(${text}, ${patternSql(compiler, 'REG_MATCH', argument(args, 1))})`, 'boolean');
}

function extractSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.text(compiler, argument(args, 0)).text;
  const pattern = argument(args, 1);
  const sql = patternSql(compiler, 'REG_EXTRACT', pattern);
  const group = args[2] === undefined ? 1 : constantInteger(args[2]);
  compiler.assume('REG_EXTRACT matches the whole value and gives NULL where it does not match', 0.9);
  if (group === null) {
    compiler.unsupported(
      'REG_EXTRACT group',
      'The group of REG_EXTRACT is not a constant; it is passed through as it is',
    );
    return atom(`REG_EXTRACT(${text}, ${sql}, ${args[2] === undefined ? 1 : compiler.value(args[2]).text})`, 'string');
  }
  if (pattern.kind !== 'text') return compiler.macro('pc_reg_extract', 'string', text, sql, String(group));
  const whole = quoteLiteral(`^(?:${pattern.value})$`);
  return atom(
    `CASE WHEN regexp_full_match(${text}, ${sql}) THEN regexp_extract(${text}, ${whole}, ${group}) END`,
    'string',
  );
}

function replaceSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.text(compiler, argument(args, 0)).text;
  const pattern = patternSql(compiler, 'REG_REPLACE', argument(args, 1));
  const by = argument(args, 2);
  const count = args[3] === undefined ? null : constantInteger(args[3]);
  const repeats = by.kind === 'text' && count !== null && count >= 1 && count <= 9 ? count : 0;
  if (args[3] !== undefined && repeats === 0)
    compiler.warn('REG_REPLACE with a number of replacements replaces all of them', 0.5);
  if (repeats > 1) compiler.assume('What REG_REPLACE puts in does not match its pattern again', 0.85);
  if (by.kind !== 'text')
    compiler.warn('The replacement of REG_REPLACE is not a constant; its group references are not translated', 0.7);
  const replacement =
    by.kind === 'text'
      ? quoteLiteral(by.value.replaceAll('\\', '\\\\').replace(/\$(\d)/g, '\\$1'))
      : coerce.text(compiler, by).text;
  if (repeats === 0) return atom(`regexp_replace(${text}, ${pattern}, ${replacement}, 'g')`, 'string');
  let sql = text;
  for (let nth = 0; nth < repeats; nth += 1) sql = `regexp_replace(${sql}, ${pattern}, ${replacement})`;
  return atom(sql, 'string');
}

function lookupSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  compiler.unsupported(
    'LOOKUP',
    'LOOKUP searches a table inside the expression; it has to become a lookup of the pipeline',
  );
  return atom(`LOOKUP(${args.map((arg) => compiler.value(arg).text).join(', ')})`, 'unknown');
}

export const searchFunctions: FunctionTable = {
  REG_MATCH: { arity: [2, 2], translate: matchSql },
  REG_EXTRACT: { arity: [2, 3], translate: extractSql },
  REG_REPLACE: { arity: [3, 4], translate: replaceSql },
  LOOKUP: { arity: [3, Infinity], translate: lookupSql },
};
