import type { FieldInfo } from '../../../expr/alteryx/environment.ts';
import { parseAlteryx } from '../../../expr/alteryx/parse.ts';
import type { TypedTranslation } from '../../../expr/alteryx/to-duckdb.ts';
import type { Expr } from '../../../expr/ast.ts';
import { cyclicCounter, type CyclicCounter } from '../convert/cyclic-counter.ts';
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
  const own = fieldSql(field);
  if (Math.abs(offset) === 1) return `${offset < 0 ? 'lag' : 'lead'}(${own}, 1, ${own}) OVER (${rows.over})`;
  // The closest row that is there: the first one before, the last one after.
  const frame = 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';
  const place = `row_number() OVER (${rows.over})`;
  const exists = offset < 0 ? `${place} > ${-offset}` : `${place} + ${offset} <= count(*) OVER (${rows.over} ${frame})`;
  return `CASE WHEN ${exists} THEN ${call(Math.abs(offset))} ELSE ${offset < 0 ? 'first' : 'last'}_value(${own}) OVER (${rows.over} ${frame}) END`;
}

function resultFields(input: Stream, target: Field): readonly Field[] {
  const found = input.fields.some((field) => sameName(field.name, target.name));
  return found
    ? input.fields.map((field) => (sameName(field.name, target.name) ? target : field))
    : [...input.fields, target];
}

interface StretchParts {
  readonly met: string | null;
  readonly start: string;
  readonly added: string | null;
}

/** The parts of a running value as SQL; null where rounding or types stand against summing them. */
function stretchParts({ draft }: Tool, rows: Rows, running: RunningValue): StretchParts | null {
  const { type, name } = rows.target;
  const more = (asked: string): FieldInfo | null => {
    const other = otherRow(asked, rows);
    return other === null ? null : { kind: other.field.type.kind, sql: windowSql(other.offset, other.field, rows) };
  };
  const sqlOf = (part: Expr): TypedTranslation => draft.translateTree(part, name, rows.input, { more });
  const increment = running.increment === null ? null : sqlOf(running.increment);
  const exact =
    increment === null ||
    (type.kind === 'integer' && increment.kind === 'integer') ||
    (type.kind === 'double' && increment.kind !== 'string');
  if (!exact) return null;
  const added = increment === null ? null : increment.sql;
  if (running.restart === null) return { met: null, start: `CAST(NULL AS ${type.sqlType})`, added };
  const { sql, kind, literal } = sqlOf(running.restart.value);
  const met = `coalesce(${sqlOf(running.restart.condition).sql}, FALSE) = ${running.restart.when ? 'TRUE' : 'FALSE'}`;
  return { met, start: castTo({ sql, kind, literal }, type, draft), added };
}

interface Made {
  readonly sql: string;
  readonly value: string;
}

/** A running value as sums over stretches of records; null where it cannot be summed. */
function stretches(tool: Tool, rows: Rows, running: RunningValue, groups: readonly Field[]): Made | null {
  const { draft } = tool;
  const { type } = rows.target;
  const parts = rows.mode === 'Valid' || rows.mode === 'Closest' ? null : stretchParts(tool, rows, running);
  if (parts === null) return null;
  const base: readonly Item[] = [
    { name: '', sql: '*' },
    { name: '__restart', sql: parts.met ?? 'FALSE' },
    { name: '__start', sql: parts.start },
    ...(parts.added === null ? [] : [{ name: '__added', sql: parts.added }]),
  ];
  const group = groups.map((field) => `${fieldSql(field)}, `).join('');
  const stretch = `PARTITION BY ${group}__stretch ORDER BY __seq`;
  const first = `CASE WHEN __stretch = 0 THEN CAST(${missing(rows.mode, type)} AS ${type.sqlType}) ELSE first_value(__start) OVER (${stretch}) END`;
  const over = `OVER (${stretch} ROWS UNBOUNDED PRECEDING)`;
  const value =
    parts.added === null
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

/** A counter that starts again when it reaches its limit, from the place of the record alone. */
function cycle({ draft }: Tool, rows: Rows, { step, limit, again }: CyclicCounter): Made | null {
  const { type } = rows.target;
  if (type.kind !== 'integer' || rows.mode !== 'Empty') return null;
  const rise = limit <= 0 ? 0 : Math.ceil(limit / step);
  const period = (again >= limit ? 0 : Math.ceil((limit - again) / step)) + 1;
  const place = `row_number() OVER (${rows.over})`;
  const value = `CAST(CASE WHEN ${place} <= ${rise} THEN ${place} * ${step} ELSE ${again} + (${place} - ${rise + 1}) % ${period} * ${step} END AS ${type.sqlType})`;
  const items = resultFields(rows.input, rows.target).map((field) => ({
    name: field.name,
    sql: field === rows.target ? value : columnName(field.name),
  }));
  return { sql: printSelect({ items: [...items, ...draft.seq()], from: relationOf(rows.input) }), value };
}

/** The formula over the result of the record before, in the fastest form that keeps its meaning. */
function selfReading(tool: Tool, rows: Rows, expression: string, groups: readonly Field[]): Made {
  const parsed = parseAlteryx(expression);
  const isSelf = (name: string): boolean => /^Row-1:/i.test(name) && sameName(name.slice(6), rows.target.name);
  const running = parsed.ok ? runningValue(parsed.ast, isSelf) : null;
  const counter = parsed.ok ? cyclicCounter(parsed.ast, isSelf) : null;
  const fast = running === null ? counter && cycle(tool, rows, counter) : stretches(tool, rows, running, groups);
  if (fast !== null) return fast;
  tool.draft.note('Each record is computed from the one before, which is slow for more than some 10,000 records');
  return recurrence(tool, rows, expression, groups);
}

/** Each record from the result of the one before: a recursion along the order of records. */
function recurrence(tool: Tool, rows: Rows, expression: string, groups: readonly Field[]): Made {
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

function rowsOf(config: Config, input: Stream, groups: readonly Field[]): Rows {
  const name = setting(config, isOn(config, 'UpdateField') ? 'UpdateField_Name' : 'CreateField_Name');
  const existing = fieldOf(input, name);
  const created = fieldType(setting(config, 'CreateField_Type'), setting(config, 'CreateField_Size') || null);
  return {
    input,
    target: { name: existing?.name ?? name, type: existing?.type ?? created },
    mode: setting(config, 'OtherRows'),
    over: `${groups.length === 0 ? '' : `PARTITION BY ${groups.map((one) => fieldSql(one)).join(', ')} `}ORDER BY __seq`,
  };
}

/** A formula over other records as they come in. */
function overInput({ draft }: Tool, rows: Rows, expression: string): Made {
  const { input, target } = rows;
  const translated = draft.translate(expression, target.name, input, {
    more: (asked) => {
      const other = otherRow(asked, rows);
      return other === null ? null : { kind: other.field.type.kind, sql: windowSql(other.offset, other.field, rows) };
    },
  });
  const value =
    translated === null
      ? "error('expression not converted')"
      : castTo({ sql: translated.sql, kind: translated.kind, literal: translated.literal }, target.type, draft);
  const items = resultFields(input, target).map((field) => ({
    name: field.name,
    sql: field === target ? value : columnName(field.name),
  }));
  return { sql: printSelect({ items: [...items, ...draft.seq()], from: relationOf(input) }), value };
}

/** Multi-Row Formula: a value from records before and after; an updated field is seen as updated. */
export const multiRowFormulaRule: Rule = {
  types: ['MultiRowFormula'],
  readsOrder: () => true,
  convert(tool) {
    const { config, draft } = tool;
    const input = draft.input();
    const groups = groupsOf(config, input);
    const rows = rowsOf(config, input, groups);
    const { target } = rows;
    const expression = setting(config, 'Expression');
    const before = [...expression.matchAll(/\[Row-(\d{1,3}):([^\]]*)\]/gi)].filter((one) =>
      sameName(one[2] ?? '', target.name),
    );
    if (before.some((one) => one[1] !== '1'))
      return unsupportedResult(tool, 'It reads its own result two or more records back');
    const { sql, value } =
      before.length > 0 ? selfReading(tool, rows, expression, groups) : overInput(tool, rows, expression);
    const existing = fieldOf(input, target.name);
    const columns = resultFields(input, target).map((field) =>
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
    const node = draft.node({
      operator: 'row_state',
      config: { mode: rows.mode, group_by: groups.map((one) => one.name) },
      columns,
      sql,
    });
    return single(node, { fields: resultFields(input, target), ask: input.ask });
  },
};
