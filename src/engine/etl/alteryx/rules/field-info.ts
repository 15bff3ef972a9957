import { quoteLiteral } from '../../../core/text.ts';
import { nothing } from '../convert/draft.ts';
import { single, type Rule } from '../convert/rule.ts';
import { printSelect } from '../convert/sql.ts';
import { columnOf, type Field } from '../convert/stream.ts';
import { int32, textType, type FieldType } from '../field-type.ts';

const bytes: Readonly<Record<string, number>> = {
  bool: 1,
  byte: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  float: 4,
  double: 8,
  date: 10,
  time: 8,
  datetime: 19,
};

/** Characters that a text without a limit may have. */
const longest = 1_073_741_823;

const sizeOf = (type: FieldType): number => bytes[type.name.toLowerCase()] ?? type.size ?? longest;

const fields: readonly Field[] = [
  { name: 'Name', type: textType },
  { name: 'Type', type: textType },
  { name: 'Size', type: int32 },
  { name: 'Scale', type: int32 },
  { name: 'Source', type: textType },
  { name: 'Description', type: textType },
];

/** Field Info: a record for each field of the input, which are known before anything runs. */
export const fieldInfoRule: Rule = {
  types: ['FieldInfo'],
  convert({ draft }) {
    // No record of the input is read, so that the node does not depend on it.
    const input = draft.inbound()[0]?.stream ?? nothing;
    draft.doubt(
      input.ask === null
        ? 'Source and Description of the fields are empty here; the source tool tells in them where a field comes from'
        : 'The workflow does not list the fields of the input: those that later tools name are told, as text',
      input.ask === null ? 0.8 : 0.65,
    );
    const rows = input.fields.map(({ name, type }, index) => {
      const [title, kind] = [quoteLiteral(name), quoteLiteral(type.name)];
      return `(${index + 1}, ${title}, ${kind}, ${sizeOf(type)}, ${type.kind === 'decimal' ? (type.scale ?? 0) : 0})`;
    });
    const node = draft.node({
      operator: 'sql_expression',
      columns: fields.map((field) => columnOf(field)),
      sql: printSelect({
        items: [
          ...['Name', 'Type', 'Size', 'Scale'].map((name) => ({ name, sql: `v."${name}"` })),
          { name: 'Source', sql: 'CAST(NULL AS VARCHAR)' },
          { name: 'Description', sql: 'CAST(NULL AS VARCHAR)' },
          ...draft.seq('v.n'),
        ],
        from: `(VALUES\n    ${(rows.length === 0 ? ["(0, '', '', 0, 0)"] : rows).join(',\n    ')}\n  ) AS v(n, "Name", "Type", "Size", "Scale")`,
        ...(rows.length === 0 ? { where: 'FALSE' } : {}),
      }),
    });
    return single(node, { fields, ask: null });
  },
};
