/** Character functions. */
import { quoteLiteral } from '../../../core/text.ts';
import type { Expr } from '../../ast.ts';
import { atom, isNullLiteral, strength, within, type TypedSql } from '../../typed-sql.ts';
import { asText, coerce } from '../coerce.ts';
import type { Compiler, FunctionRule, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { concatSql } from '../operators.ts';
import { constantInteger } from './constant.ts';
import { areTexts, withoutCaseFlag } from './testing.ts';

/** A function of one text that DuckDB has by another or the same name. */
function ofText(name: string, type: TypedSql['type']): FunctionRule {
  return {
    arity: [1, 1],
    translate: (compiler, args) => atom(`${name}(${coerce.text(compiler, argument(args, 0)).text})`, type),
  };
}

function substrSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.written(compiler, argument(args, 0)).text;
  const start = constantInteger(args[1]);
  const length = args[2] === undefined ? undefined : constantInteger(args[2]);
  if (start !== null && start >= 0 && length !== null) {
    const from = Math.max(start, 1);
    return atom(
      length === undefined ? `substr(${text}, ${from})` : `substr(${text}, ${from}, ${Math.max(length, 0)})`,
      'string',
    );
  }
  if (start !== null && start < 0) {
    compiler.assume('SUBSTR from before the first character starts at the first character');
    const from = `greatest(length(${text}) - ${-start - 1}, 1)`;
    if (length !== null)
      return atom(`substr(${text}, ${from}${length === undefined ? '' : `, ${Math.max(length, 0)}`})`, 'string');
  }
  const from = coerce.position(compiler, argument(args, 1)).text;
  const count = args[2] === undefined ? '2147483647' : coerce.position(compiler, args[2]).text;
  return compiler.macro('pc_substr', 'string', text, from, count);
}

function instrSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.written(compiler, argument(args, 0)).text;
  const sought = coerce.text(compiler, argument(args, 1)).text;
  if (constantInteger(args[4]) === 0) compiler.warn('INSTR with linguistic comparison is done byte by byte', 0.7);
  const start = args[2] === undefined ? 1 : constantInteger(args[2]);
  const occurrence = args[3] === undefined ? 1 : constantInteger(args[3]);
  if ((start === 1 || start === 0) && occurrence === 1) return atom(`instr(${text}, ${sought})`, 'integer');
  const from = args[2] === undefined ? '1' : coerce.position(compiler, args[2]).text;
  const nth = args[3] === undefined ? '1' : coerce.position(compiler, args[3]).text;
  return compiler.macro(
    start === null ? 'pc_instr' : start < 0 ? 'pc_instr_bwd' : 'pc_instr_fwd',
    'integer',
    text,
    sought,
    from,
    nth,
  );
}

function padSql(name: 'lpad' | 'rpad') {
  return (compiler: Compiler, args: readonly Expr[]): TypedSql => {
    const text = coerce.written(compiler, argument(args, 0)).text;
    const pad = args[2] === undefined ? atom("' '", 'string', { literal: ' ' }) : coerce.text(compiler, args[2]);
    const length = constantInteger(args[1]);
    const padText =
      typeof pad.literal === 'string' && pad.literal !== '' ? pad.text : `coalesce(nullif(${pad.text}, ''), ' ')`;
    if (length !== null)
      return length < 1
        ? atom('CAST(NULL AS VARCHAR)', 'string', { literal: null })
        : atom(`${name}(${text}, ${length}, ${padText})`, 'string');
    compiler.assume(`${name.toUpperCase()} to a length below 1 gives NULL`);
    const wanted = coerce.position(compiler, argument(args, 1));
    return atom(
      `CASE WHEN ${within(wanted, strength.concat)} >= 1 THEN ${name}(${text}, CAST(${wanted.text} AS INTEGER), ${padText}) END`,
      'string',
    );
  };
}

function trimSql(name: 'ltrim' | 'rtrim') {
  return (compiler: Compiler, args: readonly Expr[]): TypedSql => {
    const text = coerce.text(compiler, argument(args, 0)).text;
    const set = args[1] === undefined ? "' '" : coerce.text(compiler, args[1]).text;
    return atom(`${name}(${text}, ${set})`, 'string');
  };
}

function replaceCharactersSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const flag = constantInteger(args[0]);
  const subject = coerce.text(compiler, argument(args, 1));
  const text = subject.text;
  const old = argument(args, 2);
  const by = argument(args, 3);
  const plainNew = by.kind === 'null' ? '' : by.kind === 'text' ? (Array.from(by.value)[0] ?? '') : null;
  if (flag !== null && plainNew !== null && (old.kind === 'text' || old.kind === 'null')) {
    const letters =
      old.kind === 'null'
        ? []
        : Array.from(old.value).flatMap((char) => (flag === 0 ? [char.toLowerCase(), char.toUpperCase()] : [char]));
    if (letters.length === 0) return subject;
    const from = [...new Set(letters)].join('');
    return atom(
      `translate(${text}, ${quoteLiteral(from)}, ${quoteLiteral(plainNew.repeat(Array.from(from).length))})`,
      'string',
    );
  }
  const rest = [argument(args, 0), old, by].map(
    (arg, index) => (index === 0 ? coerce.position(compiler, arg) : coerce.text(compiler, arg)).text,
  );
  return compiler.macro('pc_replacechr', 'string', rest[0] ?? '1', text, rest[1] ?? "''", rest[2] ?? "''");
}

const escapePattern = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

function replaceStringsSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const subject = coerce.text(compiler, argument(args, 1));
  const text = subject.text;
  const olds = args.slice(2, -1);
  const by = coerce.text(compiler, argument(args, args.length - 1));
  const newText = isNullLiteral(by) ? "''" : by.notNull === true ? by.text : `coalesce(${by.text}, '')`;
  if (constantInteger(args[0]) === null)
    compiler.warn('The case flag of REPLACESTR is not a constant; case is regarded', 0.6);
  const ignoreCase = constantInteger(args[0]) === 0;
  const only = olds[0];
  if (olds.length === 1 && only !== undefined && !ignoreCase) {
    if (only.kind === 'null') return subject;
    const old = coerce.text(compiler, only);
    return atom(
      `replace(${text}, ${old.notNull === true ? old.text : `coalesce(${old.text}, '')`}, ${newText})`,
      'string',
    );
  }
  const constant = olds.every((old) => old.kind === 'text' || old.kind === 'null');
  if (!constant) compiler.assume('The texts that REPLACESTR replaces are not empty', 0.85);
  const pattern = constant
    ? quoteLiteral(
        olds.flatMap((old) => (old.kind === 'text' && old.value !== '' ? [escapePattern(old.value)] : [])).join('|'),
      )
    : olds.map((old) => `regexp_escape(${coerce.text(compiler, old).text})`).join(" || '|' || ");
  if (pattern === "''") return subject;
  const replacement =
    typeof by.literal === 'string'
      ? quoteLiteral(by.literal.replaceAll('\\', '\\\\'))
      : `replace(${newText}, '\\', '\\\\')`;
  return atom(`regexp_replace(${text}, ${pattern}, ${replacement}, '${ignoreCase ? 'gi' : 'g'}')`, 'string');
}

function indexOfSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const all = args.map((arg) => compiler.value(arg));
  const { values, ignoreCase } = withoutCaseFlag(args, areTexts(all));
  const texts = all.slice(0, values.length).map((value) => asText(compiler, value));
  const shown = texts.map((text) => (ignoreCase ? `lower(${text.text})` : text.text));
  compiler.assume('INDEXOF of NULL is NULL');
  const [sought = 'NULL', ...list] = shown;
  const tested = within(texts[0] ?? atom('NULL', 'string'), strength.concat);
  return atom(
    `CASE WHEN ${tested} IS NOT NULL THEN coalesce(list_position([${list.join(', ')}], ${sought}), 0) END`,
    'integer',
  );
}

function chrSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const code = coerce.position(compiler, argument(args, 0));
  return atom(`chr(${code.type === 'integer' ? code.text : `CAST(${code.text} AS INTEGER)`})`, 'string');
}

function metaphoneSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  compiler.unsupported('METAPHONE', 'METAPHONE has no equivalent in DuckDB; it is passed through as it is');
  return atom(`METAPHONE(${args.map((arg) => compiler.value(arg).text).join(', ')})`, 'string');
}

function soundexSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  compiler.assume('SOUNDEX is the American code: H and W do not separate equal codes', 0.85);
  return compiler.macro('pc_soundex', 'string', coerce.text(compiler, argument(args, 0)).text);
}

export const characterFunctions: FunctionTable = {
  ASCII: ofText('ascii', 'integer'),
  CHRCODE: ofText('unicode', 'integer'),
  CHR: { arity: [1, 1], translate: chrSql },
  CONCAT: { arity: [2, 2], translate: (compiler, args) => concatSql(compiler, flattened(args)) },
  INDEXOF: { arity: [2, Infinity], translate: indexOfSql },
  INITCAP: {
    arity: [1, 1],
    translate: (compiler, args) =>
      compiler.macro('pc_initcap', 'string', coerce.text(compiler, argument(args, 0)).text),
  },
  INSTR: { arity: [2, 5], translate: instrSql },
  LENGTH: {
    arity: [1, 1],
    translate: (compiler, args) => atom(`length(${coerce.written(compiler, argument(args, 0)).text})`, 'integer'),
  },
  LOWER: ofText('lower', 'string'),
  UPPER: ofText('upper', 'string'),
  REVERSE: ofText('reverse', 'string'),
  LPAD: { arity: [2, 3], translate: padSql('lpad') },
  RPAD: { arity: [2, 3], translate: padSql('rpad') },
  LTRIM: { arity: [1, 2], translate: trimSql('ltrim') },
  RTRIM: { arity: [1, 2], translate: trimSql('rtrim') },
  METAPHONE: { arity: [1, 2], translate: metaphoneSql },
  SOUNDEX: { arity: [1, 1], translate: soundexSql },
  REPLACECHR: { arity: [4, 4], translate: replaceCharactersSql },
  REPLACESTR: { arity: [4, Infinity], translate: replaceStringsSql },
  SUBSTR: { arity: [2, 3], translate: substrSql },
};

/** CONCAT within CONCAT is one longer concatenation. */
function flattened(args: readonly Expr[]): readonly Expr[] {
  const flat: Expr[] = [];
  const open = [...args].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'call' && next.name === 'CONCAT' && next.args.length === 2)
      open.push(...[...next.args].reverse());
    else flat.push(next);
  }
  return flat;
}
