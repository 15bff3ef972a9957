import { NodeDraft } from '../flow/node-draft.ts';
import type { Rule } from '../flow/rule.ts';
import { layoutOf, passThrough } from '../flow/pass-through.ts';
import { printSelect } from '../../powercenter/convert/select.ts';

/** Multicast: every output has all rows. One relation serves all of them. */
export const multicastRule: Rule = {
  types: ['Multicast', 'BalancedDataDistributor'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.98);
    const stream = context.input(component);
    if (component.source.type === 'BalancedDataDistributor') {
      draft.doubt(
        'The distributor splits rows over its outputs by load; here all rows leave by the first output',
        0.75,
      );
      return passThrough(draft, stream, { added: [], replaced: new Map() }, { operator: 'conditional_branch' });
    }
    const from = draft.read(stream);
    const layout = layoutOf(stream, { added: [], replaced: new Map() });
    const node = draft.node({
      operator: 'conditional_branch',
      config: { outputs: component.outputs.map((output) => output.name) },
      columns: layout.columns,
      sql: printSelect({ items: layout.items.length === 0 ? [{ sql: '*', name: '' }] : layout.items, from }),
    });
    return draft.result(
      [node],
      component.outputs.map((output) => ({
        output: output.name,
        stream: { input: { node: draft.id }, columns: layout.buffer, ordered: stream?.ordered === true },
      })),
    );
  },
};
