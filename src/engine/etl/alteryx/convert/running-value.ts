/**
 * Multi-row formulas that carry or count on from the record before: `IF c THEN [Row-1:X] + n ELSE v ENDIF` and its kin.
 * They are sums over stretches of records, which is far faster than going from record to record.
 */
import type { Expr } from '../../../expr/ast.ts';

export interface RunningValue {
  /** Where a new stretch starts: the condition is met, or not met. Null where the value runs through. */
  readonly restart: { readonly condition: Expr; readonly when: boolean; readonly value: Expr } | null;
  /** What is added to the value before; null where it is only carried. */
  readonly increment: Expr | null;
}

const maximumNodes = 5_000;

/** Whether the expression reads the named field; true where it is too large to tell. */
export function reads(expr: Expr, isNamed: (name: string) => boolean): boolean {
  const pending: Expr[] = [expr];
  for (let count = 0; ; count += 1) {
    const next = pending.pop();
    if (next === undefined) return false;
    if (count > maximumNodes) return true;
    if (next.kind === 'column' && isNamed(next.name)) return true;
    if (next.kind === 'unary') pending.push(next.operand);
    if (next.kind === 'binary') pending.push(next.left, next.right);
    if (next.kind === 'call') pending.push(...next.args);
  }
}

/** `[Row-1:X]` or `[Row-1:X] + n`; null for anything else. */
function carried(expr: Expr, isSelf: (name: string) => boolean): { readonly increment: Expr | null } | null {
  if (expr.kind === 'column') return isSelf(expr.name) ? { increment: null } : null;
  if (expr.kind !== 'binary' || expr.operator !== '+') return null;
  const { left, right } = expr;
  if (left.kind === 'column' && isSelf(left.name) && !reads(right, isSelf)) return { increment: right };
  return right.kind === 'column' && isSelf(right.name) && !reads(left, isSelf) ? { increment: left } : null;
}

/** The formula as a running value; null where it is not of that shape. */
export function runningValue(expr: Expr, isSelf: (name: string) => boolean): RunningValue | null {
  const plain = carried(expr, isSelf);
  if (plain !== null) return { restart: null, increment: plain.increment };
  if (expr.kind !== 'call' || (expr.name !== 'IF' && expr.name !== 'IIF')) return null;
  const [condition, met, unmet, ...more] = expr.args;
  if (
    condition === undefined ||
    met === undefined ||
    unmet === undefined ||
    more.length > 0 ||
    reads(condition, isSelf)
  )
    return null;
  return twoBranches({ condition, met, unmet, at: expr.at }, isSelf);
}

interface Branches {
  readonly condition: Expr;
  readonly met: Expr;
  readonly unmet: Expr;
  readonly at: Expr['at'];
}

function twoBranches(branches: Branches, isSelf: (name: string) => boolean): RunningValue | null {
  const { condition, met, unmet, at } = branches;
  const [inMet, inUnmet] = [carried(met, isSelf), carried(unmet, isSelf)];
  if (inMet !== null && inUnmet !== null) {
    const none: Expr = { kind: 'number', text: '0', at };
    if (inMet.increment === null && inUnmet.increment === null) return { restart: null, increment: null };
    const args = [condition, inMet.increment ?? none, inUnmet.increment ?? none];
    return { restart: null, increment: { kind: 'call', name: 'IF', args, at } };
  }
  if (inMet !== null && !reads(unmet, isSelf))
    return { restart: { condition, when: false, value: unmet }, increment: inMet.increment };
  if (inUnmet !== null && !reads(met, isSelf))
    return { restart: { condition, when: true, value: met }, increment: inUnmet.increment };
  return null;
}
