import { sqlName } from '../../../dataflow/sql-name.ts';
import { itemsOf } from '../properties.ts';
import { NotConverted, select, seqColumn, type InputLink } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

const kinds: ReadonlyMap<string, string> = new Map([
  ['innerjoin', 'JOIN'],
  ['leftouterjoin', 'LEFT JOIN'],
  ['rightouterjoin', 'RIGHT JOIN'],
  ['fullouterjoin', 'FULL JOIN'],
]);

/** Join: rows of the inputs with equal keys. The order of the input links says which is left. */
export const joinRule: StageRule = {
  types: ['PxJoin'],
  readsOrder: () => false,
  convert(draft) {
    const operator = (draft.property('operator') ?? 'innerjoin').trim().toLowerCase();
    const kind = kinds.get(operator);
    const keys = itemsOf(draft.stage.properties, 'key').map((one) => one.value);
    const [left, ...others] = draft.inputs;
    if (kind === undefined) throw new NotConverted(`The join type ${operator} is not known`);
    if (left === undefined || others.length === 0) throw new NotConverted('A link of the join has no rows');
    if (keys.length === 0) throw new NotConverted('The join names no key');
    const names = new Map(draft.inputs.map((input, index) => [input.name, `j${index + 1}`]));
    const alias = (link: InputLink): string => names.get(link.name) ?? 'j1';
    const keyOf = (link: InputLink, key: string): string => {
      const column = link.stream.columns.find((one) => one.name.toLowerCase() === key.toLowerCase());
      if (column === undefined) throw new NotConverted(`${link.name} has no key column ${key}`);
      return `${alias(link)}.${sqlName(column.name)}`;
    };
    const joins = others.map(
      (link) =>
        `${kind} ${draft.relation(link)} AS ${alias(link)} ON ${keys.map((key) => `${keyOf(left, key)} = ${keyOf(link, key)}`).join(' AND ')}`,
    );
    const order = `row_number() OVER (ORDER BY ${draft.inputs.map((link) => `${alias(link)}.${seqColumn}`).join(', ')})`;
    for (const link of draft.outputLinks) {
      const outer = operator === 'rightouterjoin' && others[0] !== undefined ? others[0] : null;
      const passed = draft.passOn(link, alias);
      const items = passed.items.map((one, index) => {
        const name = passed.columns[index]?.name ?? '';
        const key = keys.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
        // The key of an outer join comes from the side that has all rows.
        return outer === null || key === undefined ? one : `${keyOf(outer, key)} AS ${sqlName(name)}`;
      });
      draft.output(
        link,
        passed.columns,
        select(draft.withOrder(items, order), `${draft.relation(left)} AS ${alias(left)}`, ...joins),
      );
    }
    draft.note(
      'Rows with a NULL key match nothing; partitions that are not aligned in the source job give other results there',
    );
    return draft.node('sql_join', { config: { join: operator, keys: [...keys] } });
  },
};
