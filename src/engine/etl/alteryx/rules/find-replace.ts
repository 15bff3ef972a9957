import { all, at, attribute, isOn, setting } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { distinctNames, fieldOf, fieldSql, passed, relationOf, type Field } from '../convert/stream.ts';
import { textType } from '../field-type.ts';
import { unsupportedResult } from './unsupported.ts';

/** Find Replace: text found in a list is replaced by, or gets beside it, what the list says. The first hit of the list counts. */
export const findReplaceRule: Rule = {
  types: ['FindReplace'],
  readsOrder: () => true,
  convert(tool) {
    const { config, draft } = tool;
    const [target, source] = [draft.input('Targets', 'Target'), draft.input('Source')];
    const find = fieldOf(target, setting(config, 'FieldFind'));
    const search = fieldOf(source, setting(config, 'FieldSearch'));
    if (find === null || search === null)
      return unsupportedResult(
        tool,
        `The field ${setting(config, find === null ? 'FieldFind' : 'FieldSearch')} is not there`,
      );
    const replacing = setting(config, 'ReplaceMode') !== 'Append';
    const mode = setting(config, 'FindMode');
    if (replacing && mode === 'FindAny' && isOn(config, 'ReplaceMultipleFound'))
      return unsupportedResult(tool, 'Every part that the list names is replaced, one entry after the other');
    if (isOn(config, 'MatchWholeWord') && mode !== 'FindWhole')
      draft.doubt('Whole words only: parts of words also match here', 0.6);
    const fold = isOn(config, 'NoCase') ? (sql: string): string => `lower(${sql})` : (sql: string): string => sql;
    const text = (field: Field, alias: string): string =>
      castTo({ sql: fieldSql(field, alias), kind: field.type.kind, size: field.type.size }, textType, draft);
    const [a, b] = [fold(text(find, 't')), fold(text(search, 's'))];
    const on =
      mode === 'FindWhole' ? `${a} = ${b}` : mode === 'FindBegin' ? `starts_with(${a}, ${b})` : `contains(${a}, ${b})`;
    const by = replacing ? fieldOf(source, setting(config, 'ReplaceFoundField')) : null;
    if (replacing && by === null)
      return unsupportedResult(tool, `The field ${setting(config, 'ReplaceFoundField')} is not there`);
    const appended = replacing
      ? []
      : all(at(config, 'ReplaceAppendFields'), 'Field').flatMap(
          (entry) => fieldOf(source, attribute(entry, 'field')) ?? [],
        );
    const replacement = by === null ? '' : text(by, 's');
    const replaced =
      mode === 'FindWhole'
        ? replacement
        : mode === 'FindBegin'
          ? `${replacement} || substr(${text(find, 't')}, length(${b}) + 1)`
          : `replace(${text(find, 't')}, ${text(search, 's')}, ${replacement})`;
    const fields = distinctNames([
      ...target.fields.map((field) => ({ ...field, own: field, alias: 't' })),
      ...appended.map((field) => ({ ...field, own: field, alias: 's' })),
    ]);
    const items = fields.map((field) => ({
      name: field.name,
      sql:
        field.own === find && replacing
          ? `CASE WHEN s.__seq IS NULL THEN ${fieldSql(find, 't')} ELSE ${castTo({ sql: replaced, kind: 'string' }, find.type, draft)} END`
          : `${field.alias}.${columnName(field.own.name)}`,
    }));
    const node = draft.node({
      operator: 'lookup',
      config: { find: find.name, in: search.name, mode },
      columns: fields.map((field) => passed(field.alias === 't' ? target : source, field.own, field.name)),
      sql: printSelect({
        items: [...items, ...draft.seq('t.__seq')],
        from: `${relationOf(target)} AS t\n  LEFT JOIN ${relationOf(source)} AS s ON ${on}`,
        qualify: 'row_number() OVER (PARTITION BY t.__seq ORDER BY s.__seq) = 1',
      }),
    });
    return single(node, { fields: fields.map(({ name, type }) => ({ name, type })), ask: target.ask });
  },
};
