/** Functions that set mapping variables. */
import type { Expr } from '../../ast.ts';
import { atom, type TypedSql } from '../../typed-sql.ts';
import { comparable } from '../coerce.ts';
import type { Compiler, FunctionRule, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import type { VariableUpdate } from '../../translation.ts';

function setting(name: string, aggregation: VariableUpdate['aggregation']): FunctionRule {
  return {
    arity: aggregation === 'count' ? [1, 1] : [2, 2],
    translate: (compiler, args) => {
      const variable = argument(args, 0);
      const target = variable.kind === 'parameter' ? variable.name : null;
      if (target === null) {
        compiler.unsupported(name, `${name} needs a mapping variable as its first argument`);
        return atom(`${name}(${args.map((arg) => compiler.value(arg).text).join(', ')})`, 'unknown');
      }
      compiler.warn(
        `${name} keeps ${target} for the next run; the value is stored after the load, not by the expression`,
        0.8,
      );
      compiler.assume('Mapping variables count rows flagged for insert only');
      return settingSql(compiler, { name: target, aggregation }, variable, args[1]);
    },
  };
}

function settingSql(
  compiler: Compiler,
  target: Omit<VariableUpdate, 'sql'>,
  variable: Expr,
  valueExpr: Expr | undefined,
): TypedSql {
  const current = compiler.value(variable);
  if (valueExpr === undefined) {
    compiler.variable({ ...target, sql: '1' });
    compiler.warn(
      'SETCOUNTVARIABLE counts the rows of the load; the value within the row is the count at the start',
      0.7,
    );
    return current;
  }
  const value = compiler.value(valueExpr);
  compiler.variable({ ...target, sql: value.text });
  if (target.aggregation === 'set') return value;
  const [a, b] = comparable(compiler, current, value);
  compiler.warn('The running value within the load is taken as that of the row and the start of the load', 0.7);
  return atom(`${target.aggregation === 'max' ? 'greatest' : 'least'}(${a.text}, ${b.text})`, value.type);
}

export const variableFunctions: FunctionTable = {
  SETVARIABLE: setting('SETVARIABLE', 'set'),
  SETMAXVARIABLE: setting('SETMAXVARIABLE', 'max'),
  SETMINVARIABLE: setting('SETMINVARIABLE', 'min'),
  SETCOUNTVARIABLE: setting('SETCOUNTVARIABLE', 'count'),
};
