/** Tools whose fields are chosen by rules or by the data; where by the data, with those of the last run. */
import { all, at, attribute, setting, type Config } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { fieldFormula } from '../convert/field-formula.ts';
import { single, type Rule, type Tool } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { distinctNames, fieldOf, passed, relationOf, sameName, type Field, type Stream } from '../convert/stream.ts';
import { textType } from '../field-type.ts';
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

/** Fields that the tool renames: those listed and not left out, and any other where the list says so. */
function renames(config: Config): (name: string) => boolean {
  const listed = new Map(
    all(at(config, 'Fields'), 'Field').map((one) => [
      attribute(one, 'name').toLowerCase(),
      attribute(one, 'selected') !== 'False',
    ]),
  );
  return (name) => listed.get(name.toLowerCase()) ?? listed.get('*unknown') ?? false;
}

/** A new name for a field, its place among those to be renamed; undefined where only the run tells it. */
type Renaming = (field: Field, place: number) => unknown;

/** Names with something put before or after them, or taken away there. */
function affixed(config: Config, adds: boolean): Renaming | null {
  const settings = at(config, adds ? 'AddPrefixSuffix' : 'RemovePrefixSuffix');
  const text = setting(settings, 'Text');
  const type = setting(settings, 'Type');
  if (text === '' || !/^(?:Prefix|Suffix)$/.test(type)) return null;
  const before = type === 'Prefix';
  if (adds) return ({ name }) => (before ? text + name : name + text);
  return ({ name }) => {
    const found = before ? name.startsWith(text) : name.endsWith(text);
    return !found ? name : before ? name.slice(text.length) : name.slice(0, -text.length);
  };
}

/** Names that the right input lists in its records: for the old ones, or by their place. */
function listedNames(config: Config, right: Stream): Renaming | null {
  const settings = at(config, 'NamesFromRows');
  const column = (name: string): number =>
    right.fields.findIndex((field) => sameName(field.name, setting(settings, name)));
  const [from, to] = [column('OldName'), column('NewName')];
  if (right.cells === undefined || to === -1) return null;
  if (setting(settings, 'InputMode') !== 'Mapped') return ({ name }, place) => right.cells?.[place]?.[to] ?? name;
  const names = new Map(right.cells.map((row) => [(row[from] ?? '').toLowerCase(), row[to] ?? '']));
  return from === -1 ? null : ({ name }) => names.get(name.toLowerCase()) ?? name;
}

/** How the tool names fields, where that is known before it runs. */
function renamingOf({ config, draft }: Tool): Renaming | null {
  const mode = setting(config, 'RenameMode');
  if (mode === 'Formula') return fieldFormula(setting(config, 'Expression'));
  if (mode === 'Add' || mode === 'Remove') return affixed(config, mode === 'Add');
  const right = draft.inbound('Source', 'Right')[0]?.stream;
  if (right === undefined) return null;
  if (mode === 'RightInputRows') return listedNames(config, right);
  return mode === 'RightInputMetadata' && right.ask === null
    ? ({ name }, place) => right.fields[place]?.name ?? name
    : null;
}

/** The fields with their new names; a reason where one of them is not known. */
function renamed({ config, draft }: Tool, input: Stream, renaming: Renaming): readonly Field[] | string {
  const chosen = renames(config);
  const named: Field[] = [];
  let place = 0;
  for (const field of input.fields) {
    const name = chosen(field.name) ? renaming(field, place++) : field.name;
    if (typeof name !== 'string') return 'Dynamic Rename gives no text that is known before it runs';
    named.push({ name: name === '' ? field.name : name, type: field.type });
  }
  if (input.ask !== null) draft.doubt('The fields are those that the tool lists; others keep out of the result', 0.86);
  return distinctNames(named);
}

/** Dynamic Rename: new names by a formula, affixes or a list of the workflow, else as the last run gave them. */
export const dynamicRenameRule: Rule = {
  types: ['DynamicRename'],
  readsOrder: (config) => setting(config, 'RenameMode') === 'FirstRow',
  convert(tool) {
    const { draft, context, config } = tool;
    const remembered = context.remembered('Output');
    const mode = setting(config, 'RenameMode');
    const [first] = draft.inbound('Targets', 'Input', 'Left');
    for (const entry of all(at(config, 'Fields'), 'Field'))
      if (first !== undefined) fieldOf(first.stream, attribute(entry, 'name'));
    const renaming = first === undefined ? null : renamingOf(tool);
    if (renaming !== null && first !== undefined) {
      const named = renamed(tool, first.stream, renaming);
      if (typeof named === 'string') return unsupportedResult(tool, named);
      const input = draft.input('Targets', 'Input', 'Left');
      const pairs = named.flatMap((to, index) => {
        const from = input.fields[index];
        return from === undefined ? [] : [{ from, to }];
      });
      return selected(tool, input, pairs);
    }
    const fields = first?.stream.fields ?? [];
    if (remembered === null || remembered.length !== fields.length)
      return unsupportedResult(tool, `The new names of Dynamic Rename (${mode}) are known only when it runs`);
    const input = draft.input('Targets', 'Input', 'Left');
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

/** Whether Dynamic Select keeps a field; null where only the run tells. */
function chosenBy(config: Config): ((field: Field) => boolean | null) | null {
  const written = setting(config, 'FieldTypes').split(',');
  const listed = all(at(config, 'FieldTypes'), 'FieldType').map((one) => attribute(one, 'type') || one.text);
  const types = new Set([...written, ...listed].map((one) => one.trim()).filter((one) => one !== ''));
  if (setting(config, 'Mode') === 'Formula') {
    const formula = fieldFormula(setting(config, 'Expression'));
    return (field) => {
      const value = formula(field);
      return value === null ? false : typeof value === 'boolean' ? value : null;
    };
  }
  return types.size === 0 ? null : (field) => types.has(field.type.name);
}

/** Fields that the last run chose. */
function chosenLast(tool: Tool, remembered: readonly Field[]): ReturnType<Rule['convert']> {
  const { draft } = tool;
  const input = draft.input();
  for (const field of remembered) fieldOf(input, field.name);
  const kept = input.fields.filter((field) => remembered.some((one) => sameName(one.name, field.name)));
  draft.doubt('The fields are those of the last run in the source tool', 0.86);
  return selected(
    tool,
    input,
    kept.map((from) => ({ from, to: from })),
  );
}

/** Dynamic Select: fields by type, or by a formula over what is known of them. */
export const dynamicSelectRule: Rule = {
  types: ['DynamicSelect'],
  convert(tool) {
    const { draft, context, config } = tool;
    const stream = draft.inbound()[0]?.stream;
    const chooses = chosenBy(config);
    const decided = (stream?.fields ?? []).map((field) => ({ field, kept: chooses?.(field) ?? null }));
    const remembered = context.remembered('Output');
    if (stream === undefined || chooses === null || decided.some((one) => one.kept === null))
      return remembered === null
        ? unsupportedResult(tool, 'Which fields Dynamic Select keeps is known only when it runs')
        : chosenLast(tool, remembered);
    if (stream.ask !== null && remembered !== null) return chosenLast(tool, remembered);
    const input = draft.input();
    const kept = decided.filter((one) => one.kept === true).map((one) => one.field);
    const ask = input.ask;
    if (ask !== null)
      draft.doubt('The workflow does not list the fields: those that later tools name are chosen among, as text', 0.86);
    return selected(
      tool,
      input,
      kept.map((from) => ({ from, to: from })),
      { ask: ask === null ? null : (name) => (chooses({ name, type: textType }) === true ? ask(name) : undefined) },
    );
  },
};
