import { quoteLiteral } from '../../../core/text.ts';
import { toSqlType } from '../../../expr/ssis/data-types.ts';
import { propertyOf } from '../dts-elements.ts';
import { typeOf } from '../flow/component.ts';
import { NodeDraft } from '../flow/node-draft.ts';
import { passThrough, type Computed } from '../flow/pass-through.ts';
import type { FlowContext, Rule } from '../flow/rule.ts';

/** The values that an Audit adds, by the number of their kind; others are facts of the machine, given as parameters. */
function valueOf(
  kind: string,
  context: FlowContext,
  id: string,
): { readonly sql: string; readonly macro?: string } | null {
  if (kind === '2') return { sql: quoteLiteral(context.mapping.folder ?? '') };
  if (kind === '4') return { sql: 'pc_run_ts()', macro: 'pc_run_ts' };
  if (kind === '7') return { sql: quoteLiteral(context.mapping.name) };
  return id === '' ? null : { sql: `getvariable(${quoteLiteral(`System::${id}`)})` };
}

const parameters: ReadonlyMap<string, string> = new Map([
  ['0', 'ExecutionInstanceGUID'],
  ['1', 'PackageID'],
  ['3', 'VersionGUID'],
  ['5', 'MachineName'],
  ['6', 'UserName'],
  ['8', 'TaskID'],
]);

/** Audit: facts of the run as columns. */
export const auditRule: Rule = {
  types: ['Audit'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.9);
    const macros: string[] = [];
    const added = component.outputs
      .filter((output) => !output.isError)
      .flatMap((output) => output.ports)
      .map((port): Computed => {
        const kind = propertyOf(port.properties, 'LineageItemSelected') ?? '';
        const id = parameters.get(kind) ?? '';
        const value = valueOf(kind, context, id);
        if (value?.macro !== undefined) macros.push(value.macro);
        if (value === null) draft.doubt(`${port.name}: the fact ${kind} of the run is not known`, 0.5, 'error');
        if (id !== '') draft.note(`${port.name} is the parameter System::${id} of the run`);
        return { port, sql: `CAST(${value?.sql ?? 'NULL'} AS ${toSqlType(typeOf(port))})`, original: kind };
      });
    const result = passThrough(
      draft,
      context.input(component),
      { added, replaced: new Map() },
      { operator: 'sql_expression' },
    );
    return { ...result, macros: [...result.macros, ...macros] };
  },
};
