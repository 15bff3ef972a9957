import type { Expr } from '../../ast.ts';
import { strength } from '../../typed-sql.ts';
import { asCondition, unified } from '../coerce.ts';
import type { Compiler, FunctionTable } from '../compiler.ts';
import { argument } from '../../translation-state.ts';
import { compare } from '../operators.ts';
import { atom, isNull, within, type Value } from '../value.ts';

/** CASE with the branches at one type; a NULL condition goes to the next branch, as in Alteryx. */
function caseOf(compiler: Compiler, conditions: readonly Value[], results: readonly Value[], otherwise: Value): Value {
  const { kind, values } = unified(compiler, [...results, otherwise]);
  const branches = conditions.map((condition, index) => `WHEN ${condition.text} THEN ${values[index]?.text ?? 'NULL'}`);
  const last = values.at(-1);
  const tail = last === undefined || isNull(last) ? '' : ` ELSE ${last.text}`;
  const notNull = [...results, otherwise].every((value) => value.notNull === true);
  return atom(`CASE ${branches.join(' ')}${tail} END`, kind, { notNull });
}

function ifChain(compiler: Compiler, args: readonly Expr[]): Value {
  const conditions: Value[] = [];
  const results: Value[] = [];
  for (let at = 0; at + 1 < args.length; at += 2) {
    conditions.push(asCondition(compiler, compiler.value(argument(args, at))));
    results.push(compiler.value(argument(args, at + 1)));
  }
  return caseOf(compiler, conditions, results, compiler.value(argument(args, args.length - 1)));
}

function member(compiler: Compiler, args: readonly Expr[]): Value {
  const [tested, ...list] = args.map((arg) => compiler.value(arg));
  if (tested === undefined || list.length === 0) return atom('FALSE', 'boolean', { literal: false, notNull: true });
  const plain = list.every((one) => one.literal !== undefined && !isNull(one) && one.kind === tested.kind);
  const open = tested.kind === 'unknown' && list.every((one) => one.literal !== undefined && !isNull(one));
  if ((plain || open) && (tested.kind !== 'string' || compiler.env.textComparison === 'case_sensitive')) {
    if (tested.kind === 'string') compiler.assume('Text is compared with regard to case');
    return {
      text: `${within(tested, strength.concat)} IN (${list.map((one) => one.text).join(', ')})`,
      kind: 'boolean',
      strength: strength.comparison,
    };
  }
  const tests = list.map((one) => within(compare(compiler, '=', tested, one), strength.or));
  return atom(`(${tests.join(' OR ')})`, 'boolean');
}

export const conditionalFunctions: FunctionTable = {
  IF: { arity: [3, 2001], translate: ifChain },
  IIF: { arity: [3, 3], translate: ifChain },
  SWITCH: {
    arity: [2, 2001],
    translate(compiler, args) {
      const tested = compiler.value(argument(args, 0));
      const otherwise = compiler.value(argument(args, 1));
      const conditions: Value[] = [];
      const results: Value[] = [];
      for (let at = 2; at + 1 < args.length; at += 2) {
        conditions.push(compare(compiler, '=', tested, compiler.value(argument(args, at))));
        results.push(compiler.value(argument(args, at + 1)));
      }
      if (args.length % 2 === 1) compiler.warn('Switch has a case without a result, which is left out', 0.5);
      return conditions.length === 0 ? otherwise : caseOf(compiler, conditions, results, otherwise);
    },
  },
  IN: { arity: [1, 5001], translate: member },
};
