import { all, at, attribute, isOn, setting } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import type { Draft } from '../convert/draft.ts';
import { single, type Rule, type Tool } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { distinctNames, fieldOf, fieldSql, passed, relationOf, type Field, type Stream } from '../convert/stream.ts';
import { textType } from '../field-type.ts';
import { unsupportedResult } from './unsupported.ts';

/** What is looked for where, and what is put in its place; `by` is null where fields are appended instead. */
interface Search {
  readonly mode: string;
  /** Whether only whole words are found. */
  readonly words: boolean;
  readonly target: Stream;
  readonly source: Stream;
  readonly find: Field;
  readonly search: Field;
  readonly by: Field | null;
  readonly appended: readonly Field[];
}

function searchOf({ config, draft }: Tool): Search | string {
  const [target, source] = [draft.input('Targets', 'Target'), draft.input('Source')];
  const find = fieldOf(target, setting(config, 'FieldFind'));
  if (find === null) return `The field ${setting(config, 'FieldFind')} is not there`;
  const search = fieldOf(source, setting(config, 'FieldSearch'));
  if (search === null) return `The field ${setting(config, 'FieldSearch')} is not there`;
  const mode = setting(config, 'FindMode');
  const words = mode !== 'FindWhole' && isOn(config, 'MatchWholeWord');
  const found = { mode, words, target, source, find, search };
  if (setting(config, 'ReplaceMode') === 'Append') {
    const entries = all(at(config, 'ReplaceAppendFields'), 'Field');
    return { ...found, by: null, appended: entries.flatMap((one) => fieldOf(source, attribute(one, 'field')) ?? []) };
  }
  const by = fieldOf(source, setting(config, 'ReplaceFoundField'));
  return by === null
    ? `The field ${setting(config, 'ReplaceFoundField')} is not there`
    : { ...found, by, appended: [] };
}

function textSql(field: Field, alias: string, draft: Draft): string {
  return castTo({ sql: fieldSql(field, alias), kind: field.type.kind, size: field.type.size }, textType, draft);
}

/** A pattern of the text as a word of its own. */
const wordPattern = (part: string): string => String.raw`'\b' || regexp_escape(${part}) || '\b'`;

/** Condition under which an entry `s` of the list is found in the record `t`. */
function foundSql({ mode, words, find, search }: Search, fold: boolean, draft: Draft): string {
  if (words) {
    const pattern = wordPattern(textSql(search, 's', draft));
    return `regexp_matches(${textSql(find, 't', draft)}, ${mode === 'FindBegin' ? `'^' || ${pattern}` : pattern}, ${fold ? "'i'" : "'c'"})`;
  }
  const [a, b] = [textSql(find, 't', draft), textSql(search, 's', draft)].map((sql) => (fold ? `lower(${sql})` : sql));
  if (mode === 'FindWhole') return `${a} = ${b}`;
  return mode === 'FindBegin' ? `starts_with(${a}, ${b})` : `contains(${a}, ${b})`;
}

/** Every hit of a pattern replaced by a text, whose backslashes mean themselves. */
function replacedPattern(whole: string, pattern: string, by: string, fold: boolean): string {
  return `regexp_replace(${whole}, ${pattern}, replace(${by}, '\\', '\\\\'), ${fold ? "'gi'" : "'g'"})`;
}

/** The text with what was found in it replaced. */
function replacedSql({ mode, words, find, search, by }: Search, fold: boolean, draft: Draft): string {
  const replacement = by === null ? 'NULL' : textSql(by, 's', draft);
  if (mode === 'FindWhole') return replacement;
  const [whole, part] = [textSql(find, 't', draft), textSql(search, 's', draft)];
  if (mode === 'FindBegin') return `${replacement} || substr(${whole}, length(${part}) + 1)`;
  return fold || words
    ? replacedPattern(whole, words ? wordPattern(part) : `regexp_escape(${part})`, replacement, fold)
    : `replace(${whole}, ${part}, ${replacement})`;
}

/** The text after every entry of the list, one after the other, replaced what it names. */
function replacedByAll(found: Search, fold: boolean, draft: Draft): string {
  const { source, words, find, search, by } = found;
  const whole = textSql(find, 't', draft);
  const entry = by === null ? 'NULL' : `coalesce(${textSql(by, 's', draft)}, '')`;
  const entries = `(SELECT list({'find': ${textSql(search, 's', draft)}, 'by': ${entry}} ORDER BY s.__seq) FROM ${relationOf(source)} AS s WHERE ${textSql(search, 's', draft)} <> '')`;
  const pattern = words ? wordPattern('entry.find') : 'regexp_escape(entry.find)';
  const replaced =
    fold || words ? replacedPattern('whole.by', pattern, 'entry.by', fold) : 'replace(whole.by, entry.find, entry.by)';
  return `list_reduce(list_prepend({'find': CAST(NULL AS VARCHAR), 'by': ${whole}}, ${entries}), lambda whole, entry: {'find': CAST(NULL AS VARCHAR), 'by': ${replaced}}).by`;
}

/** Replaces every hit of every entry: no record of the list is joined. */
function replaceAll(tool: Tool, found: Search): ReturnType<Rule['convert']> {
  const { config, draft } = tool;
  const { target, find, search } = found;
  draft.doubt(
    'Entries are replaced one after the other in the order of the list: what an entry puts in can be found by a later one',
    0.86,
  );
  const sql = replacedByAll(found, isOn(config, 'NoCase'), draft);
  const fields = target.fields.map((field) => (field === find ? { name: field.name, type: textType } : field));
  const node = draft.node({
    operator: 'lookup',
    config: { find: find.name, in: search.name, mode: 'every part' },
    columns: target.fields.map((field) => ({
      ...passed(target, field),
      ...(field === find ? { type: textType.sqlType, expression: sql } : {}),
    })),
    sql: printSelect({
      items: [
        ...target.fields.map((field) => ({
          name: field.name,
          sql: field === find ? sql : `t.${columnName(field.name)}`,
        })),
        ...draft.seq('t.__seq'),
      ],
      from: `${relationOf(target)} AS t`,
    }),
  });
  return single(node, { fields, ask: target.ask });
}

/** Find Replace: text found in a list is replaced by, or gets beside it, what the list says. The first hit counts, or all. */
export const findReplaceRule: Rule = {
  types: ['FindReplace'],
  readsOrder: () => true,
  convert(tool) {
    const { config, draft } = tool;
    const found = searchOf(tool);
    if (typeof found === 'string') return unsupportedResult(tool, found);
    const { mode, target, source, find, search, by, appended } = found;
    if (mode === 'FindAny' && by !== null && isOn(config, 'ReplaceMultipleFound')) return replaceAll(tool, found);
    const fields = distinctNames([
      ...target.fields.map((field) => ({
        name: field.name,
        // What is put in may be longer than the field was.
        type: field === find && by !== null ? textType : field.type,
        own: field,
        alias: 't',
      })),
      ...appended.map((field) => ({ ...field, own: field, alias: 's' })),
    ]);
    const fold = isOn(config, 'NoCase');
    const items = fields.map((field) => ({
      name: field.name,
      sql:
        field.own === find && by !== null
          ? `CASE WHEN s.__seq IS NULL THEN ${textSql(find, 't', draft)} ELSE ${replacedSql(found, fold, draft)} END`
          : `${field.alias}.${columnName(field.own.name)}`,
    }));
    const on = foundSql(found, fold, draft);
    const node = draft.node({
      operator: 'lookup',
      config: { find: find.name, in: search.name, mode },
      columns: fields.map((field) => ({
        ...passed(field.alias === 't' ? target : source, field.own, field.name),
        type: field.type.sqlType,
      })),
      sql: printSelect({
        items: [...items, ...draft.seq('t.__seq')],
        from: `${relationOf(target)} AS t\n  LEFT JOIN ${relationOf(source)} AS s ON ${on}`,
        qualify: 'row_number() OVER (PARTITION BY t.__seq ORDER BY s.__seq) = 1',
      }),
    });
    return single(node, { fields: fields.map(({ name, type }) => ({ name, type })), ask: target.ask });
  },
};
