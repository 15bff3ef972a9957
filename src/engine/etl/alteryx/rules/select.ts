import { isOn } from '../config.ts';
import { candidatesOf, selectFields } from '../convert/select-fields.ts';
import { printSelect } from '../convert/sql.ts';
import { relationOf } from '../convert/stream.ts';
import { single, type Rule } from '../convert/rule.ts';

/** Select: fields renamed, retyped, reordered or left out. */
export const selectRule: Rule = {
  types: ['AlteryxSelect', 'LockInSelect'],
  convert({ config, draft }) {
    const input = draft.input();
    const selected = selectFields(config, candidatesOf(input), draft, input.ask);
    if (isOn(config, 'CommaDecimal')) draft.doubt('Numbers in text have a decimal comma', 0.7);
    const node = draft.node({
      operator: 'sql_expression',
      columns: selected.columns,
      sql: printSelect({ items: [...selected.items, ...draft.seq()], from: relationOf(input) }),
    });
    return single(node, { fields: selected.fields, ask: selected.unknown ? input.ask : null });
  },
};
