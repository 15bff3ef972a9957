import { castToDuckDb } from '../../../expr/ssis/to-duckdb.ts';
import { boundedLength, toSqlType } from '../../../expr/ssis/data-types.ts';
import { strength } from '../../../expr/typed-sql.ts';
import type { EtlPort } from '../../../../shared/model/etl.ts';
import type { ExpressionEnv } from '../../../expr/environment.ts';
import { propertyOf } from '../dts-elements.ts';
import { lineageOf, typeOf } from '../flow/component.ts';
import { dispositionOf, NodeDraft } from '../flow/node-draft.ts';
import { passThrough, type Computed } from '../flow/pass-through.ts';
import { environmentOf, type Rule } from '../flow/rule.ts';
import { columnOf, portsOf } from '../flow/stream.ts';

/** The expression with lineage ids where it is there, which tells equal names apart; the readable one otherwise. */
export function expressionText(port: EtlPort): string | null {
  return propertyOf(port.properties, 'Expression') ?? port.expression;
}

/** The value of a column's expression at the column's own type. */
function valueOf(draft: NodeDraft, port: EtlPort, env: ExpressionEnv): Omit<Computed, 'port'> | null {
  const text = expressionText(port);
  if (text === null) return null;
  const type = typeOf(port);
  const disposition = dispositionOf(propertyOf(port.properties, 'errorRowDisposition'));
  const value = draft.translate(text, env, { where: port.name, disposition });
  const original = port.expression ?? text;
  if (value === null) return { sql: `CAST(NULL AS ${toSqlType(type)})`, original };
  const length = boundedLength(type);
  const fits =
    value.value.type === 'string' &&
    (length === null ||
      (typeof value.value.literal === 'string' && value.value.literal.length <= length) ||
      propertyOf(port.properties, 'truncationRowDisposition') !== 'IgnoreFailure');
  if (
    fits ||
    value.value.native === type.name ||
    (value.value.type === 'boolean' && type.name === 'bool') ||
    (value.value.type === 'double' && type.name === 'r8')
  )
    return { sql: value.sql, original };
  const cast = draft.take(
    castToDuckDb(
      {
        ...value.value,
        text: value.sql,
        strength: value.value.strength === strength.atom ? strength.atom : strength.or,
      },
      type,
      env,
    ),
    port.name,
    disposition,
  );
  return { sql: cast.sql, original };
}

/** Derived Column: every expression sees the row as it comes in, never another column of the same component. */
export const derivedColumnRule: Rule = {
  types: ['DerivedColumn'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.97);
    const stream = context.input(component);
    const env = environmentOf(context, stream === null ? new Map() : portsOf(stream));
    const replaced = new Map<string, Omit<Computed, 'port'>>();
    for (const port of component.inputs.flatMap((input) => input.ports)) {
      const before = stream === null ? null : columnOf(stream, lineageOf(port));
      const value = valueOf(
        draft,
        before === null
          ? port
          : {
              ...port,
              dataType: before.type.name,
              precision: before.type.length ?? before.type.precision,
              scale: before.type.scale,
            },
        env,
      );
      if (value !== null) replaced.set(lineageOf(port), value);
    }
    const added = component.outputs
      .filter((output) => !output.isError)
      .flatMap((output) => output.ports)
      .map((port): Computed => {
        const value = valueOf(draft, port, env);
        if (value === null) draft.doubt(`${port.name} has no expression`, 0.6);
        return { port, ...(value ?? { sql: `CAST(NULL AS ${toSqlType(typeOf(port))})` }) };
      });
    return passThrough(draft, stream, { added, replaced }, { operator: 'sql_expression' });
  },
};
