import type { FieldType } from '../field-type.ts';
import { at, setting } from '../config.ts';
import { single, type Rule } from '../convert/rule.ts';
import { selectFields } from '../convert/select-fields.ts';
import { printSelect } from '../convert/sql.ts';
import { relationOf } from '../convert/stream.ts';

/** Append Fields: every record of the target beside every record of the source. */
export const appendFieldsRule: Rule = {
  types: ['AppendFields'],
  convert({ config, draft }) {
    const [target, source] = [draft.input('Targets', 'Target'), draft.input('Source')];
    const taken = new Set(target.fields.map((field) => field.name.toLowerCase()));
    const candidates = [
      ...target.fields.map((field) => ({
        listed: `Target_${field.name}`,
        name: field.name,
        field,
        stream: target,
        alias: 't',
      })),
      ...source.fields.map((field) => ({
        listed: `Source_${field.name}`,
        name: taken.has(field.name.toLowerCase()) ? `Source_${field.name}` : field.name,
        field,
        stream: source,
        alias: 's',
      })),
    ];
    const ask =
      target.ask === null && source.ask === null
        ? null
        : (name: string, type?: FieldType): void => {
            if (/^Source_/i.test(name)) source.ask?.(name.slice(7), type);
            else (target.ask ?? source.ask)?.(name.replace(/^Target_/i, ''), type);
          };
    const selected = selectFields(at(config, 'SelectConfiguration', 'Configuration'), candidates, draft, ask);
    if (setting(config, 'CartesianMode') === 'Error')
      draft.note('The source tool stops where the source has more than 16 records');
    const node = draft.node({
      operator: 'sql_join',
      config: { kind: 'cross' },
      columns: selected.columns,
      sql: printSelect({
        items: [...selected.items, ...draft.seq('row_number() OVER (ORDER BY t.__seq, s.__seq)')],
        from: `${relationOf(target)} AS t\n  CROSS JOIN ${relationOf(source)} AS s`,
      }),
    });
    return single(node, { fields: selected.fields, ask: selected.unknown ? ask : null });
  },
};
