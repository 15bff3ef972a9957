/** Conditions of lookups and joiners: comparisons of two ports, joined by AND. */
import { isNumeric, type ScalarType } from '../../../expr/environment.ts';
import type { ComparisonOperator, Expr } from '../../../expr/ast.ts';
import { parseExpression } from './expression.ts';

export interface Comparison {
  readonly left: string;
  readonly operator: ComparisonOperator;
  readonly right: string;
}

const comparisonOperators: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

/** The comparisons of `condition` in order; null where it is anything else. */
export function parseComparisons(condition: string): readonly Comparison[] | null {
  const ast = parseExpression(condition);
  if (ast === null) return null;
  const found: Comparison[] = [];
  const pending: Expr[] = [ast];
  while (pending.length > 0) {
    const expr = pending.pop();
    if (expr?.kind !== 'binary') return null;
    if (expr.operator === 'and') pending.push(expr.right, expr.left);
    else if (comparisonOperators.has(expr.operator) && expr.left.kind === 'column' && expr.right.kind === 'column') {
      found.push({ left: expr.left.name, operator: expr.operator as ComparisonOperator, right: expr.right.name });
    } else return null;
  }
  return found;
}

export interface TypedOperand {
  readonly sql: string;
  readonly type: ScalarType;
}

/** Both sides as values that DuckDB compares without a failing cast: a number and a text meet as numbers. */
function alike(left: TypedOperand, right: TypedOperand): readonly [string, string] {
  const asNumber = (operand: TypedOperand): string =>
    operand.type === 'string' ? `TRY_CAST(${operand.sql} AS DECIMAL(38,10))` : operand.sql;
  const asDate = (operand: TypedOperand): string =>
    operand.type === 'string' ? `TRY_CAST(${operand.sql} AS TIMESTAMP)` : operand.sql;
  if (isNumeric(left.type) || isNumeric(right.type)) return [asNumber(left), asNumber(right)];
  return left.type === 'date' || right.type === 'date' ? [asDate(left), asDate(right)] : [left.sql, right.sql];
}

/** Equality that NULL never meets; texts may be compared without regard to case. */
export function equality(left: TypedOperand, right: TypedOperand, caseSensitive = true): string {
  const [a, b] = alike(left, right);
  const texts = left.type === 'string' && right.type === 'string';
  return caseSensitive || !texts ? `${a} = ${b}` : `lower(${a}) = lower(${b})`;
}

/** A lookup's comparison: NULL equals NULL there. */
export function lookupComparison(left: TypedOperand, operator: ComparisonOperator, right: TypedOperand): string {
  const [a, b] = alike(left, right);
  if (operator === '=') return `${a} IS NOT DISTINCT FROM ${b}`;
  return operator === '<>' ? `${a} IS DISTINCT FROM ${b}` : `${a} ${operator} ${b}`;
}
