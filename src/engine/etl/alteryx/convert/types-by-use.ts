/** Types of fields that the file does not list, by their use: the source tool compares only values of one kind. */
import type { Expr } from '../../../expr/ast.ts';
import { double, fieldType, guessedType, type FieldType } from '../field-type.ts';
import { fieldOf, type Stream } from './stream.ts';

const maximumNodes = 5_000;
const bool = fieldType('Bool', null);
const comparable = /^(?:=|<>|<|<=|>|>=|-|\*|\/)$/;

const isNumeric = ({ kind }: FieldType): boolean => kind === 'integer' || kind === 'decimal' || kind === 'double';

/** The type of a number or of a field whose type is known to be one; null for anything else. */
function numberType(expr: Expr, stream: Stream): FieldType | null {
  if (expr.kind === 'number') return double;
  if (expr.kind === 'unary' && expr.operator !== 'not') return numberType(expr.operand, stream);
  const field = expr.kind === 'column' ? stream.fields.find((one) => one.name === expr.name) : undefined;
  return field !== undefined && isNumeric(field.type) ? field.type : null;
}

/** Says of a field whose type is a guess that it is of `type`. */
export function learnType(stream: Stream, name: string, type: FieldType): void {
  const field = fieldOf(stream, name);
  if (field?.type === guessedType && type !== guessedType) stream.ask?.(field.name, type);
}

function learn(expr: Expr, type: FieldType | null, stream: Stream): void {
  if (expr.kind === 'column' && type !== null) learnType(stream, expr.name, type);
}

/** The parts of a condition that are conditions themselves. */
function conditions(expr: Expr): readonly Expr[] {
  const found: Expr[] = [];
  const pending = [expr];
  for (const next of pending) {
    if (pending.length > maximumNodes) break;
    if (next.kind === 'unary' && next.operator === 'not') pending.push(next.operand);
    else if (next.kind === 'binary' && (next.operator === 'and' || next.operator === 'or'))
      pending.push(next.left, next.right);
    else found.push(next);
  }
  return found;
}

/** Tells the stream what the expression says about the types of its fields. */
export function learnTypes(expr: Expr, stream: Stream, condition: boolean): void {
  if (stream.ask === null) return;
  if (condition) for (const one of conditions(expr)) learn(one, bool, stream);
  const pending = [expr];
  for (const next of pending) {
    if (pending.length > maximumNodes) return;
    if (next.kind === 'unary') pending.push(next.operand);
    if (next.kind === 'call') pending.push(...next.args);
    if (next.kind !== 'binary') continue;
    pending.push(next.left, next.right);
    if (!comparable.test(next.operator)) continue;
    learn(next.left, numberType(next.right, stream), stream);
    learn(next.right, numberType(next.left, stream), stream);
  }
}
