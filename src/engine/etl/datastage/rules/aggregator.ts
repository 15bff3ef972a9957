import { sqlName } from '../../../dataflow/sql-name.ts';
import { itemsOf } from '../properties.ts';
import { assigned } from '../convert/columns.ts';
import type { ScalarType } from '../../../expr/environment.ts';
import { scalarType } from '../data-types.ts';
import {
  item,
  NotConverted,
  pipelineColumn,
  select,
  seqColumn,
  type Source,
  type StageDraft,
} from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

/** Statistics that are fractions whatever their column is. */
const fractions = /^(?:mean|average|css|uss|var|variance|std|ste|cv)$/;
/** Statistics that leave the type of their column, or count. */
const anyType = /^(?:max|min|first|last|miss|count|nonmiss)/;

const statistics: ReadonlyMap<string, (column: string) => string> = new Map([
  ['sum', (c: string): string => `sum(${c})`],
  ['mean', (c: string): string => `avg(${c})`],
  ['average', (c: string): string => `avg(${c})`],
  ['max', (c: string): string => `max(${c})`],
  ['min', (c: string): string => `min(${c})`],
  ['range', (c: string): string => `max(${c}) - min(${c})`],
  ['miss', (c: string): string => `count(*) - count(${c})`],
  ['missing', (c: string): string => `count(*) - count(${c})`],
  ['missingcount', (c: string): string => `count(*) - count(${c})`],
  ['count', (c: string): string => `count(${c})`],
  ['nonmissing', (c: string): string => `count(${c})`],
  ['nonmissingcount', (c: string): string => `count(${c})`],
  ['uss', (c: string): string => `sum(${c} * ${c})`],
  ['css', (c: string): string => `var_pop(${c}) * count(${c})`],
  ['var', (c: string): string => `var_samp(${c})`],
  ['variance', (c: string): string => `var_samp(${c})`],
  ['std', (c: string): string => `stddev_samp(${c})`],
  ['ste', (c: string): string => `stddev_samp(${c}) / sqrt(count(${c}))`],
  ['cv', (c: string): string => `100 * stddev_samp(${c}) / avg(${c})`],
  ['first', (c: string): string => `first(${c} ORDER BY ${seqColumn})`],
  ['last', (c: string): string => `last(${c} ORDER BY ${seqColumn})`],
]);

interface Statistic {
  readonly sql: string;
  readonly type: ScalarType;
}

const rows: Statistic = { sql: 'count(*)', type: 'bigint' };

/** A statistic of a column; text counts as numbers where it is calculated with. */
function statisticOf(name: string, source: Source | null): Statistic | null {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  const write = statistics.get(plain);
  if (write === undefined || source === null) return null;
  const scalar = scalarType(source.column.sqlType);
  const calculates = !anyType.test(plain) && scalar === 'string';
  return {
    sql: write(calculates ? `TRY_CAST(${source.sql} AS DOUBLE)` : source.sql),
    type: fractions.test(plain) || calculates ? 'double' : /^(?:miss|count|nonmiss)/.test(plain) ? 'bigint' : scalar,
  };
}

/** Statistics by the lower-cased name of the output column. */
function results(draft: StageDraft): ReadonlyMap<string, Statistic> {
  const found = new Map<string, Statistic>();
  const { properties } = draft.stage;
  for (const counted of itemsOf(properties, 'countField')) found.set(counted.value.toLowerCase(), rows);
  for (const list of ['reduce', 'rereduce']) {
    for (const reduced of itemsOf(properties, list)) {
      const source = draft.find(reduced.value);
      for (const [statistic, name] of reduced.more) {
        const made = statisticOf(statistic, source);
        if (made !== null && name.trim() !== '') found.set(name.toLowerCase(), made);
      }
    }
  }
  return found;
}

/** An output that only its derivation explains: `RecCount()`, `Max(link.column)`. */
function byDerivation(draft: StageDraft, text: string | null): Statistic | null {
  const call = /^\s*(\w{1,40})\s*\(\s*([\w.$]{0,200})\s*\)\s*$/.exec(text ?? '');
  if (call === null) return null;
  if (/^reccount$|^count$/i.test(call[1] ?? '') && call[2] === '') return rows;
  return statisticOf(call[1] ?? '', draft.find(call[2] ?? ''));
}

/** What a server job groups by: the output columns that are columns of the input. */
function plainColumns(draft: StageDraft): readonly string[] {
  const names = draft.outputLinks.flatMap((link) => draft.outputPorts(link).flatMap((port) => port.expression ?? []));
  return [...new Set(names.filter((name) => draft.find(name) !== null))];
}

/** Aggregator: one row a group. Sums of nothing are NULL where the stage allows it, 0 otherwise. */
export const aggregatorRule: StageRule = {
  types: ['PxAggregator', 'CAggregatorStage'],
  readsOrder: (stage) =>
    stage.ports.some((port) => /^\s*(?:first|last)\s*\(/i.test(port.expression ?? '')) ||
    stage.properties.some((one) => /^(?:re)?reduce\[\d+\]\.(?:first|last)$/i.test(one.name)),
  convert(draft) {
    const { input } = draft;
    const keys = itemsOf(draft.stage.properties, 'key').map((one) => one.value);
    const plain = draft.stage.type === 'CAggregatorStage' && keys.length === 0 ? plainColumns(draft) : [];
    const groups = [...keys, ...plain].map((key) => draft.find(key)).filter((one) => one !== null);
    if (groups.length < keys.length) throw new NotConverted('A grouping column is not in the input');
    const known = results(draft);
    for (const link of draft.outputLinks) {
      const ports = new Map(draft.outputPorts(link).map((port) => [port.name, port]));
      const items: string[] = [];
      const columns = draft.outputColumns(link).map((column) => {
        const original = ports.get(column.name)?.expression ?? null;
        const group = groups.find((one) => one.column.name.toLowerCase() === column.name.toLowerCase());
        const renamed = group ?? groups.find((one) => original !== null && draft.find(original)?.from === one.from);
        const made = known.get(column.name.toLowerCase()) ?? byDerivation(draft, original);
        const value = renamed === undefined ? made : { sql: renamed.sql, type: scalarType(renamed.column.sqlType) };
        if (value === null) throw new NotConverted(`The statistic of ${column.name} is not known`);
        const { sql } = value;
        items.push(item(assigned(sql, value.type, column.sqlType), column.name));
        return pipelineColumn(column, {
          ...(renamed === undefined ? { expression: sql } : { from: [renamed.from] }),
          ...(original === null ? {} : { original }),
        });
      });
      const clause = groups.length === 0 ? '' : `GROUP BY ${groups.map((one) => one.sql).join(', ')}`;
      draft.output(link, columns, select(draft.withOrder(items, `min(${seqColumn})`), draft.relation(input), clause));
    }
    if ((draft.property('nul_res') ?? ' ').trim() === '')
      draft.note(
        'Missing values are left out; a statistic without any value is NULL here and may be 0 in the source tool',
      );
    draft.note('Statistics are computed exactly; the source tool computes in double precision by default');
    return draft.node('sql_group_by', { config: { keys: keys.map((key) => sqlName(key)) } });
  },
};
