import type { Expr } from '../../../expr/ast.ts';

function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'call':
    case 'object_call':
      return expr.args;
    default:
      return [];
  }
}

/** Every node of the tree, the root first. */
export function nodesOf(expr: Expr): readonly Expr[] {
  const found: Expr[] = [];
  const pending: Expr[] = [expr];
  while (pending.length > 0) {
    const next = pending.pop();
    if (next === undefined) break;
    found.push(next);
    pending.push(...children(next));
  }
  return found;
}

/** Lower-cased names of the columns that the expression reads. */
export function columnsOf(expr: Expr): ReadonlySet<string> {
  return new Set(nodesOf(expr).flatMap((node) => (node.kind === 'column' ? [node.name.toLowerCase()] : [])));
}
