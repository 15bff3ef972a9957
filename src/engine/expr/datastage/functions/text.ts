/** String functions. */
import { operandsOf, type Expr } from '../../ast.ts';
import { quoteLiteral } from '../../../core/text.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { atom, type TypedSql } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';
import { argument, constant, custom, failing, template } from './rule.ts';

/** A number that is certainly not negative needs no guard. */
function atLeast(sql: TypedSql, least: number): string {
  return typeof sql.literal === 'string' && Number(sql.literal) >= least ? sql.text : `greatest(${sql.text}, ${least})`;
}

function part(name: 'left' | 'right') {
  return custom([2, 2], (compiler, args) =>
    atom(
      `${name}(${coerce.text(compiler, argument(args, 0)).text}, ${atLeast(coerce.whole(compiler, argument(args, 1)), 0)})`,
      'string',
    ),
  );
}

const substrings = custom([3, 3], (compiler, args) => {
  const [text, start, length] = [
    coerce.text(compiler, argument(args, 0)),
    coerce.whole(compiler, argument(args, 1)),
    coerce.whole(compiler, argument(args, 2)),
  ];
  return atom(`substr(${text.text}, ${atLeast(start, 1)}, ${atLeast(length, 0)})`, 'string');
});

const collapse = (s: string, c: string): string => `regexp_replace(${s}, ${c}, ' ', 'g')`;

const trimOptions: ReadonlySet<string> = new Set(['A', 'B', 'D', 'E', 'F', 'L', 'R', 'T']);

/** Trim: leading, trailing and repeated characters by default; the option says otherwise. */
function trimSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.text(compiler, argument(args, 0)).text;
  if (args.length === 1) return atom(`trim(${collapse(text, "' +'")})`, 'string');
  const option = args[2] === undefined ? 'R' : constant(compiler, 'TRIM', args[2])?.toUpperCase();
  if (option === undefined || !trimOptions.has(option)) {
    compiler.unsupported('TRIM', `Trim has no option ${option ?? 'that is computed'}`);
    return failing('Trim');
  }
  const given = coerce.text(compiler, argument(args, 1));
  if (given.literal === '') return atom(text, 'string');
  const character = /[DEF]/.test(option) ? "' '" : firstCharacter(given);
  if (option === 'A') return atom(`replace(${text}, ${character}, '')`, 'string');
  if (option === 'B') return atom(`trim(${text}, ${character})`, 'string');
  if (option === 'L' || option === 'F') return atom(`ltrim(${text}, ${character})`, 'string');
  if (option === 'T' || option === 'E') return atom(`rtrim(${text}, ${character})`, 'string');
  return atom(`trim(${withoutRepeats(text, character, given)}, ${character})`, 'string');
}

function firstCharacter({ literal, text }: TypedSql): string {
  return typeof literal === 'string' ? quoteLiteral(Array.from(literal)[0] ?? '') : `left(${text}, 1)`;
}

function withoutRepeats(text: string, character: string, { literal }: TypedSql): string {
  if (typeof literal !== 'string' && character !== "' '")
    return `regexp_replace(${text}, '(?:' || regexp_escape(${character}) || ')+', replace(${character}, '\\', '\\\\'), 'g')`;
  const one = character === "' '" || typeof literal !== 'string' ? ' ' : (Array.from(literal)[0] ?? ' ');
  const escaped = one.replace(/[\\^$.|?*+()[\]{}]/, String.raw`\$&`);
  const by = quoteLiteral(one === '\\' ? '\\\\' : one);
  return `regexp_replace(${text}, ${quoteLiteral(`(?:${escaped})+`)}, ${by}, 'g')`;
}

const fieldSql = custom([3, 4], (compiler, args) => {
  const text = coerce.text(compiler, argument(args, 0)).text;
  const delimiter = coerce.text(compiler, argument(args, 1)).text;
  const place = atLeast(coerce.whole(compiler, argument(args, 2)), 1);
  const count = args[3];
  if (count === undefined) return atom(`split_part(${text}, ${delimiter}, ${place})`, 'string');
  const number = coerce.whole(compiler, count).text;
  return atom(
    `array_to_string(list_slice(string_split(${text}, ${delimiter}), ${place}, ${place} + ${number} - 1), ${delimiter})`,
    'string',
  );
});

const wholeNumber = (sql: TypedSql): number | null => (/^-?\d{1,9}$/.test(sql.text) ? Number(sql.text) : null);

/** Ereplace and Change: so many occurrences, from one of them on; all where the number is below 1. */
const replaceSql = custom([3, 5], (compiler, args) => {
  const [text, from, to] = [0, 1, 2].map((index) => coerce.text(compiler, argument(args, index)).text);
  const [count, first] = [args[3], args[4]].map((arg) => (arg === undefined ? null : coerce.whole(compiler, arg)));
  const start = first == null ? '1' : String(Math.max(wholeNumber(first) ?? NaN, 1) || atLeast(first, 1));
  const known = count == null ? 0 : wholeNumber(count);
  if (known !== null && known < 1 && start === '1') return atom(`replace(${text}, ${from}, ${to})`, 'string');
  const end = `ds_i <= ${start} + ${count?.text ?? '0'}`;
  const tests = [
    ...(start === '1' ? [] : [`ds_i > ${start}`]),
    ...(known === null ? [`(${count?.text ?? '0'} < 1 OR ${end})`] : known < 1 ? [] : [end]),
  ];
  return atom(
    `list_aggregate(list_transform(string_split(${text}, ${from}), lambda ds_x, ds_i: CASE WHEN ds_i = 1 THEN ds_x ` +
      `WHEN ${tests.join(' AND ')} THEN ${to} || ds_x ELSE ${from} || ds_x END), 'string_agg', '')`,
    'string',
  );
});

/** A BASIC pattern such as `3N'-'2A` or `0X` as a regular expression; null where it is no pattern. */
function matchPattern(pattern: string): string | null {
  if (pattern === '...') return '(?s:.*)';
  const classes: Readonly<Record<string, string>> = { N: '[0-9]', A: '[A-Za-z]', X: '(?s:.)' };
  const piece = /(\d{1,4})([NAX])|'([^']*)'|"([^"]*)"|(\.\.\.)|([^'"\d]+)/giy;
  let result = '';
  let at = 0;
  while (at < pattern.length) {
    piece.lastIndex = at;
    const found = piece.exec(pattern);
    if (found === null) return null;
    const [all, count, kind] = found;
    const literal = found[3] ?? found[4] ?? found[6];
    if (kind !== undefined)
      result += `${classes[kind.toUpperCase()] ?? ''}${count === '0' ? '*' : `{${Math.min(Number(count), 1000)}}`}`;
    else result += literal === undefined ? '(?s:.*)' : literal.replace(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);
    at += all.length;
  }
  return result;
}

/** The text of an expression of literals and the value mark between alternatives; null where it has anything else. */
function joinedText(expr: Expr): string | null {
  if (expr.kind === 'text') return expr.value;
  if (expr.kind === 'column') return expr.name.toUpperCase() === '@VM' ? valueMark : null;
  if (expr.kind !== 'binary' || expr.operator !== '||') return null;
  const parts = operandsOf(expr, '||').map(joinedText);
  return parts.includes(null) ? null : parts.join('');
}

const matchesSql = custom([2, 2], (compiler, args) => {
  const text = coerce.text(compiler, argument(args, 0)).text;
  const patterns = joinedText(argument(args, 1))?.split(valueMark).map(matchPattern) ?? [null];
  if (patterns.includes(null)) {
    compiler.unsupported('MATCHES', 'The pattern of Matches has no translation unless it is a constant');
    return failing('Matches');
  }
  return atom(`regexp_full_match(${text}, ${quoteLiteral(patterns.join('|'))})`, 'boolean');
});

const valueMark = '\u00fd';

const compared = (a: string, b: string): string =>
  `CASE WHEN ${a} < ${b} THEN -1 WHEN ${a} > ${b} THEN 1 WHEN ${a} = ${b} THEN 0 END`;
const test = (pattern: string) =>
  template('t', 'integer', (s) => `CAST(regexp_full_match(${s}, ${quoteLiteral(pattern)}) AS INTEGER)`);
const occurrences = (s: string, d: string): string =>
  `(length(${s}) - length(replace(${s}, ${d}, ''))) // length(${d})`;
const upper = template('t', 'string', (s) => `upper(${s})`);
const lower = template('t', 'string', (s) => `lower(${s})`);
const trimBack = template('t', 'string', (s) => `rtrim(${s})`);
const trimFront = template('t', 'string', (s) => `ltrim(${s})`);
const length = template('t', 'integer', (s) => `length(${s})`);
const index = custom([3, 3], (compiler, args) =>
  compiler.macro(
    'pc_instr',
    'bigint',
    coerce.text(compiler, argument(args, 0)).text,
    coerce.text(compiler, argument(args, 1)).text,
    '1',
    coerce.whole(compiler, argument(args, 2)).text,
  ),
);

export const textFunctions: FunctionTable = {
  ALNUM: test('[A-Za-z0-9]+'),
  ALPHA: test('[A-Za-z]+'),
  NUM: test(String.raw`\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*`),
  COMPACTWHITESPACE: template('t', 'string', (s) => collapse(s, String.raw`'\s+'`)),
  STRIPWHITESPACE: template('t', 'string', (s) => String.raw`regexp_replace(${s}, '\s+', '', 'g')`),
  COMPARE: custom([2, 3], (compiler, args) => {
    const [a = '', b = ''] = [0, 1].map((index) => coerce.text(compiler, argument(args, index)).text);
    const side = args[2] === undefined ? 'L' : constant(compiler, 'COMPARE', args[2])?.toUpperCase();
    if (side !== 'R') return atom(compared(a, b), 'integer');
    // Justified to the right: the shorter one counts as if it began with blanks.
    const wide = (s: string): string => `lpad(${s}, CAST(greatest(length(${a}), length(${b})) AS INTEGER), ' ')`;
    return atom(compared(wide(a), wide(b)), 'integer');
  }),
  COMPARENOCASE: template('tt', 'integer', (a = '', b = '') => compared(`lower(${a})`, `lower(${b})`)),
  COMPARENUM: template('ttw', 'integer', (a = '', b = '', n = '') => compared(`left(${a}, ${n})`, `left(${b}, ${n})`)),
  COMPARENUMNOCASE: template('ttw', 'integer', (a = '', b = '', n = '') =>
    compared(`left(lower(${a}), ${n})`, `left(lower(${b}), ${n})`),
  ),
  CONVERT: template('ttt', 'string', (from, to, s) => `translate(${s}, ${from}, ${to})`),
  CHANGE: replaceSql,
  EREPLACE: replaceSql,
  COUNT: template('tt', 'bigint', (s = '', d = '') => occurrences(s, d)),
  DCOUNT: template('tt', 'bigint', (s = '', d = '') => `CASE WHEN ${s} = '' THEN 0 ELSE ${occurrences(s, d)} + 1 END`),
  DOWNCASE: lower,
  LCASE: lower,
  UPCASE: upper,
  UCASE: upper,
  DQUOTE: template('t', 'string', (s) => `'"' || ${s} || '"'`),
  SQUOTE: template('t', 'string', (s) => `'''' || ${s} || ''''`),
  FIELD: fieldSql,
  INDEX: index,
  LEFT: part('left'),
  RIGHT: part('right'),
  LEN: length,
  MATCHES: matchesSql,
  PADSTRING: template('ttw', 'string', (s, c, n) => `${s} || repeat(${c}, ${n})`),
  SPACE: template('w', 'string', (n) => `repeat(' ', ${n})`),
  STR: template('tw', 'string', (s, n) => `repeat(${s}, ${n})`),
  SUBSTRINGS: substrings,
  SUBSTRING: substrings,
  TRIM: custom([1, 3], trimSql),
  TRIMB: trimBack,
  TRIMF: trimFront,
  TRIML: trimFront,
  TRIMLEADINGTRAILING: template('t', 'string', (s) => `trim(${s})`),
  REVERSE: template('t', 'string', (s) => `reverse(${s})`),
  CAT: template('tt', 'string', (a, b) => `${a} || ${b}`),
  CHAR: template('w?t', 'string', (n) => `chr(CAST(${n} AS INTEGER))`),
  SOUNDEX: custom([1, 1], (compiler, args) =>
    compiler.macro('pc_soundex', 'string', coerce.text(compiler, argument(args, 0)).text),
  ),
  CRC32: custom([1, 1], (compiler, args) =>
    compiler.macro('pc_crc32', 'bigint', coerce.text(compiler, argument(args, 0)).text),
  ),
  QUOTE: template('t', 'string', (s) => `'"' || ${s} || '"'`),
  SEQ: template('t', 'integer', (s) => `unicode(${s})`),
};
