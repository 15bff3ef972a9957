import { all, at, attribute } from '../config.ts';
import { printSelect } from '../convert/sql.ts';
import { fieldOf, fieldSql, passed, relationOf } from '../convert/stream.ts';
import { single, type Rule } from '../convert/rule.ts';

/** Sort: the order of records, NULL first when ascending. */
export const sortRule: Rule = {
  types: ['Sort'],
  convert({ config, draft }) {
    const input = draft.input();
    const dictionary = !/^0?$/.test(attribute(at(config, 'SortInfo'), 'locale'));
    const keys = all(at(config, 'SortInfo'), 'Field').flatMap((entry) => {
      const field = fieldOf(input, attribute(entry, 'field'));
      if (field === null) draft.doubt(`The field ${attribute(entry, 'field')} to sort by is not there`, 0.5, 'error');
      const down = /^desc/i.test(attribute(entry, 'order'));
      if (field === null) return [];
      const sql = fieldSql(field);
      const way = down ? 'DESC NULLS LAST' : 'ASC NULLS FIRST';
      return dictionary && field.type.kind === 'string'
        ? [`lower(strip_accents(${sql})) ${way}`, `lower(${sql}) ${way}`, `${sql} ${down ? 'ASC' : 'DESC'}`]
        : [`${sql} ${way}`];
    });
    draft.note(
      dictionary
        ? 'Text is sorted as in a dictionary: letters without regard to case and accents, small ones before capitals'
        : 'Text is sorted by code points, NULL before every value',
    );
    const order = [...keys, ...(draft.ordered ? ['__seq'] : [])];
    const sql = printSelect({
      items: [...draft.items(input), ...draft.seq(`row_number() OVER (ORDER BY ${order.join(', ')})`)],
      from: relationOf(input),
    });
    const node = draft.node({
      operator: 'sql_order_by',
      config: { order_by: keys },
      columns: input.fields.map((field) => passed(input, field)),
      sql: draft.ordered || keys.length === 0 ? sql : `${sql}ORDER BY ${keys.join(', ')}\n`,
    });
    return single(node, { fields: input.fields, ask: input.ask });
  },
};
