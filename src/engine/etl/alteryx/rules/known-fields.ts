/** Tools whose fields depend on the data: converted with the fields that the workflow remembers from its last run. */
import { all, at, attribute, setting } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule, type Tool } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { distinctNames, passed, relationOf, sameName, type Field, type Stream } from '../convert/stream.ts';
import { unsupportedResult } from './unsupported.ts';

function selected(
  { draft }: Tool,
  input: Stream,
  fields: readonly { readonly from: Field; readonly to: Field }[],
  { ask = null, qualify }: { readonly ask?: Stream['ask']; readonly qualify?: string } = {},
): ReturnType<Rule['convert']> {
  const items = fields.map(({ from, to }) => {
    const sql = columnName(from.name);
    return {
      name: to.name,
      sql:
        from.type.kind === to.type.kind
          ? sql
          : castTo({ sql, kind: from.type.kind, size: from.type.size }, to.type, draft),
    };
  });
  const node = draft.node({
    operator: 'sql_expression',
    columns: fields.map(({ from, to }) => ({ ...passed(input, from, to.name), type: to.type.sqlType })),
    sql: printSelect({
      items: [...items, ...draft.seq()],
      from: relationOf(input),
      ...(qualify === undefined ? {} : { qualify }),
    }),
  });
  return single(node, { fields: fields.map((one) => one.to), ask });
}

/** Auto Field: the smallest type that holds the values; the values stay what they are. */
export const autoFieldRule: Rule = {
  types: ['AutoField'],
  convert(tool) {
    const { draft, context, config } = tool;
    const input = draft.input();
    const known = new Map((context.remembered('Output') ?? []).map((field) => [field.name.toLowerCase(), field]));
    for (const entry of all(at(config, 'Fields'), 'Field')) {
      const name = attribute(entry, 'field');
      if (!name.startsWith('*') && !input.fields.some((field) => sameName(field.name, name))) input.ask?.(name);
    }
    draft.doubt(
      known.size === 0
        ? 'The types that Auto Field would choose depend on the data; the types stay as they are'
        : 'The types are those that Auto Field chose in the last run',
      0.86,
    );
    return selected(
      tool,
      input,
      input.fields.map((from) => ({
        from,
        to: { name: from.name, type: known.get(from.name.toLowerCase())?.type ?? from.type },
      })),
      { ask: input.ask },
    );
  },
};

/** Dynamic Rename: new names from data, a list or a formula, as the last run gave them. */
export const dynamicRenameRule: Rule = {
  types: ['DynamicRename'],
  readsOrder: (config) => setting(config, 'RenameMode') === 'FirstRow',
  convert(tool) {
    const { draft, context, config } = tool;
    const remembered = context.remembered('Output');
    const mode = setting(config, 'RenameMode');
    const [first] = draft.inbound('Input', 'Left');
    const fields = first?.stream.fields ?? [];
    if (remembered === null || remembered.length !== fields.length)
      return unsupportedResult(tool, `The new names of Dynamic Rename (${mode}) are known only when it runs`);
    const input = draft.input('Input', 'Left');
    draft.doubt('The names are those of the last run in the source tool', 0.86);
    const pairs = fields.map((from, index) => ({
      from,
      to: { name: remembered[index]?.name ?? from.name, type: from.type },
    }));
    return selected(
      tool,
      input,
      pairs,
      mode === 'FirstRow' ? { qualify: 'row_number() OVER (ORDER BY __seq) > 1' } : {},
    );
  },
};

/** Dynamic Select: fields by type, or by a formula over their names as the last run chose them. */
export const dynamicSelectRule: Rule = {
  types: ['DynamicSelect'],
  convert(tool) {
    const { draft, context, config } = tool;
    const remembered = context.remembered('Output');
    const types = new Set(
      all(at(config, 'FieldTypes'), 'FieldType').map((one) => attribute(one, 'type') || one.text.trim()),
    );
    if (remembered === null && types.size === 0)
      return unsupportedResult(tool, 'Which fields Dynamic Select keeps is known only when it runs');
    const input = draft.input();
    if (remembered !== null)
      for (const field of remembered)
        if (!input.fields.some((one) => sameName(one.name, field.name))) input.ask?.(field.name);
    const chosen = input.fields.filter((field) =>
      remembered === null ? types.has(field.type.name) : remembered.some((one) => sameName(one.name, field.name)),
    );
    draft.doubt('The fields are those of the last run in the source tool', 0.86);
    return selected(
      tool,
      input,
      distinctNames(chosen).map((from) => ({ from, to: from })),
    );
  },
};
