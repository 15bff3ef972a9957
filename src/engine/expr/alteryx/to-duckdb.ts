/** Alteryx expressions as DuckDB SQL. */
import type { Expr } from '../ast.ts';
import { strength } from '../typed-sql.ts';
import type { Translation } from '../translation.ts';
import { translation } from '../translation-state.ts';
import { asCondition, asNumber, decided, nullOf, numberLiteral, textLiteral } from './coerce.ts';
import { Compiler } from './compiler.ts';
import { isConstantName, type AlteryxEnvironment } from './environment.ts';
import { functionNamed } from './functions/registry.ts';
import { binary, negation } from './operators.ts';
import { quoteLiteral } from '../../core/text.ts';
import { atom, within, type Value, type ValueKind } from './value.ts';

export interface TypedTranslation extends Translation {
  readonly kind: ValueKind;
  /** The value where the expression is a literal. */
  readonly literal: string | boolean | null | undefined;
}

function visit(compiler: Compiler, expr: Expr): Value {
  switch (expr.kind) {
    case 'text':
      return textLiteral(expr.value);
    case 'number':
      return numberLiteral(expr.text);
    case 'boolean':
      return atom(expr.value ? 'TRUE' : 'FALSE', 'boolean', { literal: expr.value, notNull: true, simple: true });
    case 'null':
      return nullOf('unknown');
    case 'column':
      return column(compiler, expr.name);
    case 'parameter':
      return constant(compiler, expr.name);
    case 'unary':
      return expr.operator === 'not' ? negation(compiler, expr.operand) : signed(compiler, expr.operator, expr.operand);
    case 'binary':
      return binary(compiler, expr);
    case 'call':
      return call(compiler, expr.name, expr.args);
    case 'object_call':
    case 'all_rows':
      throw new Error(`Alteryx has no ${expr.kind}`);
  }
}

function column(compiler: Compiler, name: string): Value {
  const field = compiler.env.field(name);
  if (field !== null) {
    compiler.reference(name);
    if (field.note !== undefined) compiler.assume(field.note, 0.7);
    return atom(field.sql, field.kind, { simple: true });
  }
  if (isConstantName(name)) return constant(compiler, name);
  compiler.warn(`There is no field ${name}`, 0.3);
  return nullOf('unknown');
}

function constant(compiler: Compiler, name: string): Value {
  compiler.parameter(name);
  const known = compiler.env.constant(name);
  if (known !== null) return atom(known.sql, known.kind, { simple: true });
  compiler.assume(`The constant ${name} is given to the run as text`, 0.9);
  return atom(`CAST(getvariable(${quoteLiteral(name)}) AS VARCHAR)`, 'string', { simple: true });
}

function signed(compiler: Compiler, operator: '-' | '+', operand: Expr): Value {
  const value = asNumber(compiler, compiler.value(operand));
  if (operator === '+') return value;
  const literal = typeof value.literal === 'string' ? { literal: `-${value.literal}`, notNull: true } : {};
  return { text: `-${within(value, strength.atom)}`, kind: value.kind, strength: strength.unary, ...literal };
}

function call(compiler: Compiler, name: string, args: readonly Expr[]): Value {
  const rule = functionNamed(name);
  if (rule === null) {
    const reason = /^ST_|^IsSpatialObj$/i.test(name)
      ? `${name} is a spatial function, which has no translation`
      : `${name} is not a function of Alteryx itself, so that its meaning is not known`;
    compiler.unsupported(name, reason);
    for (const arg of args) compiler.value(arg);
    return atom(`error(${quoteLiteral(`${name} is not translated`)})`, 'unknown');
  }
  const [fewest, most] = rule.arity;
  if (args.length < fewest || args.length > most) {
    compiler.warn(
      `${name} takes ${fewest === most ? fewest : `${fewest} to ${most}`} arguments, not ${args.length}`,
      0.2,
    );
    return atom(`error(${quoteLiteral(`${name} with ${args.length} arguments`)})`, 'unknown');
  }
  return rule.translate(compiler, args);
}

function translated(env: AlteryxEnvironment, work: (compiler: Compiler) => Value): TypedTranslation {
  const result = translation(() => new Compiler(env, visit), 'several formulas', work);
  return { ...result.translation, kind: result.value?.kind ?? 'unknown', literal: result.value?.literal };
}

/** An Alteryx expression as DuckDB SQL; a Boolean result is never NULL. Never throws on an odd tree. */
export function toDuckDb(ast: Expr, env: AlteryxEnvironment): TypedTranslation {
  return translated(env, (compiler) => {
    const value = compiler.value(ast);
    return value.kind === 'boolean' && ast.kind !== 'column' && value.literal !== null ? decided(value) : value;
  });
}

/** The same for a place that takes a condition: NULL counts as false there. */
export function conditionToDuckDb(ast: Expr, env: AlteryxEnvironment): TypedTranslation {
  return translated(env, (compiler) => asCondition(compiler, compiler.value(ast)));
}
