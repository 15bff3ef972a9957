/** Functions that test values and choose among them. */
import type { Expr } from '../../ast.ts';
import { atom, isNullLiteral, strength, within, type TypedSql } from '../../typed-sql.ts';
import { asText, coerce, comparable, unified } from '../coerce.ts';
import type { Compiler, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { parseDate } from '../date-format.ts';
import { constantText } from './constant.ts';

function isNullSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const value = compiler.value(argument(args, 0));
  return {
    text: `${within(value, strength.concat)} IS NULL`,
    type: 'boolean',
    strength: strength.comparison,
    notNull: true,
  };
}

function isDateSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.written(compiler, argument(args, 0));
  const format =
    args[1] === undefined ? compiler.env.settings.dateFormat : constantText(compiler, 'IS_DATE', argument(args, 1));
  if (format === null) return atom(`IS_DATE(${text.text}, ${compiler.value(argument(args, 1)).text})`, 'boolean');
  const parsed = parseDate(compiler, text, format, false);
  return atom(
    `CASE WHEN ${within(text, strength.concat)} IS NOT NULL THEN ${within(parsed, strength.concat)} IS NOT NULL END`,
    'boolean',
  );
}

function isSpacesSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.text(compiler, argument(args, 0));
  compiler.assume("IS_SPACES of '' is FALSE");
  return atom(`regexp_full_match(${text.text}, ' +')`, 'boolean');
}

/** Splits off the trailing case flag of IN, GREATEST, LEAST and INDEXOF: a number after strings. */
export function withoutCaseFlag(
  args: readonly Expr[],
  isText: boolean,
): { values: readonly Expr[]; ignoreCase: boolean } {
  const last = args.at(-1);
  if (!isText || args.length < 2 || last?.kind !== 'number') return { values: args, ignoreCase: false };
  return { values: args.slice(0, -1), ignoreCase: Number(last.text) === 0 };
}

/** True where the values are strings: by their types, or by a string literal among values of unknown type. */
export function areTexts(values: readonly TypedSql[]): boolean {
  return (
    values[0]?.type === 'string' ||
    (values[0]?.type === 'unknown' && values.slice(1).some((value) => value.type === 'string'))
  );
}

function lowered(sql: TypedSql): TypedSql {
  return typeof sql.literal === 'string' && sql.type === 'string'
    ? { ...sql, text: sql.text.toLowerCase(), literal: sql.literal.toLowerCase() }
    : atom(`lower(${sql.text})`, 'string');
}

function inSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const subject = compiler.value(argument(args, 0));
  const all = args.slice(1).map((arg) => compiler.value(arg));
  const { values: kept, ignoreCase } = withoutCaseFlag(args.slice(1), areTexts([subject, ...all]));
  const values = all.slice(0, kept.length).map((value) => comparable(compiler, subject, value)[1]);
  const left = values.length > 0 && all[0] !== undefined ? comparable(compiler, subject, all[0])[0] : subject;
  const list = values.map((value) => (ignoreCase ? lowered(asText(compiler, value)) : value).text);
  const tested = ignoreCase ? lowered(asText(compiler, left)) : left;
  const member = `${within(tested, strength.concat)} IN (${list.join(', ')})`;
  if (values.every((value) => value.notNull === true))
    return { text: member, type: 'boolean', strength: strength.comparison };
  compiler.assume('IN is FALSE where the value is not found, NULL in its list or not');
  return atom(
    `CASE WHEN ${within(tested, strength.concat)} IS NOT NULL THEN coalesce(${member}, FALSE) END`,
    'boolean',
  );
}

/** The greatest or least text by its small letters; the first one of equal ones. */
function regardlessOfCase(list: string, name: 'greatest' | 'least'): string {
  const sign = name === 'greatest' ? '>' : '<';
  return `list_reduce([${list}], lambda pc_a, pc_b: CASE WHEN lower(pc_b) ${sign} lower(pc_a) THEN pc_b ELSE pc_a END)`;
}

function extremeSql(name: 'greatest' | 'least') {
  return (compiler: Compiler, args: readonly Expr[]): TypedSql => {
    const all = args.map((arg) => compiler.value(arg));
    const { values: kept, ignoreCase } = withoutCaseFlag(args, areTexts(all));
    const { type, values } = unified(compiler, all.slice(0, kept.length));
    compiler.assume(`${name.toUpperCase()} is NULL where an argument is NULL`);
    const list = values.map((value) => value.text).join(', ');
    const call = ignoreCase ? regardlessOfCase(list, name) : `${name}(${list})`;
    const nullable = values.filter((value) => value.notNull !== true);
    if (nullable.some(isNullLiteral)) return atom('NULL', type, { literal: null });
    if (nullable.length === 0) return atom(call, type, { notNull: true });
    const tests = nullable.map((value) => `${within(value, strength.concat)} IS NULL`).join(' OR ');
    return atom(`CASE WHEN ${tests} THEN NULL ELSE ${call} END`, type);
  };
}

export const testFunctions: FunctionTable = {
  ISNULL: { arity: [1, 1], translate: isNullSql },
  IS_DATE: { arity: [1, 2], translate: isDateSql },
  IS_NUMBER: {
    arity: [1, 1],
    translate: (compiler, args) =>
      compiler.macro('pc_is_number', 'boolean', coerce.written(compiler, argument(args, 0)).text),
  },
  IS_SPACES: { arity: [1, 1], translate: isSpacesSql },
  IN: { arity: [2, Infinity], translate: inSql },
  GREATEST: { arity: [1, Infinity], translate: extremeSql('greatest') },
  LEAST: { arity: [1, Infinity], translate: extremeSql('least') },
};
