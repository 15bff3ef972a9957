/** Tools that count, choose or number records in their order. */
import { all, at, attribute, setting, type Config } from '../config.ts';
import type { Draft } from '../convert/draft.ts';
import { single, type Rule, type RuleResult } from '../convert/rule.ts';
import { columnName, printSelect, type Item } from '../convert/sql.ts';
import {
  distinctNames,
  fieldOf,
  fieldSql,
  passed,
  relationOf,
  sameName,
  type Field,
  type Stream,
} from '../convert/stream.ts';
import { fieldType, int32, int64, typeOfKind, type FieldType } from '../field-type.ts';

const always = (): boolean => true;

function partition(config: Config, input: Stream, ...path: readonly string[]): string {
  const groups = all(at(config, ...path), 'Field').flatMap((entry) => {
    const field = fieldOf(input, attribute(entry, 'name') || attribute(entry, 'field'));
    return field === null ? [] : [fieldSql(field)];
  });
  return groups.length === 0 ? '' : `PARTITION BY ${groups.join(', ')} `;
}

function kept(
  input: Stream,
  draft: Draft,
  parts: { readonly qualify?: string; readonly where?: string },
  config: Record<string, string | number>,
): RuleResult {
  const node = draft.node({
    operator: 'sql_where',
    config,
    columns: input.fields.map((field) => passed(input, field)),
    sql: printSelect({ items: [...draft.items(input), ...draft.seq()], from: relationOf(input), ...parts }),
  });
  return single(node, { fields: input.fields, ask: input.ask });
}

/** Fields of the input with others added. */
function adding(
  input: Stream,
  draft: Draft,
  added: readonly { readonly name: string; readonly type: FieldType; readonly sql: string }[],
  first = false,
): RuleResult {
  const own = input.fields.map((field) => ({ ...field, sql: columnName(field.name), own: field as Field | null }));
  const more = added.map((one) => ({ ...one, own: null }));
  const fields = distinctNames(first ? [...more, ...own] : [...own, ...more]);
  const items: readonly Item[] = fields.map(({ name, sql }) => ({ name, sql }));
  const node = draft.node({
    operator: 'row_state',
    columns: fields.map((field) =>
      field.own === null
        ? { name: field.name, type: field.type.sqlType, expression: field.sql }
        : passed(input, field.own, field.name),
    ),
    sql: printSelect({ items: [...items, ...draft.seq()], from: relationOf(input) }),
  });
  return single(node, { fields: fields.map(({ name, type }) => ({ name, type })), ask: input.ask });
}

/** Sample: the first, last or every nth records, of each group where there are groups. */
export const sampleRule: Rule = {
  types: ['Sample'],
  answers: /^N$/,
  readsOrder: always,
  convert({ config, draft, answer }) {
    const input = draft.input();
    const group = partition(config, input, 'GroupFields');
    const given = answer('N');
    const stored = Math.max(0, Number.parseInt(setting(config, 'N'), 10) || 0);
    const n = draft.wholeNumber(stored, given);
    const step = given === null ? String(Math.max(1, stored)) : `greatest(1, ${n})`;
    const place = `row_number() OVER (${group}ORDER BY __seq)`;
    const count = `count(*) OVER (${group.trim()})`;
    const mode = setting(config, 'Mode');
    const conditions: Readonly<Record<string, string>> = {
      First: `${place} <= ${n}`,
      Last: `row_number() OVER (${group}ORDER BY __seq DESC) <= ${n}`,
      Skip: `${place} > ${n}`,
      Sample: given === null && stored <= 1 ? 'TRUE' : `${place} % ${step} = 1 % ${step}`,
      Percent: `${place} * 100 <= ${count} * ${n}`,
      Random: `hash(${place}) % ${step} = 0`,
    };
    const condition = conditions[mode];
    if (condition === undefined) draft.doubt(`The mode ${mode} is not known`, 0.2, 'error');
    if (mode === 'Random') draft.note('The choice of records differs from that of the source tool');
    return kept(
      input,
      draft,
      { qualify: condition ?? "error('mode not converted')" },
      { mode, n: given === null ? stored : n },
    );
  },
};

/** Select Records: records by their number, e.g. `1-10` and `20+`. */
export const selectRecordsRule: Rule = {
  types: ['macro:SelectRecords.yxmc'],
  readsOrder: always,
  convert({ config, draft }) {
    const input = draft.input();
    const text = all(config, 'Value').find((one) => attribute(one, 'name') === 'Ranges')?.text ?? '';
    const place = 'row_number() OVER (ORDER BY __seq)';
    const ranges = text
      .split(/[\n,;]/)
      .map((one) => one.trim())
      .filter((one) => one !== '');
    const tests = ranges.map((range) => {
      const [, from, to] = /^(\d*)\s*-\s*(\d*)$/.exec(range) ?? [];
      const open = /^(\d+)\+$/.exec(range)?.[1];
      if (open !== undefined) return `${place} >= ${open}`;
      if (/^\d+$/.test(range)) return `${place} = ${range}`;
      if (from === undefined || from + (to ?? '') === '') return null;
      return `${place} BETWEEN ${from || '1'} AND ${to === '' || to === undefined ? '9223372036854775807' : to}`;
    });
    if (tests.includes(null) || tests.length === 0) draft.doubt(`The ranges ${text} are not understood`, 0.3, 'error');
    return kept(
      input,
      draft,
      { qualify: tests.filter((one) => one !== null).join(' OR ') || "error('ranges not converted')" },
      { ranges: text },
    );
  },
};

/** Record ID: the number of each record, first or last among the fields. */
export const recordIdRule: Rule = {
  types: ['RecordID'],
  answers: /^StartValue$/,
  readsOrder: always,
  convert({ config, draft, answer }) {
    const input = draft.input();
    const stored = Number.parseInt(setting(config, 'StartValue'), 10);
    const given = answer('StartValue');
    const start = Number.isFinite(stored) ? stored : 1;
    const before = given === null ? String(start - 1) : `${draft.wholeNumber(start, given)} - 1`;
    const type = fieldType(setting(config, 'FieldType') || 'Int32', setting(config, 'FieldSize') || null);
    const group = partition(config, input, 'GroupFields');
    const number = `row_number() OVER (${group}ORDER BY __seq) + ${before}`;
    const width = type.size === null ? '' : `, ${type.size}, '0')`;
    const sql =
      type.kind === 'string'
        ? width === ''
          ? `CAST(${number} AS VARCHAR)`
          : `lpad(CAST(${number} AS VARCHAR)${width}`
        : `CAST(${number} AS ${type.sqlType})`;
    return adding(
      input,
      draft,
      [{ name: setting(config, 'FieldName') || 'RecordID', type, sql }],
      setting(config, 'Position') !== '1',
    );
  },
};

/** Running Total: sums from the first record on, of each group. */
export const runningTotalRule: Rule = {
  types: ['RunningTotal'],
  readsOrder: always,
  convert({ config, draft }) {
    const input = draft.input();
    const group = partition(config, input, 'GroupByFields');
    const added = all(at(config, 'RunTotalFields'), 'Field').flatMap((entry) => {
      const field = fieldOf(input, attribute(entry, 'field') || attribute(entry, 'name'));
      return field === null
        ? []
        : [
            {
              name: `RunTot_${field.name}`,
              type: typeOfKind('double'),
              sql: `CAST(sum(${fieldSql(field)}) OVER (${group}ORDER BY __seq ROWS UNBOUNDED PRECEDING) AS DOUBLE)`,
            },
          ];
    });
    if (added.length === 0) draft.doubt('No field is summed', 0.4, 'error');
    return adding(input, draft, added);
  },
};

/** Tile: records put into groups by rank, value or share. */
export const tileRule: Rule = {
  types: ['Tile'],
  answers: /^\w+\/NumTiles(?:@value)?$/,
  readsOrder: always,
  convert({ config, draft, answer }) {
    const input = draft.input();
    const method = setting(config, 'Method');
    const part = at(config, method);
    const group = partition(config, input, 'GroupFields');
    const by = fieldOf(
      input,
      setting(part, `${method}SortField`) ||
        setting(part, 'EqualSumSortField') ||
        setting(part, 'UniqueValueField') ||
        setting(part, `${method}Field`),
    );
    const given = answer(`${method}/NumTiles@value`) ?? answer(`${method}/NumTiles`);
    const tiles = draft.wholeNumber(Math.max(1, Number.parseInt(setting(part, 'NumTiles'), 10) || 1), given);
    const order = by === null ? '__seq' : `${fieldSql(by)} NULLS FIRST, __seq`;
    if (method !== 'EqualRecords' && method !== 'UniqueValue')
      draft.doubt(`The tile method ${method} is not converted`, 0.2, 'error');
    const same = setting(part, 'EqualRecordsGroupField');
    if (same !== '')
      draft.doubt(
        `Records with equal ${same} stay in one tile in the source tool; here the tiles are of equal size`,
        0.7,
      );
    const tile =
      method === 'EqualRecords'
        ? `ntile(${tiles}) OVER (${group}ORDER BY ${order})`
        : method === 'UniqueValue'
          ? `dense_rank() OVER (${group}ORDER BY ${by === null ? '__seq' : fieldSql(by)})`
          : "error('tile method not converted')";
    const inner: Stream = input;
    const numbered = `(SELECT *, ${tile} AS __tile FROM ${relationOf(input)})`;
    const fields = distinctNames([
      ...inner.fields.map((field) => ({ ...field, sql: columnName(field.name) })),
      { name: 'Tile_Num', type: int32, sql: 'CAST(__tile AS INTEGER)' },
      {
        name: 'Tile_SequenceNum',
        type: int32,
        sql: `CAST(row_number() OVER (PARTITION BY ${group.replace('PARTITION BY ', '').trim()}${group === '' ? '' : ', '}__tile ORDER BY ${order}) AS INTEGER)`,
      },
    ]);
    const node = draft.node({
      operator: 'row_state',
      config: { method, tiles },
      columns: fields.map((field) => {
        const own = inner.fields.find((one) => sameName(one.name, field.name));
        return own === undefined
          ? { name: field.name, type: field.type.sqlType, expression: field.sql }
          : passed(input, own);
      }),
      sql: printSelect({ items: [...fields.map(({ name, sql }) => ({ name, sql })), ...draft.seq()], from: numbered }),
    });
    return single(node, { fields: fields.map(({ name, type }) => ({ name, type })), ask: input.ask });
  },
};

/** Unique: the first record of each key, and the rest. NULL keys are one group. */
export const uniqueRule: Rule = {
  types: ['Unique', 'LockInUnique'],
  readsOrder: always,
  convert({ config, draft }) {
    const input = draft.input();
    const keys = all(at(config, 'UniqueFields'), 'Field').flatMap(
      (entry) => fieldOf(input, attribute(entry, 'field')) ?? [],
    );
    if (keys.length === 0) draft.doubt('The key of the Unique tool is not known', 0.3, 'error');
    draft.note('Text is told apart with regard to case');
    const place = `row_number() OVER (${keys.length === 0 ? '' : `PARTITION BY ${keys.map((key) => fieldSql(key)).join(', ')} `}ORDER BY __seq)`;
    const output = (
      name: string,
      qualify: string,
    ): { name: string; columns: ReturnType<typeof passed>[]; sql: string } => ({
      name,
      columns: input.fields.map((field) => passed(input, field)),
      sql: printSelect({ items: [...draft.items(input), ...draft.seq()], from: relationOf(input), qualify }),
    });
    const node = draft.node({
      operator: 'deduplicate',
      config: { key: keys.map((one) => one.name) },
      outputs: [output('Unique', `${place} = 1`), output('Duplicates', `${place} > 1`)],
    });
    const stream = (name: string): Stream => ({ ...input, input: { node: node.id, output: name } });
    return {
      node,
      outputs: new Map([
        ['Unique', stream('Unique')],
        ['Duplicates', stream('Duplicates')],
        ['Dupes', stream('Duplicates')],
      ]),
    };
  },
};

/** Count Records: one record with the number of records, 0 where there are none. */
export const countRecordsRule: Rule = {
  types: ['macro:CountRecords.yxmc'],
  convert({ draft }) {
    const input = draft.input();
    const field: Field = { name: 'Count', type: int64 };
    const node = draft.node({
      operator: 'sql_group_by',
      columns: [{ name: 'Count', type: 'BIGINT', expression: 'count(*)' }],
      sql: printSelect({ items: [{ name: 'Count', sql: 'count(*)' }, ...draft.seq('1')], from: relationOf(input) }),
    });
    return single(node, { fields: [field], ask: null });
  },
};
