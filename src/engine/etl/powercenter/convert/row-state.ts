/**
 * Variable ports that remember the row before: the recurrences that windows can express, and the general one.
 * A recurrence is read as "start again with a value", "keep" or "add", chosen by conditions of the current row.
 */
import type { Expr } from '../../../expr/ast.ts';
import { columnsOf } from './references.ts';

export type Recurrence =
  | { readonly kind: 'reset'; readonly value: Expr }
  | { readonly kind: 'add'; readonly value: Expr | null }
  | { readonly kind: 'choice'; readonly condition: Expr; readonly met: Recurrence; readonly otherwise: Recurrence };

function isColumn(expr: Expr, name: string): boolean {
  return expr.kind === 'column' && expr.name.toLowerCase() === name;
}

/** How the variable `name` follows from its own value in the row before; null where it is none of the known forms. */
export function toRecurrence(expr: Expr, name: string, depth = 0): Recurrence | null {
  if (depth > 50) return null;
  if (isColumn(expr, name)) return { kind: 'add', value: null };
  if (!columnsOf(expr).has(name)) return { kind: 'reset', value: expr };
  if (expr.kind === 'binary' && expr.operator === '+') return toAddition(expr.left, expr.right, name);
  return expr.kind === 'call' && (expr.name === 'IIF' || expr.name === 'IF') ? toChoice(expr.args, name, depth) : null;
}

function toAddition(left: Expr, right: Expr, name: string): Recurrence | null {
  if (isColumn(left, name) && !columnsOf(right).has(name)) return { kind: 'add', value: right };
  return isColumn(right, name) && !columnsOf(left).has(name) ? { kind: 'add', value: left } : null;
}

function toChoice(args: readonly Expr[], name: string, depth: number): Recurrence | null {
  const [condition, metExpr, elseExpr, ...more] = args;
  if (condition === undefined || metExpr === undefined || elseExpr === undefined || columnsOf(condition).has(name))
    return null;
  const met = toRecurrence(metExpr, name, depth + 1);
  const otherwise =
    more.length > 0
      ? depth > 50
        ? null
        : toChoice(args.slice(2), name, depth + 1)
      : toRecurrence(elseExpr, name, depth + 1);
  return met === null || otherwise === null ? null : { kind: 'choice', condition, met, otherwise };
}

/** Whether the recurrence ever adds to the old value. */
export function adds(recurrence: Recurrence): boolean {
  if (recurrence.kind === 'choice') return adds(recurrence.met) || adds(recurrence.otherwise);
  return recurrence.kind === 'add' && recurrence.value !== null;
}

interface Printer {
  readonly value: (expr: Expr) => string;
  readonly condition: (expr: Expr) => string;
}

function resets(recurrence: Recurrence, print: Printer): string {
  if (recurrence.kind === 'reset') return 'TRUE';
  if (recurrence.kind === 'add') return 'FALSE';
  return `CASE WHEN ${print.condition(recurrence.condition)} THEN ${resets(recurrence.met, print)} ELSE ${resets(recurrence.otherwise, print)} END`;
}

function contribution(recurrence: Recurrence, print: Printer, kept: string): string {
  if (recurrence.kind === 'reset') return print.value(recurrence.value);
  if (recurrence.kind === 'add') return recurrence.value === null ? kept : print.value(recurrence.value);
  return `CASE WHEN ${print.condition(recurrence.condition)} THEN ${contribution(recurrence.met, print, kept)} ELSE ${contribution(recurrence.otherwise, print, kept)} END`;
}

export interface StateSteps {
  /** Columns of a first step: where a run starts and what the row contributes. */
  readonly run: string;
  readonly contribution: string;
  /** The variable's value, over columns `__run` and `__add` of the steps before. */
  readonly value: string;
}

/** The recurrence as windows in the order of `__seq`. `initial` is the value before the first row, and `start` what sums start from where that is not 0. */
export function recurrenceSteps(
  recurrence: Recurrence,
  print: Printer,
  initial: string,
  start: string | null = null,
): StateSteps {
  const window = '(PARTITION BY __run ORDER BY __seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)';
  const summed = adds(recurrence);
  return {
    run: `count(*) FILTER (WHERE ${resets(recurrence, print)}) OVER (ORDER BY __seq ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`,
    contribution: contribution(recurrence, print, summed ? '0' : 'NULL'),
    // A NULL that was added stays: NULL plus anything is NULL.
    value: summed
      ? `CASE WHEN count(*) FILTER (WHERE __add IS NULL) OVER ${window} = 0 THEN ${start === null ? '' : `CASE WHEN __run = 0 THEN ${start} ELSE 0 END + `}sum(__add) OVER ${window} END`
      : `CASE WHEN __run = 0 THEN ${initial} ELSE first_value(__add) OVER ${window} END`,
  };
}
