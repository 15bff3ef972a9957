import type { FieldInfo } from '../../../expr/alteryx/environment.ts';
import { parseAlteryx } from '../../../expr/alteryx/parse.ts';
import { runningValue, type RunningValue } from '../convert/running-value.ts';
import { all, at, attribute, isOn, setting, type Config } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule, type Tool } from '../convert/rule.ts';
import { columnName, printSelect, type Item } from '../convert/sql.ts';
import {
  fieldOf,
  fieldSql,
  lineageOf,
  passed,
  relationOf,
  sameName,
  type Field,
  type Stream,
} from '../convert/stream.ts';
import { fieldType, type FieldType } from '../field-type.ts';
import { unsupportedResult } from './unsupported.ts';

/** The value of a row that does not exist. */
function missing(mode: string, type: FieldType): string {
  if (mode !== 'Empty') return 'NULL';
  return type.kind === 'string'
    ? "''"
    : type.kind === 'integer' || type.kind === 'double' || type.kind === 'decimal'
      ? '0'
      : 'NULL';
}

interface Rows {
  readonly input: Stream;
  readonly target: Field;
  readonly mode: string;
  readonly over: string;
}

/** The field of another row, as a window over the records. */
function otherRow(asked: string, rows: Rows): { readonly offset: number; readonly field: Field } | null {
  const [, sign, digits, name = ''] = /^Row([+-])(\d{1,3}):(.*)$/is.exec(asked) ?? [];
  if (sign === undefined) return null;
  const field = fieldOf(rows.input, name) ?? (sameName(name, rows.target.name) ? rows.target : null);
  return field === null ? null : { offset: Number(digits) * (sign === '-' ? -1 : 1), field };
}

function windowSql(offset: number, field: Field, rows: Rows): string {
  if (offset === 0) return fieldSql(field);
  const call = (count: number): string =>
    `${offset < 0 ? 'lag' : 'lead'}(${fieldSql(field)}, ${count}, ${missing(rows.mode, field.type)}) OVER (${rows.over})`;
  if (rows.mode !== 'Valid' && rows.mode !== 'Closest') return call(Math.abs(offset));
  return `coalesce(${call(Math.abs(offset))}, ${fieldSql(field)})`;
}

function resultFields(input: Stream, target: Field): readonly Field[] {
  const found = input.fields.some((field) => sameName(field.name, target.name));
  return found
    ? input.fields.map((field) => (sameName(field.name, target.name) ? target : field))
    : [...input.fields, target];
}

/** A running value as sums over stretches of records; null where rounding or types stand against it. */
function stretches(
  tool: Tool,
  rows: Rows,
  running: RunningValue,
  groups: readonly Field[],
): { readonly sql: string; readonly value: string } | null {
  const { draft } = tool;
  const { type, name } = rows.target;
  if (rows.mode === 'Valid' || rows.mode === 'Closest') return null;
  const more = (asked: string): FieldInfo | null => {
    const other = otherRow(asked, rows);
    return other === null ? null : { kind: other.field.type.kind, sql: windowSql(other.offset, other.field, rows) };
  };
  const increment =
    running.increment === null ? null : draft.translateTree(running.increment, name, rows.input, { more });
  const exact =
    increment === null ||
    (type.kind === 'integer' && increment.kind === 'integer') ||
    (type.kind === 'double' && increment.kind !== 'string');
  if (!exact) return null;
  const { restart } = running;
  const met = restart === null ? null : draft.translateTree(restart.condition, name, rows.input, { more });
  const start = restart === null ? null : draft.translateTree(restart.value, name, rows.input, { more });
  const base: Item[] = [
    { name: '', sql: '*' },
    {
      name: '__restart',
      sql:
        met === null || restart === null ? 'FALSE' : `coalesce(${met.sql}, FALSE) = ${restart.when ? 'TRUE' : 'FALSE'}`,
    },
    {
      name: '__start',
      sql:
        start === null
          ? `CAST(NULL AS ${type.sqlType})`
          : castTo({ sql: start.sql, kind: start.kind, literal: start.literal }, type, draft),
    },
    ...(increment === null ? [] : [{ name: '__added', sql: increment.sql }]),
  ];
  const group = groups.map((field) => `${fieldSql(field)}, `).join('');
  const stretch = `PARTITION BY ${group}__stretch ORDER BY __seq`;
  const first = `CASE WHEN __stretch = 0 THEN CAST(${missing(rows.mode, type)} AS ${type.sqlType}) ELSE first_value(__start) OVER (${stretch}) END`;
  const over = `OVER (${stretch} ROWS UNBOUNDED PRECEDING)`;
  const value =
    increment === null
      ? first
      : `CASE WHEN count(*) FILTER (WHERE NOT __restart AND __added IS NULL) ${over} = 0 THEN TRY_CAST(${first} + sum(CASE WHEN __restart THEN 0 ELSE __added END) ${over} AS ${type.sqlType}) END`;
  const items = resultFields(rows.input, rows.target).map((field) => ({
    name: field.name,
    sql: field === rows.target ? value : columnName(field.name),
  }));
  const steps = [
    { name: 'base', sql: printSelect({ items: base, from: relationOf(rows.input) }) },
    {
      name: 'stretches',
      sql: printSelect({
        items: [
          { name: '', sql: '*' },
          { name: '__stretch', sql: `count(*) FILTER (WHERE __restart) OVER (${rows.over} ROWS UNBOUNDED PRECEDING)` },
        ],
        from: 'base',
      }),
    },
  ];
  return { sql: printSelect({ with: steps, items: [...items, ...draft.seq()], from: 'stretches' }), value };
}

/** The formula over the result of the record before, in the fastest form that keeps its meaning. */
function selfReading(
  tool: Tool,
  rows: Rows,
  expression: string,
  groups: readonly Field[],
): { readonly sql: string; readonly value: string } {
  const parsed = parseAlteryx(expression);
  const isSelf = (name: string): boolean => /^Row-1:/i.test(name) && sameName(name.slice(6), rows.target.name);
  const running = parsed.ok ? runningValue(parsed.ast, isSelf) : null;
  const fast = running === null ? null : stretches(tool, rows, running, groups);
  if (fast !== null) return fast;
  tool.draft.note('Each record is computed from the one before, which is slow for more than some 10,000 records');
  return recurrence(tool, rows, expression, groups);
}

/** Each record from the result of the one before: a recursion along the order of records. */
function recurrence(
  tool: Tool,
  rows: Rows,
  expression: string,
  groups: readonly Field[],
): { readonly sql: string; readonly value: string } {
  const { draft } = tool;
  const windows: Item[] = [];
  const env =
    (previous: string) =>
    (asked: string): FieldInfo | null => {
      const other = otherRow(asked, rows);
      if (other === null) return null;
      if (sameName(other.field.name, rows.target.name) && other.offset === -1)
        return { kind: rows.target.type.kind, sql: previous };
      const sql = windowSql(other.offset, other.field, rows);
      const known = windows.find((one) => one.sql === sql)?.name ?? `__w${windows.length + 1}`;
      if (!windows.some((one) => one.sql === sql)) windows.push({ name: known, sql });
      return { kind: other.field.type.kind, sql: `base.${known}` };
    };
  const value = (previous: string): string => {
    const result = draft.translate(expression, rows.target.name, rows.input, { more: env(previous), alias: 'base' });
    if (result === null) return "error('expression not converted')";
    return `CAST(${castTo({ sql: result.sql, kind: result.kind, literal: result.literal }, rows.target.type, draft)} AS ${rows.target.type.sqlType})`;
  };
  const start = value(`CAST(${missing(rows.mode, rows.target.type)} AS ${rows.target.type.sqlType})`);
  const step = value('run.__value');
  const base = printSelect({
    items: [{ name: '', sql: '*' }, { name: '__n', sql: `row_number() OVER (${rows.over})` }, ...windows],
    from: relationOf(rows.input),
  });
  const match = [
    'base.__n = run.__n + 1',
    ...groups.map((field) => `${fieldSql(field, 'base')} IS NOT DISTINCT FROM ${fieldSql(field, 'run')}`),
  ];
  const run = `SELECT base.*, ${start} AS __value FROM base WHERE base.__n = 1\nUNION ALL\nSELECT base.*, ${step} AS __value FROM run JOIN base ON ${match.join(' AND ')}\n`;
  const items = resultFields(rows.input, rows.target).map((field) => ({
    name: field.name,
    sql: field === rows.target ? '__value' : columnName(field.name),
  }));
  return {
    sql: printSelect({
      with: [
        { name: 'base', sql: base },
        { name: 'run', sql: run, recursive: true },
      ],
      items: [...items, ...draft.seq()],
      from: 'run',
    }),
    value: step,
  };
}

function groupsOf(config: Config, input: Stream): readonly Field[] {
  return all(at(config, 'GroupByFields'), 'Field').flatMap(
    (entry) => fieldOf(input, attribute(entry, 'field') || attribute(entry, 'name')) ?? [],
  );
}

/** Multi-Row Formula: a value from records before and after; an updated field is seen as updated. */
export const multiRowFormulaRule: Rule = {
  types: ['MultiRowFormula'],
  readsOrder: () => true,
  convert(tool) {
    const { config, draft } = tool;
    const input = draft.input();
    const update = isOn(config, 'UpdateField');
    const name = setting(config, update ? 'UpdateField_Name' : 'CreateField_Name');
    const existing = fieldOf(input, name);
    const target: Field = {
      name: existing?.name ?? name,
      type:
        existing?.type ?? fieldType(setting(config, 'CreateField_Type'), setting(config, 'CreateField_Size') || null),
    };
    const groups = groupsOf(config, input);
    const over = `${groups.length === 0 ? '' : `PARTITION BY ${groups.map((one) => fieldSql(one)).join(', ')} `}ORDER BY __seq`;
    const rows: Rows = { input, target, mode: setting(config, 'OtherRows'), over };
    const expression = setting(config, 'Expression');
    const before = [...expression.matchAll(/\[Row-(\d{1,3}):([^\]]*)\]/gi)].filter((one) =>
      sameName(one[2] ?? '', target.name),
    );
    if (before.some((one) => one[1] !== '1'))
      return unsupportedResult(tool, 'It reads its own result two or more records back');
    const columns = (value: string): PipelineColumns =>
      resultFields(input, target).map((field) =>
        field === target
          ? {
              name: field.name,
              type: field.type.sqlType,
              expression: value,
              original: expression,
              ...(existing === null ? {} : { from: [lineageOf(input, existing)] }),
            }
          : passed(input, field),
      );
    const settings = { mode: rows.mode, group_by: groups.map((one) => one.name) };
    if (before.length > 0) {
      const made = selfReading(tool, rows, expression, groups);
      return single(
        draft.node({ operator: 'row_state', config: settings, columns: columns(made.value), sql: made.sql }),
        { fields: resultFields(input, target), ask: input.ask },
      );
    }
    const value = draft.translate(expression, target.name, input, {
      more: (asked) => {
        const other = otherRow(asked, rows);
        return other === null ? null : { kind: other.field.type.kind, sql: windowSql(other.offset, other.field, rows) };
      },
    });
    const sql =
      value === null
        ? "error('expression not converted')"
        : castTo({ sql: value.sql, kind: value.kind, literal: value.literal }, target.type, draft);
    const items = resultFields(input, target).map((field) => ({
      name: field.name,
      sql: field === target ? sql : columnName(field.name),
    }));
    return single(
      draft.node({
        operator: 'row_state',
        config: settings,
        columns: columns(sql),
        sql: printSelect({ items: [...items, ...draft.seq()], from: relationOf(input) }),
      }),
      { fields: resultFields(input, target), ask: input.ask },
    );
  },
};

type PipelineColumns = ReturnType<typeof passed>[];
