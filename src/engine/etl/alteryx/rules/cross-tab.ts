import { quoteLiteral } from '../../../core/text.ts';
import { all, at, attribute, setting } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import type { Draft } from '../convert/draft.ts';
import { single, type Rule, type Tool } from '../convert/rule.ts';
import { printSelect } from '../convert/sql.ts';
import {
  distinctNames,
  fieldOf,
  fieldSql,
  lineageOf,
  passed,
  relationOf,
  sameName,
  type Field,
  type Stream,
} from '../convert/stream.ts';
import { unsupportedResult } from './unsupported.ts';
import { double, int64, textType, type FieldType } from '../field-type.ts';

const ordered = new Set(['First', 'Last', 'Concat']);

/** One aggregate over the records with a header. */
function aggregate(
  method: string,
  value: string,
  separator: string,
  type: FieldType,
): { readonly sql: string; readonly type: FieldType } | null {
  switch (method) {
    case 'Sum':
      return { sql: `sum(${value})`, type: type.kind === 'integer' ? int64 : double };
    case 'Avg':
      return { sql: `avg(${value})`, type: double };
    case 'Count':
    case 'CountWithNulls':
      return { sql: 'count(*)', type: int64 };
    case 'CountNoNull':
    case 'CountWithoutNulls':
      return { sql: `count(${value})`, type: int64 };
    case 'First':
      return { sql: `first(${value} ORDER BY __seq)`, type };
    case 'Last':
      return { sql: `last(${value} ORDER BY __seq)`, type };
    case 'Concat':
      return { sql: `string_agg(${value}, ${quoteLiteral(separator)} ORDER BY __seq)`, type: textType };
    default:
      return null;
  }
}

interface CrossTab {
  readonly groups: readonly Field[];
  readonly header: Field;
  readonly data: Field;
  readonly methods: readonly string[];
}

function settingsOf({ config }: Tool, input: Stream): CrossTab | string {
  const groups = all(at(config, 'GroupFields'), 'Field').flatMap(
    (entry) => fieldOf(input, attribute(entry, 'field')) ?? [],
  );
  const header = fieldOf(input, attribute(at(config, 'HeaderField'), 'field'));
  const data = fieldOf(input, attribute(at(config, 'DataField'), 'field'));
  const methods = all(at(config, 'Methods'), 'Method').map((one) => attribute(one, 'method'));
  if (header === null || data === null) return 'The header or data field of the Cross Tab is not known';
  return { groups, header, data, methods: methods.length === 0 ? ['Sum'] : methods };
}

/** The aggregate over the data field; null where the method is not known. */
function valueOf(data: Field, method: string, separator: string, draft: Draft): ReturnType<typeof aggregate> {
  const source = { sql: fieldSql(data), kind: data.type.kind, size: data.type.size };
  if (method === 'Concat') return aggregate(method, castTo(source, textType, draft), separator, data.type);
  const summed = (method === 'Sum' || method === 'Avg') && data.type.kind === 'string';
  return summed
    ? aggregate(method, castTo(source, double, draft), separator, double)
    : aggregate(method, source.sql, separator, data.type);
}

/** The name that the tool gives a field made of a header's value: what is no letter or digit becomes `_`. */
function headerName(header: Field, draft: Draft): string {
  const source = { sql: fieldSql(header), kind: header.type.kind, size: header.type.size };
  return String.raw`regexp_replace(${castTo(source, textType, draft)}, '[^\p{L}\p{N}_]', '_', 'g')`;
}

interface Made {
  readonly name: string;
  readonly type: FieldType;
  readonly sql: string;
}

/** A field is named by the header's value, `METHOD_` before it for some methods and where there are several. */
function madeOf(tool: Tool, cross: CrossTab, columns: readonly Field[]): readonly Made[] | string {
  const { header, data, methods } = cross;
  const named = headerName(header, tool.draft);
  const values = methods.map((method) => ({
    method,
    value: valueOf(data, method, setting(tool.config, 'Methods', 'Separator'), tool.draft),
  }));
  const made: Made[] = [];
  for (const { name } of columns) {
    const prefixed = values.find(({ method }) => name.startsWith(`${method}_`));
    const { method, value } = prefixed ?? values[0] ?? { method: '', value: null };
    if (value === null) return `The method ${method} of the Cross Tab is not converted`;
    if (prefixed === undefined && values.length > 1) return `Which method makes the field ${name} is not known`;
    const headers = [name, ...(prefixed === undefined ? [] : [name.slice(method.length + 1)])];
    const texts = headers.map((one) => quoteLiteral(one.replaceAll(/[^\p{L}\p{N}_]/gu, '_')));
    made.push({ name, type: value.type, sql: `${value.sql} FILTER (WHERE ${named} IN (${texts.join(', ')}))` });
  }
  return made;
}

/** Cross Tab: a field for each value of the header field, as far as the workflow or later tools name them. */
export const crossTabRule: Rule = {
  types: ['CrossTab'],
  readsOrder: (config) => all(at(config, 'Methods'), 'Method').some((one) => ordered.has(attribute(one, 'method'))),
  convert(tool) {
    const { draft, context } = tool;
    const input = draft.input();
    const cross = settingsOf(tool, input);
    if (typeof cross === 'string') return unsupportedResult(tool, cross);
    const { groups, header, data, methods } = cross;
    const remembered = context.remembered('Output');
    const opened = remembered === null ? context.open('Output', groups) : { fields: remembered, ask: null };
    const columns = opened.fields.filter((field) => !groups.some((group) => sameName(group.name, field.name)));
    const made = madeOf(tool, cross, columns);
    if (typeof made === 'string') return unsupportedResult(tool, made);
    draft.doubt(
      remembered === null
        ? 'Only the fields that later tools name are made; others depend on the data'
        : 'The fields are those of the last run in the source tool; new values of the header need new fields',
      0.86,
    );
    const result: readonly Field[] = distinctNames([...groups, ...made.map(({ name, type }) => ({ name, type }))]);
    const keys = groups.map((group) => fieldSql(group));
    const items = result.map((field, index) => {
      const group = groups[index];
      return {
        name: field.name,
        sql: group === undefined ? (made[index - groups.length]?.sql ?? 'NULL') : fieldSql(group),
      };
    });
    const order =
      keys.length === 0 ? '1' : `row_number() OVER (ORDER BY ${keys.map((key) => `${key} NULLS FIRST`).join(', ')})`;
    const node = draft.node({
      operator: 'pivot',
      config: {
        group_by: groups.map((one) => one.name),
        header: header.name,
        data: data.name,
        method: methods.join(', '),
      },
      columns: result.map((field, index) => {
        const group = groups[index];
        return group === undefined
          ? {
              name: field.name,
              type: field.type.sqlType,
              expression: items[index]?.sql ?? '',
              from: [lineageOf(input, data)],
            }
          : passed(input, group);
      }),
      sql: printSelect({
        items: [...items, ...draft.seq(order)],
        from: relationOf(input),
        groupBy: keys,
        ...(keys.length === 0 ? { having: 'count(*) > 0' } : {}),
      }),
    });
    return single(node, { fields: result, ask: opened.ask });
  },
};
