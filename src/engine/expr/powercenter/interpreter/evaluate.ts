/** A second, independent reading of PowerCenter's semantics: evidence for the SQL, row by row. */
import type { BinaryOperation, ComparisonOperator, Expr, FunctionCall } from '../../ast.ts';
import { isNumeric, type ExpressionEnv } from '../../environment.ts';
import {
  columnValue,
  evaluated,
  holds,
  isDate,
  NotInterpreted,
  RowRejected,
  sign,
  type Evaluation,
  type InputRow,
} from '../../interpreter.ts';
import { isComparison } from '../operators.ts';
import { inferType } from '../to-duckdb.ts';
import { interpretedFunctions } from './functions.ts';
import { toCondition, toDate, toNumber, toText, type Value } from './value.ts';

/** What PowerCenter gives for one row: a value, a rejected row, or that the interpreter has no rule for the expression. */
export function evaluate(ast: Expr, row: InputRow<Value>, env: ExpressionEnv): Evaluation<Value> {
  return evaluated(() => valueOf(ast, { row, env }));
}

interface Scope {
  readonly row: InputRow<Value>;
  readonly env: ExpressionEnv;
}

function valueOf(expr: Expr, scope: Scope): Value {
  switch (expr.kind) {
    case 'text':
    case 'boolean':
      return expr.value;
    case 'number':
      return Number(expr.text);
    case 'null':
      return null;
    case 'column':
      return columnValue(scope.row, expr.name);
    case 'unary': {
      const operand = valueOf(expr.operand, scope);
      if (expr.operator === 'not') {
        const condition = toCondition(operand);
        return condition === null ? null : !condition;
      }
      const number = toNumber(operand);
      return number === null || expr.operator === '+' ? number : -number;
    }
    case 'binary':
      return binaryValue(expr, scope);
    case 'call':
      return callValue(expr, scope);
    case 'parameter':
    case 'object_call':
    case 'all_rows':
      throw new NotInterpreted(expr.kind);
  }
}

function binaryValue(expr: BinaryOperation, scope: Scope): Value {
  const { operator } = expr;
  const left = valueOf(expr.left, scope);
  const right = valueOf(expr.right, scope);
  if (operator === '||') {
    const [a, b] = [toText(left, scope.env.settings.dateFormat), toText(right, scope.env.settings.dateFormat)];
    return a === null && b === null ? null : (a ?? '') + (b ?? '');
  }
  if (operator === 'and' || operator === 'or') return logical(operator, toCondition(left), toCondition(right));
  if (isComparison(operator)) return compared(operator, left, right, scope);
  if (isDate(left) || isDate(right)) throw new NotInterpreted('arithmetic of dates');
  return arithmetic(operator, toNumber(left), toNumber(right));
}

/** Three-valued logic. */
function logical(operator: 'and' | 'or', left: boolean | null, right: boolean | null): boolean | null {
  const decisive = operator === 'or';
  if (left === decisive || right === decisive) return decisive;
  return left === null || right === null ? null : !decisive;
}

function arithmetic(operator: '+' | '-' | '*' | '/' | '%', left: number | null, right: number | null): number | null {
  if ((operator === '/' || operator === '%') && right === 0) throw new RowRejected('division by zero');
  if (left === null || right === null) return null;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}

/** -1, 0 or 1; both values are there. */
function order(left: Value, right: Value, scope: Scope): number {
  if (isDate(left) || isDate(right)) {
    const format = scope.env.settings.dateFormat;
    return sign(toDate(left, format) ?? 0n, toDate(right, format) ?? 0n);
  }
  if (typeof left === 'string' && typeof right === 'string') return sign(left, right);
  return sign(toNumber(left) ?? 0, toNumber(right) ?? 0);
}

function compared(operator: ComparisonOperator, left: Value, right: Value, scope: Scope): boolean | null {
  const setting = scope.env.settings.nullComparison;
  const anyNull = left === null || right === null;
  if (anyNull && setting === 'NULL') return null;
  const high = setting === 'HIGH' ? 1 : -1;
  const result = !anyNull ? order(left, right, scope) : left === right ? 0 : left === null ? high : -high;
  return holds(operator, result);
}

type LazyRule = (expr: FunctionCall, scope: Scope) => Value;

const at = (expr: FunctionCall, index: number, scope: Scope): Value => {
  const arg = expr.args[index];
  return arg === undefined ? null : valueOf(arg, scope);
};

/** Functions that evaluate only the arguments that they need, or that look at how they are written. */
const lazyFunctions: ReadonlyMap<string, LazyRule> = new Map<string, LazyRule>([
  ['IIF', iif],
  ['DECODE', decode],
  ['IN', isIn],
  [
    'CONCAT',
    (expr, scope) => {
      const [a, b] = [0, 1].map((index) => toText(at(expr, index, scope), scope.env.settings.dateFormat));
      return a == null && b == null ? null : (a ?? '') + (b ?? '');
    },
  ],
  [
    'CHOOSE',
    (expr, scope) => {
      const index = toNumber(at(expr, 0, scope));
      return index === null || index < 1 ? null : at(expr, index, scope);
    },
  ],
  [
    'ERROR',
    (expr, scope) => {
      throw new RowRejected(toText(at(expr, 0, scope), scope.env.settings.dateFormat) ?? 'ERROR');
    },
  ],
]);

function iif(expr: FunctionCall, scope: Scope): Value {
  if (toCondition(at(expr, 0, scope)) === true) return at(expr, 1, scope);
  const [, yes, no] = expr.args;
  if (no !== undefined || yes === undefined) return at(expr, 2, scope);
  const type = inferType(yes, scope.env);
  return isNumeric(type) || type === 'boolean' ? 0 : type === 'string' ? '' : null;
}

function decode(expr: FunctionCall, scope: Scope): Value {
  const subject = at(expr, 0, scope);
  let index = 1;
  for (; index + 1 < expr.args.length; index += 2) {
    const search = at(expr, index, scope);
    const found = subject === null || search === null ? subject === search : order(subject, search, scope) === 0;
    if (found) return at(expr, index + 1, scope);
  }
  return at(expr, index, scope);
}

function isIn(expr: FunctionCall, scope: Scope): Value {
  const subject = at(expr, 0, scope);
  if (subject === null) return null;
  const last = expr.args.at(-1);
  const flagged = typeof subject === 'string' && last?.kind === 'number';
  const ignoreCase = flagged && Number(last.text) === 0;
  const values = expr.args.slice(1, flagged ? -1 : undefined).map((arg) => valueOf(arg, scope));
  const folded = (value: Value): Value => (ignoreCase && typeof value === 'string' ? value.toLowerCase() : value);
  return values.some((value) => value !== null && order(folded(subject), folded(value), scope) === 0);
}

function callValue(expr: FunctionCall, scope: Scope): Value {
  const lazy = lazyFunctions.get(expr.name);
  if (lazy !== undefined) return lazy(expr, scope);
  const rule = interpretedFunctions.get(expr.name);
  if (rule === undefined) throw new NotInterpreted(expr.name);
  return rule({ args: expr.args.map((arg) => valueOf(arg, scope)), dateFormat: scope.env.settings.dateFormat });
}
