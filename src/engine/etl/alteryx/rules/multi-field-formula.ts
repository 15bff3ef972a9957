import { quoteLiteral } from '../../../core/text.ts';
import { all, at, attribute, isOn, setting } from '../config.ts';
import { FormulaSteps } from '../convert/formula-steps.ts';
import { single, type Rule } from '../convert/rule.ts';
import { fieldSql, type Field } from '../convert/stream.ts';
import { fieldType } from '../field-type.ts';

const groups: Readonly<Record<string, (field: Field) => boolean>> = {
  text: ({ type }) => type.kind === 'string',
  numeric: ({ type }) => type.kind === 'integer' || type.kind === 'double' || type.kind === 'decimal',
  dateortime: ({ type }) => type.kind === 'date' || type.kind === 'datetime' || type.kind === 'time',
  bool: ({ type }) => type.kind === 'boolean',
};

/** Multi-Field Formula: one expression for many fields. */
export const multiFieldFormulaRule: Rule = {
  types: ['MultiFieldFormula'],
  convert({ config, draft }) {
    const input = draft.input();
    const listed = new Map(
      all(at(config, 'Fields'), 'Field').map((one) => [
        attribute(one, 'name').toLowerCase(),
        attribute(one, 'selected').toLowerCase() !== 'false',
      ]),
    );
    const fits = groups[setting(config, 'FieldType').toLowerCase()] ?? (() => true);
    const chosen = input.fields.filter(
      (field) => (listed.get(field.name.toLowerCase()) ?? listed.get('*unknown') ?? false) && fits(field),
    );
    for (const [name, on] of listed)
      if (on && !name.startsWith('*') && !input.fields.some((field) => field.name.toLowerCase() === name))
        input.ask?.(name);
    const output = at(config, 'OutputFieldType');
    const changed = isOn(config, 'ChangeFieldType')
      ? fieldType(attribute(output, 'type'), attribute(output, 'size') || null)
      : null;
    const copies = isOn(config, 'CopyOutput');
    const [prefix, suffix] = [
      setting(config, 'NewFieldAddOn'),
      setting(config, 'NewFieldAddOnPos').toLowerCase() === 'suffix',
    ];
    const steps = new FormulaSteps(
      draft,
      copies || changed === null
        ? input
        : {
            ...input,
            fields: input.fields.map((field) => (chosen.includes(field) ? { name: field.name, type: changed } : field)),
          },
    );
    const text = setting(config, 'Expression');
    for (const field of chosen) {
      const name = copies ? (suffix ? `${field.name}${prefix}` : `${prefix}${field.name}`) : field.name;
      steps.set(name, text, changed ?? field.type, (asked) => {
        const lower = asked.toLowerCase();
        if (lower === '_currentfield_' || lower === field.name.toLowerCase())
          return { kind: field.type.kind, sql: fieldSql(field) };
        if (lower === '_currentfieldname_') return { kind: 'string', sql: quoteLiteral(field.name) };
        return lower === '_currentfieldtype_' ? { kind: 'string', sql: quoteLiteral(field.type.name) } : null;
      });
    }
    const { sql, fields, columns } = steps.finish();
    return single(
      draft.node({ operator: 'sql_expression', config: { fields: chosen.map((one) => one.name) }, columns, sql }),
      { fields, ask: input.ask },
    );
  },
};
