/** IIF, DECODE, CHOOSE and the functions that end a row or a session. */
import type { Expr, FunctionCall } from '../../ast.ts';
import { isNumeric } from '../../environment.ts';
import { atom, isNullLiteral, strength, within, type TypedSql } from '../../typed-sql.ts';
import { asPosition, asText, coerce, comparable, textLiteral, unified } from '../coerce.ts';
import type { Compiler, Expected, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { comparisonSql, nonZeroWhere } from '../operators.ts';

interface Branch {
  readonly when: string;
  readonly result: TypedSql;
}

function isIif(expr: Expr | undefined): expr is FunctionCall {
  return expr?.kind === 'call' && expr.name === 'IIF' && (expr.args.length === 2 || expr.args.length === 3);
}

const notMet = (condition: TypedSql): string => `${within(condition, strength.concat)} IS NOT TRUE`;

/** IIF, with an IIF in its last place read as one more branch. */
function iifSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const { expected } = compiler;
  const branches: Branch[] = [];
  const guards: string[] = [];
  const nonZero: string[] = [];
  let rest: readonly Expr[] = args;
  let otherwise: TypedSql | null = null;
  for (;;) {
    const test = argument(rest, 0);
    const yes = argument(rest, 1);
    const condition = compiler.under(guards, nonZero, () => coerce.condition(compiler, test));
    const met = [...guards, within(condition, strength.not)];
    const result = compiler.under(met, [...nonZero, ...nonZeroWhere(compiler, test, true)], () =>
      compiler.value(yes, expected),
    );
    branches.push({ when: condition.text, result });
    guards.push(notMet(condition));
    nonZero.push(...nonZeroWhere(compiler, test, false));
    const last: Expr | undefined = rest[2];
    if (isIif(last)) {
      rest = last.args;
      continue;
    }
    if (last !== undefined) otherwise = compiler.under(guards, nonZero, () => compiler.value(last, expected));
    break;
  }
  return caseSql(compiler, branches, otherwise ?? withoutElse(compiler, branches, expected));
}

const typeOfPlace = { date: 'date', number: 'double', text: 'string', any: 'unknown' } as const;

/** What IIF gives without its third argument: 0, '' or NULL by the type of the value. */
function withoutElse(compiler: Compiler, branches: readonly Branch[], expected: Expected): TypedSql {
  const known = unified(
    compiler,
    branches.map((branch) => branch.result),
  ).type;
  const type = known === 'unknown' ? typeOfPlace[expected ?? 'any'] : known;
  if (isNumeric(type) || type === 'boolean')
    return atom('0', 'integer', { literal: '0', notNull: true, precision: 1, scale: 0 });
  if (type === 'string') return textLiteral('');
  if (type === 'unknown')
    compiler.warn(
      'IIF without a third argument gives 0 for numbers and an empty text for strings; NULL is used as the type is not known',
      0.7,
    );
  return atom('NULL', 'unknown', { literal: null });
}

function caseSql(compiler: Compiler, branches: readonly Branch[], otherwise: TypedSql | null, subject = ''): TypedSql {
  const results = [...branches.map((branch) => branch.result), ...(otherwise === null ? [] : [otherwise])];
  const { type, values } = unified(compiler, results);
  const whens = branches.map((branch, index) => `WHEN ${branch.when} THEN ${values[index]?.text ?? 'NULL'}`);
  const elseText = otherwise === null || otherwise.text === 'NULL' ? '' : ` ELSE ${values.at(-1)?.text ?? 'NULL'}`;
  const notNull = otherwise !== null && values.every((value) => value.notNull === true);
  const size = commonSize(values);
  return atom(`CASE ${subject}${whens.join(' ')}${elseText} END`, type, notNull ? { notNull, ...size } : size);
}

/** Digits that hold every branch, where all are known. */
function commonSize(values: readonly TypedSql[]): Pick<TypedSql, 'precision' | 'scale'> {
  let scale = 0;
  let whole = 0;
  for (const value of values) {
    if (isNullLiteral(value)) continue;
    if (typeof value.precision !== 'number' || typeof value.scale !== 'number') return {};
    scale = Math.max(scale, value.scale);
    whole = Math.max(whole, value.precision - value.scale);
  }
  return { precision: Math.min(38, whole + scale), scale };
}

function decodeSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const { expected } = compiler;
  const subject = argument(args, 0);
  const pairs: { search: Expr; result: Expr }[] = [];
  let at = 1;
  for (; at + 1 < args.length; at += 2) pairs.push({ search: argument(args, at), result: argument(args, at + 1) });
  const rest: Expr | undefined = args[at];
  if (subject.kind === 'boolean' && subject.value) return searchedDecode(compiler, pairs, rest, expected);
  const value = compiler.value(subject);
  const searches = pairs.map(({ search }) => compiler.value(search));
  const constant = searches.every(
    (search) => typeof search.literal === 'string' && comparable(compiler, value, search)[0] === value,
  );
  const guards: string[] = [];
  const nonZero: string[] = [];
  const branches = pairs.map((pair, index): Branch => {
    const search = searches[index] ?? atom('NULL', 'unknown', { literal: null });
    const [left, right] = comparable(compiler, value, search);
    const condition = equalSql(compiler, left, right);
    const result = compiler.under([...guards, within(condition, strength.not)], nonZero, () =>
      compiler.value(pair.result, expected),
    );
    guards.push(notMet(condition));
    if (typeof right.literal === 'string' && isNumeric(right.type) && Number(right.literal) === 0)
      nonZero.push(left.text);
    return { when: constant ? right.text : condition.text, result };
  });
  const otherwise = rest === undefined ? null : compiler.under(guards, nonZero, () => compiler.value(rest, expected));
  return caseSql(compiler, branches, otherwise, constant ? `${value.text} ` : '');
}

/** DECODE finds NULL by NULL. */
function equalSql(compiler: Compiler, left: TypedSql, right: TypedSql): TypedSql {
  const base = { type: 'boolean', strength: strength.comparison } as const;
  if (isNullLiteral(right)) return { ...base, text: `${within(left, strength.concat)} IS NULL` };
  if (right.notNull === true) return comparisonSql(compiler, '=', left, right);
  return { ...base, text: `${within(left, strength.concat)} IS NOT DISTINCT FROM ${within(right, strength.concat)}` };
}

/** DECODE(TRUE, condition, result, …): the first condition that is met. */
function searchedDecode(
  compiler: Compiler,
  pairs: readonly { search: Expr; result: Expr }[],
  rest: Expr | undefined,
  expected: Expected,
): TypedSql {
  const guards: string[] = [];
  const nonZero: string[] = [];
  const branches = pairs.map(({ search, result: found }): Branch => {
    const condition = compiler.under(guards, nonZero, () => coerce.condition(compiler, search));
    const met = [...guards, within(condition, strength.not)];
    const result = compiler.under(met, [...nonZero, ...nonZeroWhere(compiler, search, true)], () =>
      compiler.value(found, expected),
    );
    guards.push(notMet(condition));
    nonZero.push(...nonZeroWhere(compiler, search, false));
    return { when: condition.text, result };
  });
  return caseSql(
    compiler,
    branches,
    rest === undefined ? null : compiler.under(guards, nonZero, () => compiler.value(rest, expected)),
  );
}

function chooseSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const index = asPosition(compiler, compiler.value(argument(args, 0)));
  compiler.assume('CHOOSE gives NULL for an index outside its list');
  const branches = args
    .slice(1)
    .map((arg, at): Branch => ({ when: String(at + 1), result: asText(compiler, compiler.value(arg)) }));
  return caseSql(compiler, branches, null, `${index.text} `);
}

function errorSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.text(compiler, argument(args, 0));
  compiler.rowError(atom('TRUE', 'boolean', { literal: true }));
  compiler.assume('ERROR rejects the row: the rows that meet the row errors go to the reject stream', 0.9);
  return atom(`error(${text.text})`, 'unknown', { literal: null });
}

function abortSql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const text = coerce.text(compiler, argument(args, 0));
  compiler.warn('ABORT stops the whole load; the SQL fails at that row and nothing is loaded', 0.85);
  return atom(`error(${text.text})`, 'unknown', { literal: null });
}

export const conditionalFunctions: FunctionTable = {
  IIF: { arity: [2, 3], translate: iifSql },
  DECODE: { arity: [3, Infinity], translate: decodeSql },
  CHOOSE: { arity: [2, Infinity], translate: chooseSql },
  ERROR: { arity: [1, 1], translate: errorSql },
  ABORT: { arity: [1, 1], translate: abortSql },
};
