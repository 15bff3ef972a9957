import { printSelect } from '../../powercenter/convert/select.ts';
import { dispositionOf, NodeDraft, withOutlets, type Disposition, type Outlet } from '../flow/node-draft.ts';
import type { Output } from '../flow/component.ts';
import { layoutOf } from '../flow/pass-through.ts';
import { environmentOf, type Rule } from '../flow/rule.ts';
import { portsOf, type Stream } from '../flow/stream.ts';
import { within, strength } from '../../../expr/typed-sql.ts';

interface Branch {
  readonly output: Output;
  readonly text: string;
  readonly disposition: Disposition;
  readonly sql: string;
  readonly nullable: boolean;
}

/** The outputs with a condition, in the order in which they are tested. */
function branchesOf(draft: NodeDraft, stream: Stream | null): readonly Branch[] {
  const env = environmentOf(draft.context, stream === null ? new Map() : portsOf(stream));
  const cases = draft.component.outputs.filter((output) => !output.isError && !output.isDefault);
  return [...cases]
    .sort((a, b) => a.order - b.order)
    .map((output) => {
      const disposition = dispositionOf(output.property('errorRowDisposition'));
      const text = output.property('Expression') ?? output.property('FriendlyExpression') ?? '';
      const condition = draft.translate(text, env, { where: output.name, disposition, condition: true });
      return {
        output,
        text: output.property('FriendlyExpression') ?? text,
        disposition,
        sql: condition === null ? 'FALSE' : within(condition.value, strength.and),
        nullable: condition?.value.notNull !== true,
      };
    });
}

/** A condition that is NULL where no earlier one is true: an error of the row. */
function reportNulls(draft: NodeDraft, branches: readonly Branch[]): void {
  const earlier: string[] = [];
  for (const branch of branches) {
    const before = earlier.map((one) => `NOT coalesce(${one}, FALSE) AND `).join('');
    const isNull = `${before}(${branch.sql}) IS NULL`;
    if (branch.nullable && branch.disposition === 'FailComponent') draft.failWhere(isNull);
    if (branch.nullable && branch.disposition === 'RedirectRow') draft.redirected.add(isNull);
    earlier.push(branch.sql);
  }
}

/**
 * Conditional Split: a row leaves by the first output whose condition is true, by the default output where none is. A
 * condition that is NULL is an error of the row, which the disposition of the output decides about.
 */
export const conditionalSplitRule: Rule = {
  types: ['ConditionalSplit'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.96);
    const stream = context.input(component);
    const from = draft.read(stream);
    const { items, columns, buffer } = layoutOf(stream, { added: [], replaced: new Map() });
    const branches = branchesOf(draft, stream);
    reportNulls(draft, branches);
    const cases = branches.map((branch, index) => `WHEN ${branch.sql} THEN ${index + 1}`).join(' ');
    const number = branches.length === 0 ? '0' : `CASE ${cases} ELSE 0 END`;
    const select = (where: readonly string[]): string =>
      printSelect({ items: items.length === 0 ? [{ sql: '*', name: '' }] : items, from, where });
    const outletOf = (output: Output, place: number): Outlet => ({
      output: output.name,
      columns,
      sql: select([`${number} = ${place}`, ...draft.guards()]),
    });
    const outlets: Outlet[] = [
      ...branches.map((branch, index) => ({ ...outletOf(branch.output, index + 1), condition: branch.text })),
      ...component.outputs.filter((output) => output.isDefault).map((output) => outletOf(output, 0)),
      ...component.outputs
        .filter((output) => output.isError && context.isConnected(component, output))
        .map((output) => ({ output: output.name, columns, sql: select([draft.redirectedClause()]) })),
    ];
    const { node, input } = withOutlets(draft, outlets, { operator: 'conditional_branch' });
    const ordered = stream?.ordered === true;
    const streams = outlets.map(({ output }) => ({
      output,
      stream: { input: input(output), columns: buffer, ordered },
    }));
    return draft.result([node], streams);
  },
};
