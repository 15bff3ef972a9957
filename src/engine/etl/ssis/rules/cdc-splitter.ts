import { sqlName } from '../../../dataflow/sql-name.ts';
import { printSelect } from '../../powercenter/convert/select.ts';
import { dispositionOf, NodeDraft, withOutlets, type Outlet } from '../flow/node-draft.ts';
import { layoutOf } from '../flow/pass-through.ts';
import type { Rule } from '../flow/rule.ts';
import { unsupportedResult } from './unsupported.ts';

const operationColumn = '__$operation';

/** Values of the operation by the word in the name of the output that gets them. */
const operations: readonly (readonly [RegExp, string])[] = [
  [/insert/i, '2'],
  [/update/i, '3, 4, 5'],
  [/delete/i, '1'],
];

/** CDC Splitter: changes by what they are, after the column that says so; any other value is an error of the row. */
export const cdcSplitterRule: Rule = {
  types: ['CDCSplitter'],
  convert(component, context) {
    const stream = context.input(component);
    const column = stream?.columns.find((one) => one.label === operationColumn || one.name === operationColumn);
    const known = component.outputs
      .filter((output) => !output.isError)
      .map((output) => ({ output, values: operations.find(([word]) => word.test(output.name))?.[1] }));
    const strange = known.find((one) => one.values === undefined);
    if (strange !== undefined)
      return unsupportedResult(
        component,
        context,
        `Which changes leave by the output ${strange.output.name} is not known`,
      );
    if (column === undefined)
      return unsupportedResult(
        component,
        context,
        `The column ${operationColumn}, by which it splits, is not in the input`,
      );
    const draft = new NodeDraft(component, context, 0.96);
    const from = draft.read(stream);
    const { items, columns, buffer } = layoutOf(stream, { added: [], replaced: new Map() });
    const value = sqlName(column.name);
    const invalid = `(${value} IS NULL OR ${value} NOT BETWEEN 1 AND 5)`;
    const disposition = dispositionOf(component.inputs[0]?.property('errorRowDisposition') ?? null);
    if (disposition === 'FailComponent') draft.failWhere(invalid);
    if (disposition === 'RedirectRow') draft.redirected.add(invalid);
    const guard = draft.guards().join(' AND ') || 'FALSE';
    const select = (where: readonly string[]): string => printSelect({ items, from, where });
    const outlets: readonly Outlet[] = [
      ...known.map(({ output, values }) => ({
        output: output.name,
        columns,
        condition: `${operationColumn} in ${values ?? ''}`,
        // A row with an invalid operation leaves by no output, so that it is looked at before the others.
        sql: select([`CASE WHEN ${invalid} THEN ${guard} ELSE ${value} IN (${values ?? ''}) END`]),
      })),
      ...component.outputs
        .filter((output) => output.isError && context.isConnected(component, output))
        .map((output) => ({ output: output.name, columns, sql: select([draft.redirectedClause()]) })),
    ];
    const { node, input } = withOutlets(draft, outlets, { operator: 'conditional_branch' });
    const ordered = stream?.ordered === true;
    return draft.result(
      [node],
      outlets.map(({ output }) => ({ output, stream: { input: input(output), columns: buffer, ordered } })),
    );
  },
};
