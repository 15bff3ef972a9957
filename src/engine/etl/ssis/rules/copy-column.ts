import { sqlName } from '../../../dataflow/sql-name.ts';
import { propertyOf } from '../dts-elements.ts';
import { lineageReference } from '../flow/lineage-reference.ts';
import { NodeDraft } from '../flow/node-draft.ts';
import { passThrough, type Computed } from '../flow/pass-through.ts';
import { lineageOf, type Component } from '../flow/component.ts';
import type { Rule } from '../flow/rule.ts';
import { columnOf, type Stream } from '../flow/stream.ts';

/** What a Character Map does to a text, by the bits of its flags; other bits are scripts of East Asia. */
function mapped(draft: NodeDraft, sql: string, flags: number, where: string): string {
  if ((flags & ~3) !== 0) draft.doubt(`${where}: the mapping ${flags} is more than a change of case`, 0.4, 'error');
  if ((flags & 1) === 1) return `lower(${sql})`;
  return (flags & 2) === 2 ? `upper(${sql})` : sql;
}

function changes(
  draft: NodeDraft,
  component: Component,
  stream: Stream | null,
): { readonly added: readonly Computed[]; readonly replaced: ReadonlyMap<string, Omit<Computed, 'port'>> } {
  const replaced = new Map<string, Omit<Computed, 'port'>>();
  for (const port of component.inputs.flatMap((input) => input.ports)) {
    const flags = propertyOf(port.properties, 'MapFlags');
    const column = stream === null ? null : columnOf(stream, lineageOf(port));
    if (flags !== null && column !== null)
      replaced.set(column.lineage, { sql: mapped(draft, sqlName(column.name), Number(flags), port.name) });
  }
  const added = component.outputs
    .filter((output) => !output.isError)
    .flatMap((output) => output.ports)
    .map((port): Computed => {
      const id = lineageReference(
        propertyOf(port.properties, 'CopyColumnId') ??
          propertyOf(port.properties, 'InputColumnLineageId') ??
          propertyOf(port.properties, 'InputColumnLineageID'),
      );
      const column = stream === null || id === null ? null : columnOf(stream, id);
      if (column === null) draft.doubt(`The column that ${port.name} comes from is not in the input`, 0.3, 'error');
      const flags = Number(propertyOf(port.properties, 'MapFlags') ?? 0);
      return {
        port,
        sql: column === null ? 'NULL' : mapped(draft, sqlName(column.name), flags, port.name),
        ...(column === null ? {} : { original: column.label }),
      };
    });
  return { added, replaced };
}

/** Copy Column and Character Map: columns once more, as they are or in another case. */
export const copyColumnRule: Rule = {
  types: ['CopyColumn', 'CharacterMap'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.96);
    const stream = context.input(component);
    return passThrough(draft, stream, changes(draft, component, stream), { operator: 'sql_expression' });
  },
};
