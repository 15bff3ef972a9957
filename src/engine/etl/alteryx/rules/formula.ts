import { all, at, attribute } from '../config.ts';
import { FormulaSteps } from '../convert/formula-steps.ts';
import { single, type Rule } from '../convert/rule.ts';
import { fieldType } from '../field-type.ts';

/** Formula: fields set one after the other. */
export const formulaRule: Rule = {
  types: ['Formula', 'LockInFormula'],
  convert({ config, draft, transformation }) {
    const inDatabase = transformation.type === 'LockInFormula';
    const input = draft.input();
    const steps = new FormulaSteps(draft, input);
    for (const one of all(at(config, 'FormulaFields'), 'FormulaField')) {
      const expression = attribute(one, 'expression');
      if (attribute(one, 'enabled').toLowerCase() === 'false') continue;
      const type = fieldType(attribute(one, 'type'), attribute(one, 'size') || null);
      if (inDatabase) steps.setSql(attribute(one, 'field'), expression, type);
      else steps.set(attribute(one, 'field'), expression, type);
    }
    const { sql, fields, columns } = steps.finish();
    return single(draft.node({ operator: 'sql_expression', columns, sql }), { fields, ask: input.ask });
  },
};
