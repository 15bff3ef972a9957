/** Operators with the NULL rules of Alteryx: `=` and `!=` know NULL, `<` is false beside it, text `+` leaves it out. */
import { operandsOf, type BinaryOperation, type ComparisonOperator, type Expr } from '../ast.ts';
import { sourceSettings } from '../source-settings.ts';
import { certain } from '../translation.ts';
import { strength } from '../typed-sql.ts';
import { asCondition, asNumber, asText, comparable, decided } from './coerce.ts';
import type { Compiler } from './compiler.ts';
import { atom, isMoment, isNull, isNumber, within, type Value, type ValueKind } from './value.ts';

export function binary(compiler: Compiler, expr: BinaryOperation): Value {
  switch (expr.operator) {
    case 'and':
    case 'or':
      return logical(compiler, expr.operator, expr);
    case '+':
      return plus(compiler, expr);
    case '-':
    case '*':
    case '/':
      return arithmetic(expr.operator, ...operands(compiler, expr, expr.operator));
    case '%':
    case '||':
      throw new Error(`Alteryx has no operator ${expr.operator}`);
    default:
      return compare(compiler, expr.operator, compiler.value(expr.left), compiler.value(expr.right));
  }
}

function operands(compiler: Compiler, expr: BinaryOperation, operator: string): [Value, Value] {
  const [a, b] = [compiler.value(expr.left), compiler.value(expr.right)];
  for (const side of [a, b])
    if (isMoment(side.kind))
      compiler.warn(`Dates have no operator ${operator} in Alteryx; use DateTimeDiff or DateTimeAdd`, 0.4);
  return [asNumber(compiler, a), asNumber(compiler, b)];
}

export function arithmetic(operator: '+' | '-' | '*' | '/', a: Value, b: Value): Value {
  const level = operator === '+' || operator === '-' ? strength.add : strength.multiply;
  const kind: ValueKind =
    operator === '/' || a.kind === 'double' || b.kind === 'double'
      ? 'double'
      : a.kind === 'unknown' || b.kind === 'unknown'
        ? 'double'
        : a.kind === 'decimal' || b.kind === 'decimal'
          ? 'decimal'
          : 'integer';
  if (operator === '/') {
    const constant = typeof b.literal === 'string' && Number(b.literal) !== 0;
    const divisor = constant ? within(b, strength.atom) : `nullif(${b.text}, 0)`;
    return { text: `${within(a, level)} / ${divisor}`, kind, strength: level };
  }
  const right = operator === '-' ? strength.multiply : level === strength.add ? strength.add : strength.unary;
  const left = safe(a, b);
  return { text: `${within(left, level)} ${operator} ${within(b, right)}`, kind, strength: level };
}

/** Two decimals are worked on as doubles where both are columns: DuckDB fails where their product needs 39 digits. */
function safe(a: Value, b: Value): Value {
  if (a.kind !== 'decimal' || b.kind !== 'decimal' || a.literal !== undefined || b.literal !== undefined) return a;
  return atom(`CAST(${a.text} AS DOUBLE)`, 'double');
}

function logical(compiler: Compiler, operator: 'and' | 'or', expr: BinaryOperation): Value {
  const level = operator === 'and' ? strength.and : strength.or;
  const a = asCondition(compiler, compiler.value(expr.left));
  const b = asCondition(compiler, compiler.value(expr.right));
  const text = `${within(a, level)} ${operator.toUpperCase()} ${within(b, level)}`;
  return { text, kind: 'boolean', strength: level, notNull: a.notNull === true && b.notNull === true };
}

export function negation(compiler: Compiler, operand: Expr): Value {
  const value = asCondition(compiler, compiler.value(operand));
  if (typeof value.literal === 'boolean')
    return atom(value.literal ? 'FALSE' : 'TRUE', 'boolean', { literal: !value.literal, notNull: true });
  return {
    text: `NOT ${within(decided(value), strength.comparison)}`,
    kind: 'boolean',
    strength: strength.not,
    notNull: true,
  };
}

/** Text joined or numbers added: text where any part seen from the left is text. */
function plus(compiler: Compiler, expr: BinaryOperation): Value {
  const parts = operandsOf(expr, '+').map((part) => compiler.value(part));
  if (parts.some((part) => part.kind === 'string')) return joined(compiler, parts);
  const [first, ...rest] = parts;
  if (first === undefined) throw new Error('empty sum');
  if (parts.some((part) => part.kind === 'unknown') && !parts.some((part) => isNumber(part.kind)))
    compiler.assume('+ adds numbers here: the types of the fields are not known', 0.85);
  if (parts.some((part) => isMoment(part.kind))) {
    compiler.warn('+ joins dates as text here', 0.7);
    return joined(compiler, parts);
  }
  return rest.reduce((sum, part) => arithmetic('+', sum, asNumber(compiler, part)), asNumber(compiler, first));
}

/** NULL parts are left out of joined text; only NULLs give NULL. */
function joined(compiler: Compiler, parts: readonly Value[]): Value {
  for (const part of parts)
    if (isNumber(part.kind) || part.kind === 'boolean')
      compiler.warn('Text and a number are joined; Alteryx refuses this unless ToString is written', 0.8);
  const texts = parts.filter((part) => !isNull(part)).map((part) => asText(compiler, part));
  if (texts.length === 0) return atom('CAST(NULL AS VARCHAR)', 'string', { literal: null });
  const call = `concat(${texts.map((part) => part.text).join(', ')})`;
  if (texts.some((part) => part.notNull === true)) return atom(call, 'string', { notNull: true });
  if (texts.length === 1) return texts[0] ?? atom(call, 'string');
  return atom(
    `CASE WHEN ${texts.map((part) => `${within(part, strength.concat)} IS NULL`).join(' AND ')} THEN NULL ELSE ${call} END`,
    'string',
  );
}

/** A comparison as Alteryx decides it. The result may be NULL where Alteryx says false. */
export function compare(compiler: Compiler, operator: ComparisonOperator, a: Value, b: Value): Value {
  const [left, right] = insensitive(compiler, operator, ...comparable(compiler, a, b));
  const l = within(left, strength.concat);
  const r = within(right, strength.concat);
  const result = (text: string, notNull: boolean): Value => ({
    text,
    kind: 'boolean',
    strength: strength.comparison,
    notNull,
  });
  const certain = left.notNull === true && right.notNull === true;
  const oneCertain = left.notNull === true || right.notNull === true;
  switch (operator) {
    case '=':
      if (isNull(right)) return result(`${l} IS NULL`, true);
      if (isNull(left)) return result(`${r} IS NULL`, true);
      return oneCertain ? result(`${l} = ${r}`, certain) : result(`${l} IS NOT DISTINCT FROM ${r}`, true);
    case '<>':
      if (isNull(right)) return result(`${l} IS NOT NULL`, true);
      if (isNull(left)) return result(`${r} IS NOT NULL`, true);
      return certain ? result(`${l} <> ${r}`, true) : result(`${l} IS DISTINCT FROM ${r}`, true);
    case '<':
    case '>':
      if (isNull(left) || isNull(right)) return atom('FALSE', 'boolean', { literal: false, notNull: true });
      return result(`${l} ${operator} ${r}`, certain);
    case '<=':
    case '>=':
      if (isNull(right)) return result(`${l} IS NULL`, true);
      if (isNull(left)) return result(`${r} IS NULL`, true);
      if (oneCertain) return result(`${l} ${operator} ${r}`, certain);
      return atom(`coalesce(${l} ${operator} ${r}, ${l} IS NULL AND ${r} IS NULL)`, 'boolean', { notNull: true });
  }
}

function insensitive(compiler: Compiler, operator: ComparisonOperator, a: Value, b: Value): readonly [Value, Value] {
  if (operator !== '=' && operator !== '<>') return [a, b];
  if (a.kind !== 'string' && b.kind !== 'string') return [a, b];
  if (a.literal === '' || b.literal === '' || isNull(a) || isNull(b)) return [a, b];
  const { textComparison, comparisonIsSaid } = compiler.env;
  const { note, confidence } = sourceSettings['alteryx.text_comparison'];
  compiler.assume(note(textComparison), comparisonIsSaid === true ? certain : confidence);
  if (textComparison === 'case_sensitive') return [a, b];
  const lower = (value: Value): Value => ({ ...value, text: `lower(${value.text})`, strength: strength.atom });
  return [lower(a), lower(b)];
}
