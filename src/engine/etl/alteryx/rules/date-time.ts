import { quoteLiteral } from '../../../core/text.ts';
import { toStrftime } from '../../../expr/alteryx/functions/date-format.ts';
import { isOn, setting } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { unsupportedResult } from './unsupported.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { distinctNames, fieldOf, fieldSql, lineageOf, passed, relationOf } from '../convert/stream.ts';
import { fieldType, textType } from '../field-type.ts';

const words: readonly (readonly [string, string])[] = [
  ['yyyy', '%Y'],
  ['Month', '%B'],
  ['Mon', '%b'],
  ['day', '%A'],
  ['dy', '%a'],
  ['yy', '%y'],
  ['MM', '%m'],
  ['dd', '%d'],
  ['HH', '%H'],
  ['hh', '%H'],
  ['mm', '%M'],
  ['ss', '%S'],
  ['d', '%-d'],
  ['M', '%-m'],
  ['H', '%-H'],
];

/** `dd/MM/yyyy hh:mm:ss` of the tool's list as the specifiers of DuckDB. */
export function fromToolFormat(format: string): string {
  if (format.includes('%')) return toStrftime(format).format;
  let out = '';
  for (let at = 0; at < format.length;) {
    const word = words.find(([text]) => format.startsWith(text, at));
    out += word?.[1] ?? format[at] ?? '';
    at += word?.[0].length ?? 1;
  }
  return out;
}

/** Date Time: text to a date, or a date to text. */
export const dateTimeRule: Rule = {
  types: ['DateTime'],
  convert(tool) {
    const { config, draft } = tool;
    const language = setting(config, 'Language');
    if (
      /%[aAbBp]/.test(fromToolFormat(setting(config, 'Format'))) &&
      !/^(?:|english.*|en|automatic.*)$/i.test(language)
    )
      return unsupportedResult(
        tool,
        `It reads or writes names of months and days in ${language}, which DuckDB has in English only`,
      );
    const input = draft.input();
    const name = setting(config, 'InputFieldName');
    const field = fieldOf(input, name);
    if (field === null) draft.doubt(`The field ${name} is not there`, 0.3, 'error');
    const source = field === null ? 'CAST(NULL AS VARCHAR)' : fieldSql(field);
    const written = setting(config, 'Format');
    const format = quoteLiteral(fromToolFormat(written));
    if (/[/-]{2}|-\//.test(written))
      draft.doubt(`The format ${written} names signs that may be there; they are taken as they are`, 0.7);
    const toText = isOn(config, 'IsFrom');
    const kind = field?.type.kind ?? 'string';
    const type = toText ? textType : fieldType('DateTime', null);
    const sql = toText
      ? `strftime(${kind === 'date' || kind === 'datetime' ? source : `TRY_CAST(${source} AS TIMESTAMP)`}, ${format})`
      : `try_strptime(${castTo({ sql: source, kind }, textType, draft)}, ${format})`;
    draft.note('Text that is no date in the format gives NULL');
    const fields = distinctNames([
      ...input.fields.map((one) => ({ ...one, sql: columnName(one.name) })),
      { name: setting(config, 'OutputFieldName') || 'DateTime_Out', type, sql },
    ]);
    const node = draft.node({
      operator: 'sql_expression',
      columns: fields.map((one, index) => {
        const own = input.fields[index];
        return own === undefined
          ? {
              name: one.name,
              type: type.sqlType,
              expression: sql,
              ...(field === null ? {} : { from: [lineageOf(input, field)] }),
            }
          : passed(input, own);
      }),
      sql: printSelect({
        items: [...fields.map((one) => ({ name: one.name, sql: one.sql })), ...draft.seq()],
        from: relationOf(input),
      }),
    });
    return single(node, { fields: fields.map((one) => ({ name: one.name, type: one.type })), ask: input.ask });
  },
};
