/** A second, independent reading of the semantics of SSIS expressions: evidence for the SQL, row by row. */
import type { BinaryOperation, Expr, FunctionCall } from '../../ast.ts';
import { compareCodePoints } from '../../code-points.ts';
import {
  columnValue,
  evaluated,
  holds,
  isDate,
  isNumber,
  NotInterpreted,
  RowRejected,
  sign,
  type Evaluation,
  type InputRow,
  type Value,
} from '../../interpreter.ts';
import { cast } from './cast.ts';
import { interpretedFunctions } from './functions.ts';
import { inRange } from './value.ts';

/** What SSIS gives for one row: a value, an error of the row, or that nothing is documented. */
export function evaluate(ast: Expr, row: InputRow<Value>): Evaluation<Value> {
  return evaluated(() => valueOf(ast, row));
}

function valueOf(expr: Expr, row: InputRow<Value>): Value {
  switch (expr.kind) {
    case 'text':
    case 'boolean':
      return expr.value;
    case 'number':
      return literal(expr.text);
    case 'null':
      return null;
    case 'column':
      return columnValue(row, expr.name);
    case 'unary':
      return unary(expr.operator, valueOf(expr.operand, row));
    case 'binary':
      return binary(expr, row);
    case 'call':
      return call(expr, row);
    default:
      throw new NotInterpreted(expr.kind);
  }
}

function literal(text: string): Value {
  const plain = text.replace(/[ulf]+$/i, '');
  return /^\d+$/.test(plain) && !/f$/i.test(text) ? BigInt(plain) : Number(plain);
}

function unary(operator: 'not' | '-' | '+', value: Value): Value {
  if (value === null) return null;
  if (operator === 'not') {
    if (typeof value !== 'boolean') throw new NotInterpreted('! of no Boolean');
    return !value;
  }
  if (!isNumber(value)) throw new NotInterpreted('sign of no number');
  return operator === '+' ? value : typeof value === 'bigint' ? inRange(-value) : -value;
}

function logical(expr: BinaryOperation, row: InputRow<Value>): Value {
  const decisive = expr.operator === 'or';
  const left = valueOf(expr.left, row);
  if (left === decisive) return decisive;
  const right = valueOf(expr.right, row);
  if ((left !== null && typeof left !== 'boolean') || (right !== null && typeof right !== 'boolean'))
    throw new NotInterpreted('condition that is no Boolean');
  if (right === decisive) return decisive;
  return left === null || right === null ? null : !decisive;
}

function binary(expr: BinaryOperation, row: InputRow<Value>): Value {
  const { operator } = expr;
  if (operator === 'and' || operator === 'or') return logical(expr, row);
  const [left, right] = [valueOf(expr.left, row), valueOf(expr.right, row)];
  if (operator === '/' || operator === '%') return division(operator, left, right);
  if (left === null || right === null) return null;
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  if (operator === '+' || operator === '-' || operator === '*') return arithmetic(operator, left, right);
  if (operator === '||') throw new NotInterpreted('||');
  return holds(operator, order(left, right));
}

function division(operator: '/' | '%', left: Value, right: Value): Value {
  if (right !== null && isNumber(right) && Number(right) === 0) throw new RowRejected('division by zero');
  if (left === null || right === null) return null;
  if (!isNumber(left) || !isNumber(right)) throw new NotInterpreted('division of no numbers');
  if (typeof left === 'bigint' && typeof right === 'bigint')
    return operator === '/' ? inRange(left / right) : remainder(left, right);
  return operator === '/' ? Number(left) / Number(right) : Number(left) % Number(right);
}

/** The least integer has no counterpart, so that its division by -1 overflows. */
function remainder(left: bigint, right: bigint): bigint {
  inRange(left / right);
  return left % right;
}

function arithmetic(operator: '+' | '-' | '*', left: Value, right: Value): Value {
  if (left === null || right === null || !isNumber(left) || !isNumber(right))
    throw new NotInterpreted('arithmetic of no numbers');
  if (typeof left === 'bigint' && typeof right === 'bigint')
    return inRange(operator === '+' ? left + right : operator === '-' ? left - right : left * right);
  const [a, b] = [Number(left), Number(right)];
  return operator === '+' ? a + b : operator === '-' ? a - b : a * b;
}

/** Texts by their characters, with regard to case. */
function order(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right);
  if (isDate(left) && isDate(right)) return sign(left.micros, right.micros);
  if (isNumber(left) && isNumber(right)) return sign<bigint | number>(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return sign(left, right);
  throw new NotInterpreted('comparison of different types');
}

const at = (expr: FunctionCall, index: number, row: InputRow<Value>): Value => {
  const arg = expr.args[index];
  return arg === undefined ? null : valueOf(arg, row);
};

function call(expr: FunctionCall, row: InputRow<Value>): Value {
  switch (expr.name) {
    case '?:': {
      const condition = at(expr, 0, row);
      return condition === null ? null : at(expr, condition === true ? 1 : 2, row);
    }
    case 'CAST': {
      const [, type, ...sizes] = expr.args;
      const name = type?.kind === 'text' ? type.value : '';
      return cast(
        at(expr, 0, row),
        name,
        sizes.map((size) => (size.kind === 'number' ? Number(size.text) : 0)),
      );
    }
    case 'NULL':
      return null;
    case 'ISNULL':
      return at(expr, 0, row) === null;
    case 'REPLACENULL':
      return at(expr, 0, row) ?? at(expr, 1, row);
    default: {
      const rule = interpretedFunctions.get(expr.name);
      if (rule === undefined) throw new NotInterpreted(expr.name);
      const args = expr.args.map((arg) => valueOf(arg, row));
      return args.includes(null) ? null : rule(args);
    }
  }
}
