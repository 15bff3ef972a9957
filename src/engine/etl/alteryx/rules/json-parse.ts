import { isOn, setting, type Config } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect, type Item } from '../convert/sql.ts';
import {
  distinctNames,
  fieldOf,
  fieldSql,
  lineageOf,
  passed,
  relationOf,
  type Field,
  type Stream,
} from '../convert/stream.ts';
import { double, fieldType, int64, textType } from '../field-type.ts';
import { unsupportedResult } from './unsupported.ts';

type Layout = 'one text' | 'by type' | 'other';

/** How values leave the tool; older versions know only the switch. */
function layoutOf(config: Config): Layout {
  const mode = setting(config, 'Mode');
  if (mode === '') return isOn(config, 'SingleField') ? 'one text' : 'by type';
  if (/^SingleField$/i.test(mode)) return 'one text';
  return /Type/i.test(mode) ? 'by type' : 'other';
}

interface Made extends Field {
  readonly sql: string;
}

const scalarText = `__value ->> '$'`;
const onlyFor = (types: string, sql: string): string => `CASE WHEN json_type(__value) IN (${types}) THEN ${sql} END`;

const nameField: Made = { name: 'JSON_Name', type: textType, sql: '__name' };
const oneText: readonly Made[] = [nameField, { name: 'JSON_ValueString', type: textType, sql: scalarText }];
const byType: readonly Made[] = [
  nameField,
  { name: 'JSON_ValueString', type: textType, sql: onlyFor("'VARCHAR'", scalarText) },
  {
    name: 'JSON_ValueInt',
    type: int64,
    sql: onlyFor("'BIGINT', 'UBIGINT'", `TRY_CAST(${scalarText} AS BIGINT)`),
  },
  { name: 'JSON_ValueFloat', type: double, sql: onlyFor("'DOUBLE'", `TRY_CAST(${scalarText} AS DOUBLE)`) },
  {
    name: 'JSON_ValueBool',
    type: fieldType('Bool', null),
    sql: onlyFor("'BOOLEAN'", `TRY_CAST(${scalarText} AS BOOLEAN)`),
  },
];

/** Goes down the JSON text level by level; `__place` is the way to a value, so that the order of the text is kept. */
function treeSql(input: Stream, text: string, ordered: boolean): string {
  const kept: readonly Item[] = input.fields.map((one) => ({ name: one.name, sql: columnName(one.name) }));
  const row = (sql: string): readonly Item[] => (ordered ? [{ name: '__row', sql }] : []);
  const top = printSelect({
    items: [
      ...kept,
      ...row('__seq'),
      { name: '__name', sql: "''" },
      { name: '__value', sql: `CAST(CASE WHEN json_valid(${text}) THEN ${text} END AS JSON)` },
      { name: '__place', sql: '[CAST(0 AS UBIGINT)]' },
    ],
    from: relationOf(input),
    where: `json_valid(${text})`,
  });
  const below = printSelect({
    items: [
      ...input.fields.map((one) => ({ name: one.name, sql: fieldSql(one, 'parent') })),
      ...row('parent.__row'),
      { name: '__name', sql: "CASE WHEN len(__place) = 1 THEN part.key ELSE __name || '.' || part.key END" },
      { name: '__value', sql: 'part.value' },
      { name: '__place', sql: 'list_append(__place, part.id)' },
    ],
    from: 'tree AS parent, json_each(parent.__value) AS part',
    where: "json_type(parent.__value) IN ('OBJECT', 'ARRAY')",
  });
  return `${top}UNION ALL\n${below}`;
}

/** JSON Parse: a record for each value in the text, named by the way to it, `a.0.b`. */
export const jsonParseRule: Rule = {
  types: ['JSONParse'],
  convert(tool) {
    const { config, draft } = tool;
    const input = draft.input();
    const name = setting(config, 'JSON_Field');
    const field = fieldOf(input, name);
    if (field === null) return unsupportedResult(tool, `The field ${name} with the JSON text is not there`);
    const layout = layoutOf(config);
    if (layout === 'other')
      return unsupportedResult(
        tool,
        'The fields that JSON Parse makes of the names in the text are known only when it runs',
      );
    const text = castTo({ sql: fieldSql(field), kind: field.type.kind, size: field.type.size }, textType, draft);
    const kept = isOn(config, 'IncludeInOutput') ? input.fields : input.fields.filter((one) => one !== field);
    const fields = distinctNames<Made>([
      ...kept.map((one) => ({ ...one, sql: columnName(one.name) })),
      ...(layout === 'one text' ? oneText : byType),
    ]);
    draft.doubt(
      'Empty lists and objects give no record, nor does text that is no JSON; numbers are written as DuckDB writes them',
      0.88,
    );
    const node = draft.node({
      operator: 'normalizer',
      columns: fields.map((one, index) => {
        const own = kept[index];
        return own === undefined
          ? { name: one.name, type: one.type.sqlType, expression: one.sql, from: [lineageOf(input, field)] }
          : passed(input, own);
      }),
      sql: printSelect({
        with: [{ name: 'tree', sql: treeSql(input, text, draft.ordered), recursive: true }],
        items: [
          ...fields.map((one) => ({ name: one.name, sql: one.sql })),
          ...draft.seq('row_number() OVER (ORDER BY __row, __place)'),
        ],
        from: 'tree',
        where: "json_type(__value) NOT IN ('OBJECT', 'ARRAY')",
      }),
    });
    const ask = input.ask;
    const made = new Set(fields.slice(kept.length).map((one) => one.name.toLowerCase()));
    return single(node, {
      fields: fields.map((one) => ({ name: one.name, type: one.type })),
      ask: ask === null ? null : (asked, type) => void (made.has(asked.toLowerCase()) || ask(asked, type)),
    });
  },
};
