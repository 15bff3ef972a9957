import { quoteLiteral } from '../../../core/text.ts';
import { at, attribute, setting } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { distinctNames, fieldOf, fieldSql, passed, relationOf } from '../convert/stream.ts';
import { textType } from '../field-type.ts';

/** `\n`, `\t`, `\s` and plain characters as the inside of a character class. */
function delimiterClass(written: string): string {
  return written.replaceAll(/\\([ntrs])|([\]\[\\^-])/g, (whole, known?: string) =>
    known === undefined ? `\\${whole}` : known === 's' ? ' ' : `\\${known}`,
  );
}

/** Text to Columns: text split at any of the delimiters, into fields or records. */
export const textToColumnsRule: Rule = {
  types: ['TextToColumns'],
  convert({ config, draft }) {
    const input = draft.input();
    const name = setting(config, 'Field');
    const field = fieldOf(input, name);
    if (field === null) draft.doubt(`The field ${name} is not there`, 0.3, 'error');
    const text =
      field === null
        ? 'CAST(NULL AS VARCHAR)'
        : castTo({ sql: fieldSql(field), kind: field.type.kind, size: field.type.size }, textType, draft);
    const flags = Number.parseInt(setting(config, 'Flags'), 10) || 0;
    if ((flags & 15) !== 0) draft.doubt('Delimiters inside quotes or brackets also split the text here', 0.7);
    const delimiters = quoteLiteral(`[${delimiterClass(setting(config, 'Delimeters'))}]`);
    const split = `regexp_split_to_array(${text}, ${delimiters})`;
    const parts = (flags & 16) === 0 ? split : `list_filter(${split}, lambda part: part <> '')`;
    const number = Math.min(500, Math.max(1, Number.parseInt(setting(config, 'NumFields'), 10) || 1));
    const byRows =
      attribute(at(config, 'Mode'), 'value') === 'Rows' ||
      (at(config, 'Mode').name === '' && setting(config, 'RootName') === '');
    if (byRows) {
      const node = draft.node({
        operator: 'normalizer',
        columns: input.fields.map((one) =>
          one === field ? { name: one.name, type: 'VARCHAR', expression: parts } : passed(input, one),
        ),
        sql: printSelect({
          items: [
            ...input.fields.map((one) => ({
              name: one.name,
              sql: one === field ? 'parts.part' : columnName(one.name),
            })),
            ...draft.seq('row_number() OVER (ORDER BY s.__seq, parts.place)'),
          ],
          from: `${relationOf(input)} AS s, unnest(coalesce(${parts}, [NULL])) WITH ORDINALITY AS parts(part, place)`,
        }),
      });
      return single(node, {
        fields: input.fields.map((one) => (one === field ? { name: one.name, type: textType } : one)),
        ask: input.ask,
      });
    }
    const extra = setting(config, 'ErrorHandling');
    if (extra === 'Last') draft.note('What is left over stays in the last field');
    const root = setting(config, 'RootName') || name;
    const made = Array.from({ length: number }, (_none, index) => {
      const rest = extra === 'Last' && index === number - 1;
      const before =
        index === 0
          ? ''
          : `(?:[^${delimiterClass(setting(config, 'Delimeters'))}]*${delimiters.slice(1, -1)}){${index}}`;
      const sql = rest
        ? `CASE WHEN len(${parts}) >= ${number} THEN regexp_replace(${text}, '^${before}', '') END`
        : `${parts}[${index + 1}]`;
      return { name: `${root}${index + 1}`, type: textType, sql };
    });
    const fields = distinctNames([...input.fields.map((one) => ({ ...one, sql: columnName(one.name) })), ...made]);
    const node = draft.node({
      operator: 'sql_expression',
      columns: fields.map((one, index) => {
        const own = input.fields[index];
        return own === undefined ? { name: one.name, type: 'VARCHAR', expression: one.sql } : passed(input, own);
      }),
      sql: printSelect({
        items: [...fields.map((one) => ({ name: one.name, sql: one.sql })), ...draft.seq()],
        from: relationOf(input),
      }),
    });
    return single(node, { fields: fields.map((one) => ({ name: one.name, type: one.type })), ask: input.ask });
  },
};
