/** A second, independent reading of the semantics of Alteryx expressions: evidence for the SQL, row by row. */
import type { BinaryOperation, ComparisonOperator, Expr, FunctionCall } from '../../ast.ts';
import { compareCodePoints } from '../../code-points.ts';
import {
  columnValue,
  evaluated,
  holds,
  isDate,
  isNumber,
  NotInterpreted,
  sign,
  type Evaluation,
  type InputRow,
  type Value,
} from '../../interpreter.ts';
import { callFunction } from './functions.ts';
import { isTrue } from './value.ts';

/** What Alteryx gives for one row, or that nothing is documented. A NULL condition counts as false. */
export function evaluate(ast: Expr, row: InputRow<Value>): Evaluation<Value> {
  return evaluated(() => valueOf(ast, row));
}

function valueOf(expr: Expr, row: InputRow<Value>): Value {
  switch (expr.kind) {
    case 'text':
    case 'boolean':
      return expr.value;
    case 'number':
      return /^\d+$/.test(expr.text) ? BigInt(expr.text) : Number(expr.text);
    case 'null':
      return null;
    case 'column':
      return columnValue(row, expr.name);
    case 'unary': {
      const value = valueOf(expr.operand, row);
      if (expr.operator === 'not') return !isTrue(value);
      if (value === null) return null;
      if (!isNumber(value)) throw new NotInterpreted('sign of no number');
      return expr.operator === '+' ? value : -value;
    }
    case 'binary':
      return binary(expr, row);
    case 'call':
      return call(expr, row);
    default:
      throw new NotInterpreted(expr.kind);
  }
}

function binary(expr: BinaryOperation, row: InputRow<Value>): Value {
  const [left, right] = [valueOf(expr.left, row), valueOf(expr.right, row)];
  switch (expr.operator) {
    case 'and':
      return isTrue(left) && isTrue(right);
    case 'or':
      return isTrue(left) || isTrue(right);
    case '+':
      return plus(left, right);
    case '-':
    case '*':
    case '/':
      return arithmetic(expr.operator, left, right);
    case '%':
    case '||':
      throw new NotInterpreted(expr.operator);
    default:
      return compared(expr.operator, left, right);
  }
}

/** Text with NULL is the text; a number with NULL is NULL. */
function plus(left: Value, right: Value): Value {
  if (left === null && right === null) return null;
  const texts = [left, right].filter((one) => one !== null);
  if (texts.every((one) => typeof one === 'string')) return texts.join('');
  if (texts.some((one) => typeof one === 'string')) throw new NotInterpreted('text and a number');
  return arithmetic('+', left, right);
}

function arithmetic(operator: '+' | '-' | '*' | '/', left: Value, right: Value): Value {
  if (left === null || right === null) return null;
  if (!isNumber(left) || !isNumber(right)) throw new NotInterpreted('arithmetic of no numbers');
  if (operator === '/') return Number(right) === 0 ? null : Number(left) / Number(right);
  const [a, b] = [Number(left), Number(right)];
  const real = operator === '+' ? a + b : operator === '-' ? a - b : a * b;
  if (typeof left !== 'bigint' || typeof right !== 'bigint') return real;
  if (Math.abs(real) > Number.MAX_SAFE_INTEGER) throw new NotInterpreted('overflow');
  return operator === '+' ? left + right : operator === '-' ? left - right : left * right;
}

/** Texts by their characters, with regard to case. */
function order(left: Exclude<Value, null>, right: Exclude<Value, null>): number {
  if (isNumber(left) && isNumber(right)) return sign<bigint | number>(left, right);
  if (isDate(left) && isDate(right)) return sign(left.micros, right.micros);
  if (typeof left === 'boolean' && typeof right === 'boolean') return sign(left, right);
  if (typeof left !== 'string' || typeof right !== 'string') throw new NotInterpreted('comparison of different types');
  return compareCodePoints(left, right);
}

/** NULL equals NULL and differs from everything else; less and greater are false beside it. */
function compared(operator: ComparisonOperator, left: Value, right: Value): boolean {
  if (left === null || right === null) {
    const equal = left === right;
    return operator === '<>' ? !equal : operator === '<' || operator === '>' ? false : equal;
  }
  return holds(operator, order(left, right));
}

function call(expr: FunctionCall, row: InputRow<Value>): Value {
  const at = (index: number): Value => {
    const arg = expr.args[index];
    return arg === undefined ? null : valueOf(arg, row);
  };
  const count = expr.args.length;
  switch (expr.name) {
    case 'IF':
    case 'IIF':
      for (let index = 0; index + 1 < count; index += 2) if (isTrue(at(index))) return at(index + 1);
      return at(count - 1);
    case 'SWITCH': {
      const subject = at(0);
      for (let index = 2; index + 1 < count; index += 2) if (compared('=', subject, at(index))) return at(index + 1);
      return at(1);
    }
    case 'IN': {
      const subject = at(0);
      return expr.args.slice(1).some((arg) => compared('=', subject, valueOf(arg, row)));
    }
    default:
      return callFunction(
        expr.name,
        expr.args.map((arg) => valueOf(arg, row)),
      );
  }
}
