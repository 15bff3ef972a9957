/** Operators of PowerCenter as DuckDB SQL. */
import {
  operandsOf,
  type BinaryOperation,
  type BinaryOperator,
  type ComparisonOperator,
  type Expr,
  type UnaryOperation,
} from '../ast.ts';
import { isNumeric } from '../environment.ts';
import { atom, isNullLiteral, strength, within, type Strength, type TypedSql } from '../typed-sql.ts';
import { asNumber, asText, coerce, comparable } from './coerce.ts';
import type { Compiler } from '../compiler.ts';

const comparisons: ReadonlySet<BinaryOperator> = new Set(['=', '<>', '<', '<=', '>', '>=']);

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return comparisons.has(operator);
}

export function unarySql(compiler: Compiler, node: UnaryOperation): TypedSql {
  if (node.operator === 'not') {
    const operand = coerce.condition(compiler, node.operand);
    if (operand.text.endsWith(' IS NULL') && operand.strength === strength.comparison) {
      return { ...operand, text: `${operand.text.slice(0, -' IS NULL'.length)} IS NOT NULL` };
    }
    return { text: `NOT ${within(operand, strength.not)}`, type: 'boolean', strength: strength.not };
  }
  const operand = coerce.number(compiler, node.operand);
  if (node.operator === '+') return operand;
  const inner = within(operand, strength.unary);
  const { type, precision, scale } = operand;
  const more = { ...(precision === undefined ? {} : { precision }), ...(scale === undefined ? {} : { scale }) };
  const text = inner.startsWith('-') ? `-(${inner})` : `-${inner}`;
  const literal =
    typeof operand.literal === 'string' && !inner.startsWith('-') ? { literal: text, simple: true, notNull: true } : {};
  return { text, type, strength: strength.unary, ...more, ...literal };
}

export function binarySql(compiler: Compiler, node: BinaryOperation): TypedSql {
  const { operator } = node;
  if (operator === '||') return concatSql(compiler, operandsOf(node, '||'));
  if (operator === 'and' || operator === 'or') return logicalSql(compiler, node, operator);
  if (isComparison(operator)) {
    warnOfNotBeforeComparison(compiler, node);
    const place = givesDate(node.left) || givesDate(node.right) ? 'date' : null;
    return comparisonSql(compiler, operator, compiler.value(node.left, place), compiler.value(node.right, place));
  }
  return arithmeticSql(compiler, operator, coerce.number(compiler, node.left), coerce.number(compiler, node.right));
}

const dateFunctions: ReadonlySet<string> = new Set([
  'ADD_TO_DATE',
  'LAST_DAY',
  'MAKE_DATE_TIME',
  'SET_DATE_PART',
  'SYSTIMESTAMP',
  'TO_DATE',
]);
const dateNames: ReadonlySet<string> = new Set(['SYSDATE', 'SESSSTARTTIME', 'WORKFLOWSTARTTIME']);

/** Whether an expression is a date by its form, so that what it is compared with is one. */
function givesDate(expr: Expr): boolean {
  if (expr.kind === 'column') return dateNames.has(expr.name.toUpperCase());
  if (expr.kind !== 'call') return false;
  const [value, part] = expr.args;
  if (expr.name !== 'TRUNC' && expr.name !== 'ROUND') return dateFunctions.has(expr.name);
  return part?.kind === 'text' || (part === undefined && value !== undefined && givesDate(value));
}

/** || and CONCAT: a NULL operand counts as '', only NULL operands give NULL. */
export function concatSql(compiler: Compiler, operands: readonly Expr[]): TypedSql {
  const parts = operands.map((operand) => {
    const value = compiler.value(operand);
    // DuckDB's concat writes whole numbers as PowerCenter does.
    return value.type === 'integer' || value.type === 'bigint' ? value : asText(compiler, value);
  });
  const call = `concat(${parts.map((part) => part.text).join(', ')})`;
  if (parts.some((part) => part.notNull === true)) return atom(call, 'string', { notNull: true });
  compiler.assume('|| of NULL operands only gives NULL', 0.96);
  if (parts.every((part) => part.simple === true)) {
    const allNull = parts.map((part) => `${within(part, strength.concat)} IS NULL`).join(' AND ');
    return atom(`CASE WHEN ${allNull} THEN NULL ELSE ${call} END`, 'string');
  }
  const texts = parts.map((part) => (part.type === 'string' ? part.text : `CAST(${part.text} AS VARCHAR)`));
  return compiler.macro('pc_concat', 'string', `[${texts.join(', ')}]`);
}

function logicalSql(compiler: Compiler, node: BinaryOperation, operator: 'and' | 'or'): TypedSql {
  const level: Strength = operator === 'and' ? strength.and : strength.or;
  const left = coerce.condition(compiler, node.left);
  const right = coerce.condition(compiler, node.right);
  return {
    text: `${within(left, level)} ${operator.toUpperCase()} ${within(right, level)}`,
    type: 'boolean',
    strength: level,
  };
}

function warnOfNotBeforeComparison(compiler: Compiler, node: BinaryOperation): void {
  if (node.left.kind !== 'unary' || node.left.operator !== 'not') return;
  const { operand } = node.left;
  // With parentheses the operand starts after them: then the meaning is plain.
  if (operand.kind !== 'column' && operand.kind !== 'parameter') return;
  compiler.warn(
    `NOT binds stronger than ${node.operator}: it applies to ${operand.name} only; check that this is meant`,
    0.75,
  );
}

const swappedNull: Readonly<Record<'<' | '<=' | '>' | '>=', { both: boolean; leftHigh: boolean }>> = {
  '<': { both: false, leftHigh: false },
  '<=': { both: true, leftHigh: false },
  '>': { both: false, leftHigh: true },
  '>=': { both: true, leftHigh: true },
};

export function comparisonSql(
  compiler: Compiler,
  operator: ComparisonOperator,
  leftValue: TypedSql,
  rightValue: TypedSql,
): TypedSql {
  const [a, b] = comparable(compiler, leftValue, rightValue);
  const left = within(a, strength.concat);
  const right = within(b, strength.concat);
  const setting = compiler.env.settings.nullComparison;
  const plain: TypedSql = { text: `${left} ${operator} ${right}`, type: 'boolean', strength: strength.comparison };
  const certainly = a.notNull === true && b.notNull === true;
  if (compiler.env.settings.said !== undefined && !certainly) compiler.setting('powercenter.null_comparison', setting);
  if (setting === 'NULL') {
    if (isNullLiteral(a) || isNullLiteral(b))
      compiler.warn('A comparison with NULL is never true; ISNULL may be meant', 0.8);
    return plain;
  }
  if (certainly) return plain;
  if (operator === '=') return { ...plain, text: `${left} IS NOT DISTINCT FROM ${right}` };
  if (operator === '<>') return { ...plain, text: `${left} IS DISTINCT FROM ${right}` };
  const { both, leftHigh } = swappedNull[operator];
  const leftNull = (setting === 'HIGH') === leftHigh;
  const nullable = { left: a.notNull !== true, right: b.notNull !== true };
  const sides = [
    nullable.left && nullable.right
      ? `WHEN ${left} IS NULL AND ${right} IS NULL THEN ${String(both).toUpperCase()}`
      : '',
    nullable.left ? `WHEN ${left} IS NULL THEN ${String(leftNull).toUpperCase()}` : '',
    nullable.right ? `WHEN ${right} IS NULL THEN ${String(!leftNull).toUpperCase()}` : '',
  ].filter((side) => side !== '');
  return atom(`CASE ${sides.join(' ')} ELSE ${plain.text} END`, 'boolean');
}

const isWhole = (sql: TypedSql): boolean => sql.type === 'integer' || sql.type === 'bigint';

export function arithmeticSql(
  compiler: Compiler,
  operator: '+' | '-' | '*' | '/' | '%',
  a: TypedSql,
  b: TypedSql,
): TypedSql {
  if (a.type === 'date' || b.type === 'date') {
    compiler.unsupported(
      `${operator} of dates`,
      'Dates have no arithmetic operators in PowerCenter; ADD_TO_DATE or DATE_DIFF is meant',
    );
  }
  if (operator === '/' || operator === '%') return divisionSql(compiler, operator, a, b);
  const level: Strength = operator === '*' ? strength.multiply : strength.add;
  if (operator === '*') [a, b] = fittingFactors(widened(a, b), b);
  const right =
    operator === '-' ? within(b, level === strength.add ? strength.multiply : strength.unary) : within(b, level);
  const text = `${within(a, level)} ${operator} ${right.startsWith('-') ? `(${right})` : right}`;
  const notNull = a.notNull === true && b.notNull === true;
  return {
    text,
    type: arithmeticType(a, b),
    strength: level,
    ...decimalSize(operator, a, b),
    ...(notNull ? { notNull } : {}),
  };
}

function arithmeticType(a: TypedSql, b: TypedSql): TypedSql['type'] {
  if (a.type === 'unknown' || b.type === 'unknown')
    return a.type === 'double' || b.type === 'double' ? 'double' : 'unknown';
  if (a.type === 'double' || b.type === 'double') return 'double';
  if (a.type === 'decimal' || b.type === 'decimal') return 'decimal';
  return a.type === 'bigint' || b.type === 'bigint' ? 'bigint' : 'integer';
}

function decimalSize(operator: '+' | '-' | '*', a: TypedSql, b: TypedSql): Pick<TypedSql, 'precision' | 'scale'> {
  if (typeof a.precision !== 'number' || typeof b.precision !== 'number') return {};
  const scales = [a.scale ?? 0, b.scale ?? 0] as const;
  if (operator === '*') return { precision: Math.min(38, a.precision + b.precision), scale: scales[0] + scales[1] };
  const scale = Math.max(...scales);
  const whole = Math.max(a.precision - scales[0], b.precision - scales[1]);
  return { precision: Math.min(38, whole + scale + 1), scale };
}

/** A product of integers outgrows 32 bits in PowerCenter, which DuckDB answers with an error. */
function widened(a: TypedSql, b: TypedSql): TypedSql {
  if (a.type !== 'integer' || b.type !== 'integer') return a;
  if (typeof a.literal === 'string' && typeof b.literal === 'string' && a.text.length + b.text.length < 10) return a;
  const { notNull } = a;
  return atom(`CAST(${a.text} AS BIGINT)`, 'bigint', {
    precision: 19,
    scale: 0,
    ...(notNull === true ? { notNull } : {}),
  });
}

/** DuckDB refuses a product of more than 38 digits: then PowerCenter's default of doubles is followed. */
function fittingFactors(a: TypedSql, b: TypedSql): readonly [TypedSql, TypedSql] {
  if (a.type !== 'decimal' && b.type !== 'decimal') return [a, b];
  if (!isNumeric(a.type) || !isNumeric(b.type) || a.type === 'double' || b.type === 'double') return [a, b];
  const digits = (sql: TypedSql): number => sql.precision ?? (isWhole(sql) ? 19 : 38);
  if (digits(a) + digits(b) <= 38) return [a, b];
  const wide = digits(a) >= digits(b) ? a : b;
  const asDouble = atom(`CAST(${wide.text} AS DOUBLE)`, 'double');
  return wide === a ? [asDouble, b] : [a, asDouble];
}

/** Division is real; a zero divisor is a row error in PowerCenter, NULL here. */
function divisionSql(compiler: Compiler, operator: '/' | '%', a: TypedSql, b: TypedSql): TypedSql {
  const literal = typeof b.literal === 'string' ? Number(b.literal) : null;
  const safe = (literal !== null && literal !== 0) || compiler.isNonZero(b);
  if (!safe)
    compiler.rowError({ text: `${within(b, strength.concat)} = 0`, type: 'boolean', strength: strength.comparison });
  const plain = within(b, strength.unary);
  const divisor = safe ? (plain.startsWith('-') ? `(${plain})` : plain) : `nullif(${b.text}, 0)`;
  return {
    text: `${within(a, strength.multiply)} ${operator} ${divisor}`,
    type: operator === '/' ? 'double' : arithmeticType(a, b),
    strength: strength.multiply,
  };
}

/** SQL that is known not to be zero where the condition has the given outcome: it makes a guarded division plain. */
export function nonZeroWhere(compiler: Compiler, condition: Expr, outcome: boolean): readonly string[] {
  if (condition.kind === 'unary' && condition.operator === 'not')
    return nonZeroWhere(compiler, condition.operand, !outcome);
  if (condition.kind !== 'binary') return [];
  const { operator, left, right } = condition;
  if (operator === (outcome ? 'and' : 'or'))
    return [...nonZeroWhere(compiler, left, outcome), ...nonZeroWhere(compiler, right, outcome)];
  if (operator === 'and' || operator === 'or' || !isComparison(operator)) return [];
  const limit = constantNumber(right) ?? constantNumber(left);
  const tested = constantNumber(right) === null ? right : left;
  if (limit === null || !isSmall(tested)) return [];
  const zeroMeets = tested === left ? compares(0, operator, limit) : compares(limit, operator, 0);
  return zeroMeets === outcome ? [] : [asNumber(compiler, compiler.value(tested)).text];
}

function constantNumber(expr: Expr): number | null {
  if (expr.kind === 'unary' && expr.operator === '-' && expr.operand.kind === 'number')
    return -Number(expr.operand.text);
  return expr.kind === 'number' ? Number(expr.text) : null;
}

function compares(a: number, operator: ComparisonOperator, b: number): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

/** Columns and their arithmetic: translating it once more costs nothing. */
function isSmall(expr: Expr, left = 4): boolean {
  if (expr.kind === 'column' || expr.kind === 'parameter' || expr.kind === 'number') return true;
  return expr.kind === 'binary' && left > 0 && isSmall(expr.left, left - 1) && isSmall(expr.right, left - 1);
}
