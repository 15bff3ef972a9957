import type { Expr } from '../../ast.ts';
import type { Compiler } from '../../compiler.ts';

/** The text of an argument that must be known when translating; otherwise null, and the function is noted as unsupported. */
export function constantText(compiler: Compiler, name: string, expr: Expr): string | null {
  if (expr.kind === 'text') return expr.value;
  compiler.unsupported(
    name,
    `${name} with a format or pattern that is not a constant has no translation; it is passed through as it is`,
  );
  return null;
}

/** The whole number that an argument is written as; null where it is anything else. */
export function constantInteger(expr: Expr | undefined): number | null {
  if (expr?.kind === 'unary' && expr.operator === '-' && expr.operand.kind === 'number')
    return integerOf(`-${expr.operand.text}`);
  return expr?.kind === 'number' ? integerOf(expr.text) : null;
}

function integerOf(text: string): number | null {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
