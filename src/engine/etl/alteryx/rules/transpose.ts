import { quoteLiteral } from '../../../core/text.ts';
import { all, at, attribute } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { distinctNames, fieldOf, fieldSql, lineageOf, passed, relationOf } from '../convert/stream.ts';
import { textType } from '../field-type.ts';

/** Transpose: a record for each data field, NULL values kept. */
export const transposeRule: Rule = {
  types: ['Transpose'],
  convert({ config, draft }) {
    const input = draft.input();
    const keys = all(at(config, 'KeyFields'), 'Field').flatMap(
      (entry) => fieldOf(input, attribute(entry, 'field')) ?? [],
    );
    const listed = new Map(
      all(at(config, 'DataFields'), 'Field').map((entry) => [
        attribute(entry, 'field').toLowerCase(),
        attribute(entry, 'selected').toLowerCase() !== 'false',
      ]),
    );
    for (const entry of all(at(config, 'DataFields'), 'Field'))
      if (attribute(entry, 'selected').toLowerCase() !== 'false') fieldOf(input, attribute(entry, 'field'));
    const data = input.fields.filter(
      (field) => !keys.includes(field) && (listed.get(field.name.toLowerCase()) ?? listed.get('*unknown') ?? false),
    );
    const kinds = new Set(data.map((field) => field.type.sqlType));
    const type = kinds.size === 1 ? (data[0]?.type ?? textType) : textType;
    if (kinds.size > 1) draft.note('Values of different types are brought to text');
    if (data.length === 0) draft.doubt('No data field is known', 0.5, 'error');
    const values = data.map(
      (field, index) =>
        `(${index + 1}, ${quoteLiteral(field.name)}, ${castTo({ sql: fieldSql(field, 's'), kind: field.type.kind, size: field.type.size }, type, draft)})`,
    );
    const from = `${relationOf(input)} AS s\n  CROSS JOIN LATERAL (VALUES ${values.length === 0 ? '(1, NULL, NULL)' : values.join(', ')}) AS v(place, name, value)`;
    const fields = distinctNames([...keys, { name: 'Name', type: textType }, { name: 'Value', type }]);
    const sources = [...keys.map((key) => `s.${columnName(key.name)}`), 'v.name', 'v.value'];
    const node = draft.node({
      operator: 'normalizer',
      config: { key: keys.map((one) => one.name), data: data.map((one) => one.name) },
      columns: fields.map((field, index) => {
        const key = keys[index];
        if (key !== undefined) return passed(input, key, field.name);
        return {
          name: field.name,
          type: field.type.sqlType,
          expression: sources[index] ?? '',
          ...(field.name === 'Name' || data.length === 0 ? {} : { from: data.map((one) => lineageOf(input, one)) }),
        };
      }),
      sql: printSelect({
        items: [
          ...fields.map((field, index) => ({ name: field.name, sql: sources[index] ?? 'NULL' })),
          ...draft.seq('row_number() OVER (ORDER BY s.__seq, v.place)'),
        ],
        from,
      }),
    });
    return single(node, { fields, ask: null });
  },
};
