/** Multi-row formulas that number records from 1 to n over and over: `IF [Row-1:X] < n THEN [Row-1:X] + 1 ELSE 1 ENDIF`. */
import type { Expr } from '../../../expr/ast.ts';

export interface CyclicCounter {
  readonly step: number;
  /** The first value that is not counted on from. */
  readonly limit: number;
  /** The value after that. */
  readonly again: number;
}

const wholeNumber = (expr: Expr | undefined): number | null =>
  expr?.kind === 'number' && /^\d{1,9}$/.test(expr.text) ? Number(expr.text) : null;

/** The step of `[Row-1:X] + step`; null for anything else. */
function stepOf(next: Expr | undefined, isField: (expr: Expr) => boolean): number | null {
  if (next?.kind !== 'binary' || next.operator !== '+' || !isField(next.left)) return null;
  return wholeNumber(next.right) || null;
}

/** The first value that `[Row-1:X] < n` or `[Row-1:X] <= n` does not hold for; null for anything else. */
function limitOf(condition: Expr | undefined, isField: (expr: Expr) => boolean): number | null {
  if (condition?.kind !== 'binary' || !isField(condition.left)) return null;
  const bound = wholeNumber(condition.right);
  if (bound === null || condition.operator === '<') return bound;
  return condition.operator === '<=' ? bound + 1 : null;
}

/** The formula as a counter over its own value one record before; null where it is none. */
export function cyclicCounter(expr: Expr, isSelf: (name: string) => boolean): CyclicCounter | null {
  if (expr.kind !== 'call' || (expr.name !== 'IF' && expr.name !== 'IIF') || expr.args.length !== 3) return null;
  const isField = (one: Expr): boolean => one.kind === 'column' && isSelf(one.name);
  const [limit, step, again] = [
    limitOf(expr.args[0], isField),
    stepOf(expr.args[1], isField),
    wholeNumber(expr.args[2]),
  ];
  return limit === null || step === null || again === null ? null : { step, limit, again };
}
