/** Operators of SSIS as DuckDB SQL. */
import { operandsOf, type BinaryOperation, type BinaryOperator, type UnaryOperation } from '../ast.ts';
import { isNumeric, type ScalarType } from '../environment.ts';
import type { Compiler } from '../compiler.ts';
import { atom, isNullLiteral, strength, within, type Strength, type TypedSql } from '../typed-sql.ts';
import { asCondition, asNumber, asText } from './cast.ts';

const comparisons: ReadonlySet<BinaryOperator> = new Set(['=', '<>', '<', '<=', '>', '>=']);
const whole: ReadonlySet<ScalarType> = new Set(['integer', 'bigint']);

function bothNotNull(a: TypedSql, b: TypedSql): Partial<TypedSql> {
  return a.notNull === true && b.notNull === true ? { notNull: true } : {};
}

export function unarySql(compiler: Compiler, node: UnaryOperation): TypedSql {
  const value = compiler.value(node.operand);
  if (node.operator === 'not') {
    const operand = asCondition(value);
    const known = operand.notNull === true ? { notNull: true } : {};
    if (operand.strength === strength.comparison && operand.text.endsWith(' IS NULL'))
      return { ...operand, text: `${operand.text.slice(0, -' IS NULL'.length)} IS NOT NULL` };
    return { text: `NOT ${within(operand, strength.not)}`, type: 'boolean', strength: strength.not, ...known };
  }
  const operand = asNumber(compiler, value);
  if (node.operator === '+') return operand;
  const inner = within(operand, strength.unary);
  const text = inner.startsWith('-') ? `-(${inner})` : `-${inner}`;
  return {
    ...operand,
    text,
    strength: strength.unary,
    ...(typeof operand.literal === 'string' ? { literal: text } : {}),
  };
}

/** Both sides at one type. SSIS refuses mixed comparisons, so that where types differ something is unknown or cast by hand. */
function comparable(compiler: Compiler, a: TypedSql, b: TypedSql): readonly [TypedSql, TypedSql] {
  if (a.type === b.type || a.type === 'unknown' || b.type === 'unknown' || isNullLiteral(a) || isNullLiteral(b))
    return [a, b];
  if (isNumeric(a.type) && isNumeric(b.type)) return [a, b];
  if (a.type === 'boolean' || b.type === 'boolean') return [asNumber(compiler, a), asNumber(compiler, b)];
  if (a.type === 'date' || b.type === 'date') {
    compiler.warn(`A ${a.type} is compared with a ${b.type}`, 0.75);
    const asDate = (value: TypedSql): TypedSql =>
      value.type === 'string' ? atom(`TRY_CAST(${value.text} AS TIMESTAMP)`, 'date') : value;
    return [asDate(a), asDate(b)];
  }
  return [asNumber(compiler, a), asNumber(compiler, b)];
}

function logical(compiler: Compiler, node: BinaryOperation, operator: 'and' | 'or'): TypedSql {
  const level: Strength = operator === 'and' ? strength.and : strength.or;
  const left = asCondition(compiler.value(node.left));
  const guard = operator === 'and' ? within(left, strength.and) : `NOT ${within(left, strength.not)}`;
  const right = compiler.under([guard], [], () => asCondition(compiler.value(node.right)));
  return {
    text: `${within(left, level)} ${operator.toUpperCase()} ${within(right, level)}`,
    type: 'boolean',
    strength: level,
    ...bothNotNull(left, right),
  };
}

function isText(value: TypedSql): boolean {
  return value.type === 'string';
}

/** A chain of +: one part known to be a text makes it texts, because numbers are never added to texts. */
function sum(compiler: Compiler, parts: readonly TypedSql[]): TypedSql {
  const joins = parts.some(isText);
  return parts.reduce((left, right) => (joins ? joined(compiler, left, right) : plus(compiler, left, right)));
}

function joined(compiler: Compiler, a: TypedSql, b: TypedSql): TypedSql {
  const [left, right] = [asText(compiler, a), asText(compiler, b)];
  return {
    text: `${within(left, strength.concat)} || ${within(right, strength.concat)}`,
    type: 'string',
    strength: strength.concat,
    ...bothNotNull(left, right),
  };
}

function plus(compiler: Compiler, a: TypedSql, b: TypedSql): TypedSql {
  if (a.type === 'unknown' && b.type === 'unknown')
    compiler.warn('+ of values of unknown type is taken as an addition; of texts it would join them', 0.7);
  return arithmetic(compiler, '+', a, b);
}

function resultType(a: TypedSql, b: TypedSql): ScalarType {
  if (a.type === 'double' || b.type === 'double') return 'double';
  if (a.type === 'unknown' || b.type === 'unknown') return 'unknown';
  if (a.type === 'decimal' || b.type === 'decimal') return 'decimal';
  return a.type === 'bigint' || b.type === 'bigint' ? 'bigint' : 'integer';
}

/** Whether both sides may be integers and one is not known to be. */
function openType(a: TypedSql, b: TypedSql): boolean {
  const types = [a.type, b.type];
  return types.includes('unknown') && types.every((type) => type === 'unknown' || whole.has(type));
}

/** The whole part where DuckDB finds integers on both sides. */
function divisionByType(a: TypedSql, b: TypedSql, divisor: string): TypedSql {
  const left = within(a, strength.multiply);
  const test = `typeof(${within(a, strength.add)} + ${within(b, strength.multiply)}) LIKE '%INT%'`;
  return atom(`CASE WHEN ${test} THEN ${left} // ${divisor} ELSE ${left} / ${divisor} END`, 'double');
}

function division(compiler: Compiler, operator: '/' | '%', a: TypedSql, b: TypedSql): TypedSql {
  const integers = whole.has(a.type) && whole.has(b.type);
  if (operator === '/' && openType(a, b))
    compiler.warn('Where both sides are integers / gives the whole part only; their types decide when it is run', 0.85);
  const safe = typeof b.literal === 'string' && Number(b.literal) !== 0;
  if (!safe)
    compiler.rowError({ text: `${within(b, strength.concat)} = 0`, type: 'boolean', strength: strength.comparison });
  const plain = within(b, strength.unary);
  const divisor = safe ? (plain.startsWith('-') ? `(${plain})` : plain) : `nullif(${b.text}, 0)`;
  if (operator === '/' && openType(a, b)) return divisionByType(a, b, divisor);
  const sign = operator === '%' ? '%' : integers ? '//' : '/';
  return {
    text: `${within(a, strength.multiply)} ${sign} ${divisor}`,
    type: integers || operator === '%' ? resultType(a, b) : 'double',
    strength: strength.multiply,
  };
}

export function arithmetic(compiler: Compiler, operator: '+' | '-' | '*', left: TypedSql, right: TypedSql): TypedSql {
  const [a, b] = [asNumber(compiler, left), asNumber(compiler, right)];
  const level: Strength = operator === '*' ? strength.multiply : strength.add;
  const second = within(b, operator === '-' ? strength.multiply : level);
  return {
    text: `${within(a, level)} ${operator} ${second.startsWith('-') ? `(${second})` : second}`,
    type: resultType(a, b),
    strength: level,
    ...bothNotNull(a, b),
  };
}

export function binarySql(compiler: Compiler, node: BinaryOperation): TypedSql {
  const { operator } = node;
  if (operator === 'and' || operator === 'or') return logical(compiler, node, operator);
  if (operator === '+')
    return sum(
      compiler,
      operandsOf(node, '+').map((part) => compiler.value(part)),
    );
  const left = compiler.value(node.left);
  const right = compiler.value(node.right);
  if (comparisons.has(operator)) {
    const [a, b] = comparable(compiler, left, right);
    if (isNullLiteral(a) || isNullLiteral(b))
      compiler.warn('A comparison with NULL is never true; ISNULL may be meant', 0.8);
    return {
      text: `${within(a, strength.concat)} ${operator} ${within(b, strength.concat)}`,
      type: 'boolean',
      strength: strength.comparison,
      ...bothNotNull(a, b),
    };
  }
  if (operator === '/' || operator === '%')
    return division(compiler, operator, asNumber(compiler, left), asNumber(compiler, right));
  if (operator === '-' || operator === '*') return arithmetic(compiler, operator, left, right);
  throw new Error(`operator ${operator} is not part of the grammar`);
}
