/** Short forms for functions whose SQL is a template over arguments of fixed types. */
import type { Expr } from '../../ast.ts';
import type { ScalarType } from '../../environment.ts';
import type { Compiler, FunctionRule } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';
import { atom, type TypedSql } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';

type Kind = keyof typeof coerce;

const kinds: Readonly<Record<string, Kind>> = { t: 'text', n: 'number', w: 'whole', d: 'date', a: 'any' };

/** A function over arguments of the kinds `t`ext, `n`umber, `w`hole, `d`ate or `a`ny; those after `?` may be absent. */
export function template(
  signature: string,
  type: ScalarType,
  write: (...args: readonly string[]) => string,
  assumption?: string,
): FunctionRule {
  const [needed = '', optional = ''] = signature.split('?');
  const letters = needed + optional;
  return {
    arity: [needed.length, letters.length],
    translate: (compiler, args) => {
      if (assumption !== undefined) compiler.assume(assumption);
      return atom(
        write(...args.map((arg, index) => coerce[kinds[letters[index] ?? 'a'] ?? 'any'](compiler, arg).text)),
        type,
      );
    },
  };
}

export function custom(arity: readonly [number, number], translate: FunctionRule['translate']): FunctionRule {
  return { arity, translate };
}

/** The text of an argument that has to be known when translating; null, and noted as unsupported, where it is not. */
export function constant(compiler: Compiler, name: string, expr: Expr | undefined): string | null {
  if (expr?.kind === 'text') return expr.value;
  compiler.unsupported(name, `${name} with a format or option that is not a constant has no translation`);
  return null;
}

/** A call that fails when it is run, for what could not be translated. */
export function failing(name: string): TypedSql {
  return atom(`error('${name.replaceAll("'", "''")} was not converted')`, 'unknown');
}

export { argument };
