import { quoteLiteral } from '../../../core/text.ts';
import { isOn, setting } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule, type Tool } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { fieldOf, fieldSql, passed, relationOf, type Field } from '../convert/stream.ts';
import { learnType } from '../convert/types-by-use.ts';
import { fieldType, textType } from '../field-type.ts';
import { reporting } from './palette-reasons.ts';
import { unsupportedResult } from './unsupported.ts';

const utf8 = '65001';
const blobType = fieldType('Blob', null);

/** The bytes of text, and the text of bytes; null where DuckDB has no such function. */
function toBlob(mode: string, codePage: string, text: string): string | null {
  if (mode === 'Text') return codePage === utf8 ? `encode(${text})` : null;
  if (mode === 'Base64') return `from_base64(${text})`;
  return mode === 'Hex' ? `unhex(${text})` : null;
}

function fromBlob(mode: string, codePage: string, bytes: string): string | null {
  if (mode === 'Text') return codePage === utf8 ? `decode(${bytes})` : null;
  if (mode === 'Base64') return `to_base64(${bytes})`;
  return mode === 'Hex' ? `hex(${bytes})` : null;
}

/** The field after its conversion; a reason where there is none. */
function converted({ config, draft }: Tool, field: Field): { readonly sql: string; readonly to: Field } | string {
  const making = isOn(config, 'ToBlob');
  const mode = setting(config, making ? 'to_Mode' : 'from_Mode');
  const codePage = setting(config, making ? 'to_textCodePage' : 'from_textCodePage');
  if (mode === 'ReportSnippet') return `${reporting}: it turns an image into a part of a report`;
  const source = { sql: fieldSql(field), kind: field.type.kind, size: field.type.size };
  const sql = making
    ? toBlob(mode, codePage, castTo(source, textType, draft))
    : fromBlob(mode, codePage, field.type.kind === 'blob' ? source.sql : `encode(${castTo(source, textType, draft)})`);
  if (sql === null)
    return `Blob Convert as ${mode}${codePage === '' ? '' : `, code page ${quoteLiteral(codePage)},`} is not converted`;
  if (field.type.kind !== 'blob' && !making)
    draft.doubt(`The field ${field.name} is not known to be a blob; its text is taken as UTF-8`, 0.7);
  return { sql, to: { name: field.name, type: making ? blobType : textType } };
}

/** Blob Convert: bytes as text, Base64 or hexadecimal digits, and back, in the place of the field. */
export const blobConvertRule: Rule = {
  types: ['BlobConvert'],
  convert(tool) {
    const { config, draft } = tool;
    const input = draft.input();
    const name = setting(config, isOn(config, 'ToBlob') ? 'to_Field' : 'from_Field');
    const field = fieldOf(input, name);
    if (field === null) return unsupportedResult(tool, `The field ${name} is not there`);
    if (!isOn(config, 'ToBlob')) learnType(input, name, blobType);
    const made = converted(tool, field);
    if (typeof made === 'string') return unsupportedResult(tool, made);
    const node = draft.node({
      operator: 'sql_expression',
      columns: input.fields.map((one) => ({
        ...passed(input, one),
        ...(one === field ? { type: made.to.type.sqlType, expression: made.sql } : {}),
      })),
      sql: printSelect({
        items: [
          ...input.fields.map((one) => ({ name: one.name, sql: one === field ? made.sql : columnName(one.name) })),
          ...draft.seq(),
        ],
        from: relationOf(input),
      }),
    });
    return single(node, { fields: input.fields.map((one) => (one === field ? made.to : one)), ask: input.ask });
  },
};
