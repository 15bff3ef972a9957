import { single, type Rule, type Tool } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { columnOf, distinctNames, fieldOf, passed, relationOf, type Field } from '../convert/stream.ts';
import { double } from '../field-type.ts';
import { callAnswers, chosenFields } from './standard-macros.ts';
import { unsupportedResult } from './unsupported.ts';

const numeric = (field: Field): boolean => ['integer', 'double', 'decimal'].includes(field.type.kind);

/** SQL of what missing values are replaced with, over the values that are not missing. */
function replacement(on: (question: string) => boolean, value: string): ((present: string) => string) | null {
  if (on('radio Mean')) return (present) => `avg(${present}) OVER ()`;
  if (on('radio Median')) return (present) => `median(${present}) OVER ()`;
  if (on('radio Mode')) return (present) => `mode(${present}) OVER ()`;
  return on('radio User Specified Replace With Value') && /^-?\d{1,20}(?:\.\d{1,20})?$/.test(value)
    ? () => value
    : null;
}

function imputed(tool: Tool, answers: ReadonlyMap<string, string>): ReturnType<Rule['convert']> {
  const { draft } = tool;
  const on = (question: string): boolean => answers.get(question) === 'True';
  const by = replacement(on, answers.get('updown User Replace With Value') ?? '');
  if (by === null) return unsupportedResult(tool, 'What Imputation replaces values with is not known');
  const input = draft.input();
  const names = chosenFields(answers.get('listbox Select Incoming Fields') ?? '');
  const chosen = new Set(names.flatMap((name) => fieldOf(input, name) ?? []));
  const from = answers.get('updown User Replace From Value') ?? '';
  const given = on('radio User Specified Replace From Value') && /^-?\d{1,20}(?:\.\d{1,20})?$/.test(from) ? from : null;
  draft.doubt(
    'The questions are read as those of the macro that comes with the tool; a changed macro would differ',
    0.88,
  );
  if (on('radio Mode')) draft.doubt('Where several values are the most frequent, another one may be taken', 0.8);
  if (given !== null) draft.doubt(`Values of ${given} take no part in what they are replaced with`, 0.8);
  const added: { name: string; type: Field['type']; sql: string }[] = [];
  const items = input.fields.map((field) => {
    const sql = columnName(field.name);
    if (!chosen.has(field) || !numeric(field)) return { ...field, sql, own: field };
    const missing = given === null ? `${sql} IS NULL` : `${sql} = ${given}`;
    const present = given === null ? sql : `nullif(${sql}, ${given})`;
    const filled = `CASE WHEN ${missing} THEN CAST(${by(present)} AS DOUBLE) ELSE ${sql} END`;
    if (on('checkbox Impute Indicator'))
      added.push({ name: `${field.name}_Indicator`, type: double, sql: `CASE WHEN ${missing} THEN 1.0 ELSE 0.0 END` });
    if (!on('checkbox Imputed Values Separate Field'))
      return { name: field.name, type: double, sql: filled, own: field };
    added.push({ name: `${field.name}_ImputedValue`, type: double, sql: filled });
    return { ...field, sql, own: field };
  });
  const fields = distinctNames([...items, ...added.map((one) => ({ ...one, own: null }))]);
  const node = draft.node({
    operator: 'sql_expression',
    config: { fields: [...chosen].map((field) => field.name) },
    columns: fields.map((field) =>
      field.own === null
        ? columnOf(field, { expression: field.sql })
        : { ...passed(input, field.own, field.name), type: field.type.sqlType },
    ),
    sql: printSelect({
      items: [...fields.map(({ name, sql }) => ({ name, sql })), ...draft.seq()],
      from: relationOf(input),
    }),
  });
  return single(node, { fields: fields.map(({ name, type }) => ({ name, type })), ask: input.ask });
}

/** Imputation, as its macro comes with the tool: missing numbers replaced by mean, median, mode or a value. */
export const imputationRule: Rule = {
  types: ['macro:Imputation.yxmc', 'macro:Imputation_v2.yxmc', 'macro:Imputation_v3.yxmc'],
  convert(tool) {
    const answers = callAnswers(tool.config);
    const asked = ['listbox Select Incoming Fields', 'radio Null Value', 'radio Mean', 'radio Median'];
    return asked.every((one) => answers.has(one))
      ? imputed(tool, answers)
      : unsupportedResult(tool, 'The questions of Imputation are not those of the macro that comes with the tool');
  },
};
