import { itemsOf, type PropertyItem } from '../properties.ts';
import { groupSql, orderSql, type SortKey } from '../convert/sort-key.ts';
import { item, NotConverted, pipelineColumn, select, seqColumn } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

/** One key of a stage, with its options. */
export function sortKey(key: PropertyItem): SortKey {
  const more = [...key.more];
  const nulls = more.find(([name]) => name.includes('null'))?.[1].toLowerCase();
  return {
    column: key.value,
    descending:
      more.some(([name, value]) => name.startsWith('asc') && value.toLowerCase() === 'desc') || key.more.has('desc'),
    insensitive: more.some(([name, value]) => name === 'ci\\cs' && value.toLowerCase() === 'ci'),
    nulls: nulls === 'first' || nulls === 'last' ? nulls : null,
  };
}

/** Sort: a stable order that later stages read from `__seq`; key change columns say where a group starts. */
export const sortRule: StageRule = {
  types: ['PxSort', 'CSortStage'],
  readsOrder: () => true,
  convert(draft) {
    const { input } = draft;
    const keys = itemsOf(draft.stage.properties, 'key').map((one) => {
      const key = sortKey(one);
      const sql = draft.find(key.column)?.sql;
      if (sql === undefined) throw new NotConverted(`The sort key ${key.column} is not in the input`);
      return { ...key, sql };
    });
    if (keys.length === 0) throw new NotConverted('The sort names no key');
    const order = [...keys.map((key) => orderSql(key.sql, key)), seqColumn].join(', ');
    const groups = keys.map((key) => groupSql(key.sql, key)).join(', ');
    const unique = (draft.property('unique') ?? '').trim() !== '';
    for (const link of draft.outputLinks) {
      const ports = new Map(draft.outputPorts(link).map((port) => [port.name, port]));
      const change = [...ports.values()].filter((port) =>
        /^\s*(?:Cluster)?KeyChange\s*\(\s*\)\s*$/i.test(port.expression ?? ''),
      );
      const changed = new Set(change.map((port) => port.name));
      const declared = draft.passedColumns(link);
      const plain = declared.filter((column) => !changed.has(column.name));
      const items: string[] = [];
      const columns = declared.map((column) => {
        if (changed.has(column.name)) {
          const sql = `CASE WHEN row_number() OVER (PARTITION BY ${groups} ORDER BY ${order}) = 1 THEN 1 ELSE 0 END`;
          items.push(item(sql, column.name));
          return pipelineColumn(column, { expression: sql });
        }
        const derivation = ports.get(column.name)?.expression ?? column.name;
        const source = draft.find(derivation) ?? draft.find(column.name);
        items.push(item(source?.sql ?? `CAST(NULL AS ${column.sqlType})`, column.name));
        if (source === null) draft.doubt(`The column ${column.name} is not in the input; it is empty here`, 0.7);
        return pipelineColumn(column, source === null ? {} : { from: [source.from] });
      });
      const qualify = unique ? `QUALIFY row_number() OVER (PARTITION BY ${groups} ORDER BY ${order}) = 1` : '';
      draft.output(
        link,
        columns,
        select(
          draft.withOrder(items, `row_number() OVER (ORDER BY ${order})`),
          draft.relation(input),
          qualify,
          `ORDER BY ${order}`,
        ),
      );
      if (plain.length === 0) draft.doubt(`${link} has no column of the input`, 0.7);
    }
    return draft.node('sql_order_by', {
      config: {
        keys: keys.map((key) => `${key.column}${key.descending ? ' DESC' : ''}`),
        ...(unique ? { distinct: true } : {}),
      },
    });
  },
};
