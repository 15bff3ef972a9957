import { itemsOf } from '../properties.ts';
import { item, NotConverted, pipelineColumn, select, seqColumn, type InputLink } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

/** Merge of a master with one set of updates: columns of both beside each other; updates without a master are rejected. */
export const mergeRule: StageRule = {
  types: ['PxMerge'],
  readsOrder: () => false,
  convert(draft) {
    const [master, update, ...more] = draft.inputs;
    const keys = itemsOf(draft.stage.properties, 'key').map((one) => one.value);
    if (master === undefined || update === undefined) throw new NotConverted('A link of the merge has no rows');
    if (more.length > 0)
      throw new NotConverted(
        'A Merge stage of several update links uses each of their rows once, in the order of the master',
      );
    if (keys.length === 0) throw new NotConverted('The merge names no key');
    const alias = (link: InputLink): string => (link === master ? 'm' : 'u');
    const side = (link: InputLink, key: string): string => {
      const found = draft.find(`${link.name}.${key}`, alias);
      if (found === null) throw new NotConverted(`${link.name} has no key column ${key}`);
      return found.sql;
    };
    const on = keys.map((key) => `${side(master, key)} = ${side(update, key)}`).join(' AND ');
    const drops = draft.property('dropBadMasters') !== null;
    draft.doubt(
      `The first link is taken as the master; its rows without an update are ${drops ? 'dropped' : 'kept'}, and each key is there once in each link`,
      0.8,
    );
    const { results, rejects } = draft.resultsAndRejects;
    const [merged] = results;
    if (merged !== undefined) {
      const { items, columns } = draft.passOn(merged, alias);
      const kind = drops ? 'JOIN' : 'LEFT JOIN';
      const from = `${draft.relation(master)} AS m`;
      const joined = `${kind} ${draft.relation(update)} AS u ON ${on}`;
      draft.output(merged, columns, select(draft.withOrder(items, `m.${seqColumn}`), from, joined));
    }
    for (const link of rejects) {
      const cells = draft
        .outputColumns(link)
        .map((column) => ({ column, source: draft.find(`${update.name}.${column.name}`, alias) }));
      draft.output(
        link,
        cells.map(({ column, source }) => pipelineColumn(column, source === null ? {} : { from: [source.from] })),
        select(
          draft.withOrder(
            cells.map(({ column, source }) => item(source?.sql ?? `CAST(NULL AS ${column.sqlType})`, column.name)),
            `u.${seqColumn}`,
          ),
          `${draft.relation(update)} AS u`,
          `WHERE NOT EXISTS (SELECT 1 FROM ${draft.relation(master)} AS m WHERE ${on})`,
        ),
      );
    }
    return draft.node('sql_join', { config: { join: 'merge', keys: [...keys] } });
  },
};
