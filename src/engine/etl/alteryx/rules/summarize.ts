import { quoteLiteral } from '../../../core/text.ts';
import { all, at, attribute, setting, type Config } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import type { Draft } from '../convert/draft.ts';
import { printSelect, seqColumn } from '../convert/sql.ts';
import { distinctNames, fieldOf, fieldSql, lineageOf, relationOf, type Field } from '../convert/stream.ts';
import { single, type Rule } from '../convert/rule.ts';
import { reporting } from './palette-reasons.ts';
import { unsupportedResult } from './unsupported.ts';
import { double, int64, textType, type FieldType } from '../field-type.ts';

interface Aggregate {
  readonly sql: string;
  readonly type: FieldType;
}

type Build = (sql: string, field: Field, entry: Config, draft: Draft) => Aggregate;

const total: Build = (sql, field, _entry, draft) => {
  const value = field.type.kind === 'string' ? castTo({ sql, kind: 'string' }, double, draft) : sql;
  if (field.type.kind === 'integer') return { sql: `CAST(sum(${value}) AS BIGINT)`, type: int64 };
  return { sql: `sum(${value})`, type: double };
};

const ofNumber =
  (build: (sql: string) => string): Build =>
  (sql, field, _entry, draft) => ({
    sql: build(field.type.kind === 'string' ? castTo({ sql, kind: 'string' }, double, draft) : sql),
    type: double,
  });

const counted =
  (build: (sql: string) => string): Build =>
  (sql) => ({ sql: build(sql), type: int64 });

const same =
  (build: (sql: string) => string): Build =>
  (sql, field) => ({ sql: build(sql), type: field.type });

const text = (sql: string, field: Field): string => (field.type.kind === 'string' ? sql : `CAST(${sql} AS VARCHAR)`);

/** By order of records: NULL counts as a value. */
const builds: ReadonlyMap<string, Build> = new Map(
  Object.entries<Build>({
    Sum: total,
    Count: counted(() => 'count(*)'),
    CountNonNull: counted((sql) => `count(${sql})`),
    CountNull: counted((sql) => `count(*) FILTER (WHERE ${sql} IS NULL)`),
    CountDistinct: counted((sql) => `count(DISTINCT ${sql}) + CAST(count(*) > count(${sql}) AS INTEGER)`),
    CountDistinctNonNull: counted((sql) => `count(DISTINCT ${sql})`),
    CountBlank: (sql, field) => ({
      sql: `count(*) FILTER (WHERE coalesce(${text(sql, field)} = '', TRUE))`,
      type: int64,
    }),
    CountNonBlank: (sql, field) => ({ sql: `count(*) FILTER (WHERE ${text(sql, field)} <> '')`, type: int64 }),
    Min: same((sql) => `min(${sql})`),
    Max: same((sql) => `max(${sql})`),
    First: same((sql) => `first(${sql} ORDER BY ${seqColumn})`),
    Last: same((sql) => `last(${sql} ORDER BY ${seqColumn})`),
    Avg: ofNumber((sql) => `avg(${sql})`),
    AvgNo0: ofNumber((sql) => `avg(nullif(${sql}, 0))`),
    Median: ofNumber((sql) => `median(${sql})`),
    MedianNo0: ofNumber((sql) => `median(nullif(${sql}, 0))`),
    Mode: same((sql) => `mode(${sql})`),
    StdDev: ofNumber((sql) => `stddev_samp(${sql})`),
    StdDevNo0: ofNumber((sql) => `stddev_samp(nullif(${sql}, 0))`),
    Variance: ofNumber((sql) => `var_samp(${sql})`),
    VarianceNo0: ofNumber((sql) => `var_samp(nullif(${sql}, 0))`),
    Percentile: (sql, field, entry, draft) => {
      const share = Number.parseFloat(setting(entry, 'Percentile') || attribute(entry, 'percentile') || '50') / 100;
      return ofNumber((value) => `quantile_cont(${value}, ${Math.min(1, Math.max(0, share))})`)(
        sql,
        field,
        entry,
        draft,
      );
    },
    Longest: (sql, field) => ({ sql: `arg_max(${sql}, length(${text(sql, field)}))`, type: field.type }),
    Shortest: (sql, field) => ({ sql: `arg_min(${sql}, length(${text(sql, field)}))`, type: field.type }),
    Concat: (sql, field, entry) => {
      const separator = quoteLiteral(setting(entry, 'Separator') || '');
      const joined = `string_agg(${text(sql, field)}, ${separator} ORDER BY ${seqColumn})`;
      const [start, end] = [setting(entry, 'Start'), setting(entry, 'End')];
      const around = start + end === '' ? joined : `${quoteLiteral(start)} || ${joined} || ${quoteLiteral(end)}`;
      return { sql: around, type: textType };
    },
  }),
);

const byOrder = new Set(['First', 'Last', 'Concat']);

const entriesOf = (config: Config): readonly Config[] => all(at(config, 'SummarizeFields'), 'SummarizeField');

/** Why a record of the Summarize cannot be made; null where it can. Leaving one field out would be another result. */
function unmade(config: Config): string | null {
  const actions = entriesOf(config).map((entry) => attribute(entry, 'action'));
  const unknown = actions.find((action) => action !== 'GroupBy' && !builds.has(action));
  if (unknown === undefined) return null;
  if (unknown.startsWith('Rpt')) return `${reporting}: the action ${unknown} puts parts of a report together`;
  return unknown.startsWith('Spatial')
    ? `The action ${unknown} works on geometry, which the pipeline does not carry`
    : `The action ${unknown} has no SQL translation`;
}

/** Summarize: one record a group, NULL being a group of its own. */
export const summarizeRule: Rule = {
  types: ['Summarize', 'LockInSummarize'],
  readsOrder: (config) => entriesOf(config).some((entry) => byOrder.has(attribute(entry, 'action'))),
  convert(tool) {
    const { config, draft } = tool;
    const reason = unmade(config);
    if (reason !== null) return unsupportedResult(tool, reason);
    const input = draft.input();
    const keys: string[] = [];
    const found = entriesOf(config).flatMap((entry) => {
      const action = attribute(entry, 'action');
      const given = attribute(entry, 'field');
      const field = fieldOf(input, given);
      const name = attribute(entry, 'rename') || (action === 'GroupBy' ? given : `${action}_${given}`);
      if (field === null && action !== 'Count') {
        draft.doubt(`${action} of ${given}: there is no such field`, 0.3, 'error');
        return [];
      }
      const sql = field === null ? 'NULL' : fieldSql(field);
      const from = field === null ? {} : { from: [lineageOf(input, field)] };
      if (action === 'GroupBy') {
        keys.push(sql);
        return [{ name, sql, type: field?.type ?? textType, facts: from }];
      }
      const build = builds.get(action);
      if (build === undefined) return [];
      const made = build(sql, field ?? { name: given, type: int64 }, entry, draft);
      return [
        {
          name,
          sql: made.sql,
          type: made.type,
          facts: { ...from, expression: made.sql, original: `${action}(${given})` },
        },
      ];
    });
    const named = distinctNames(found);
    const order =
      keys.length === 0 ? '1' : `row_number() OVER (ORDER BY ${keys.map((key) => `${key} NULLS FIRST`).join(', ')})`;
    const items = named.map(({ name, sql }) => ({ name, sql }));
    const node = draft.node({
      operator: 'sql_group_by',
      config: { group_by: keys },
      columns: named.map((one) => ({ name: one.name, type: one.type.sqlType, ...one.facts })),
      sql: printSelect({
        items: [...items, ...draft.seq(order)],
        from: relationOf(input),
        groupBy: keys,
        ...(keys.length === 0 ? { having: 'count(*) > 0' } : {}),
      }),
    });
    return single(node, { fields: named.map(({ name, type }) => ({ name, type })), ask: null });
  },
};
