import { itemsOf, type PropertyItem } from '../properties.ts';
import { item, NotConverted, pipelineColumn, select, seqColumn, type StageDraft } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

function descending(key: PropertyItem): boolean {
  return (
    [...key.more].some(([name, value]) => name.startsWith('asc') && value.toLowerCase() === 'desc') ||
    key.more.has('desc')
  );
}

/** One key as ORDER BY has it: NULL is the smallest value unless the key says otherwise. */
function orderKey(draft: StageDraft, key: PropertyItem): string {
  const source = draft.find(key.value);
  if (source === null) throw new NotConverted(`The sort key ${key.value} is not in the input`);
  const down = descending(key);
  const nulls = [...key.more].find(([name]) => name.includes('null'))?.[1].toLowerCase();
  const insensitive = [...key.more].some(([name, value]) => name === 'ci\\cs' && value.toLowerCase() === 'ci');
  const first = nulls === 'first' || (nulls !== 'last' && !down);
  return `${insensitive ? `lower(${source.sql})` : source.sql}${down ? ' DESC' : ''} NULLS ${first ? 'FIRST' : 'LAST'}`;
}

/** Sort: a stable order that later stages read from `__seq`; key change columns say where a group starts. */
export const sortRule: StageRule = {
  types: ['PxSort', 'CSortStage'],
  readsOrder: () => true,
  convert(draft) {
    const { input } = draft;
    const keys = itemsOf(draft.stage.properties, 'key');
    if (keys.length === 0) throw new NotConverted('The sort names no key');
    const order = [...keys.map((key) => orderKey(draft, key)), seqColumn].join(', ');
    const groups = keys.map((key) => draft.find(key.value)?.sql ?? 'NULL').join(', ');
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
        keys: keys.map((key) => `${key.value}${descending(key) ? ' DESC' : ''}`),
        ...(unique ? { distinct: true } : {}),
      },
    });
  },
};
