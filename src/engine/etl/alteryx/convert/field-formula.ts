/** Formulas over what is known of a field, its name and type, which tools with changing fields are set up with. */
import { evaluate } from '../../../expr/alteryx/interpreter/evaluate.ts';
import type { Value } from '../../../expr/interpreter.ts';
import { parseAlteryx } from '../../../expr/alteryx/parse.ts';
import type { Field } from './stream.ts';

/** The formula as a function of the field; undefined where what it reads is known only when it runs. */
export function fieldFormula(text: string): (field: Field) => Value | undefined {
  const parsed = parseAlteryx(text);
  if (!parsed.ok) return () => undefined;
  return ({ name, type }) => {
    const size = type.size === null ? [] : [['size', BigInt(type.size)] as const];
    const known = new Map<string, Value>([
      ['_currentfield_', name],
      ['_currentfieldname_', name],
      ['_currentfieldtype_', type.name],
      ['name', name],
      ['type', type.name],
      ...size,
    ]);
    const result = evaluate(parsed.ast, known);
    return result.outcome === 'value' ? result.value : undefined;
  };
}
