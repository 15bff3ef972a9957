/** Functions about NULL, and the choice between values. */
import type { FunctionTable } from '../../compiler.ts';
import { atom, isNullLiteral, strength, within } from '../../typed-sql.ts';
import { asCondition, unified } from '../coerce.ts';
import { argument, custom, template } from './rule.ts';

function isNull(negated: boolean): FunctionTable[string] {
  return custom([1, 1], (compiler, args) => ({
    text: `${within(compiler.value(argument(args, 0)), strength.concat)} IS ${negated ? 'NOT ' : ''}NULL`,
    type: 'boolean',
    strength: strength.comparison,
    notNull: true,
  }));
}

const orValue = custom([2, 2], (compiler, args) => {
  const { type, values } = unified(
    compiler,
    args.map((arg) => compiler.value(arg)),
  );
  return atom(`coalesce(${values.map((value) => value.text).join(', ')})`, type);
});

export const nullFunctions: FunctionTable = {
  ISNULL: isNull(false),
  ISNOTNULL: isNull(true),
  NULLTOEMPTY: template('t', 'string', (s) => `coalesce(${s}, '')`),
  NULLTOZERO: custom([1, 1], (compiler, args) => {
    const { type, values } = unified(compiler, [
      compiler.value(argument(args, 0)),
      atom('0', 'integer', { literal: '0', notNull: true }),
    ]);
    return atom(`coalesce(${values.map((value) => value.text).join(', ')})`, type);
  }),
  NULLTOVALUE: orValue,
  HANDLENULL: orValue,
  HANDLE_NULL: orValue,
  SETNULL: custom([0, 0], () => atom('NULL', 'unknown', { literal: null })),
  IF: custom([3, Infinity], (compiler, args) => {
    const conditions = args
      .slice(0, -1)
      .filter((_arg, index) => index % 2 === 0)
      .map((arg) => asCondition(compiler, compiler.value(arg)));
    const results = args
      .filter((_arg, index) => index % 2 === 1 || index === args.length - 1)
      .map((arg) => compiler.value(arg));
    const { type, values } = unified(compiler, results);
    const branches = conditions.map(
      (condition, index) => `WHEN ${condition.text} THEN ${values[index]?.text ?? 'NULL'}`,
    );
    const last = values.at(-1);
    const otherwise = last === undefined || isNullLiteral(last) ? '' : ` ELSE ${last.text}`;
    return atom(`CASE ${branches.join(' ')}${otherwise} END`, type);
  }),
};
