/** Macros that come with the tool, by the names of their questions; a changed macro of the same name would differ. */
import { quoteLiteral } from '../../../core/text.ts';
import { all, attribute, type Config } from '../config.ts';
import { nothing } from '../convert/draft.ts';
import { single, type Rule, type Tool } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { columnOf, distinctNames, fieldOf, fieldSql, passed, relationOf, type Field } from '../convert/stream.ts';
import { double, textType } from '../field-type.ts';
import { fromToolFormat } from './date-time.ts';
import { unsupportedResult } from './unsupported.ts';

/** The answers of a call by the name of the question. */
export function callAnswers(config: Config): ReadonlyMap<string, string> {
  return new Map(all(config, 'Value').map((one) => [attribute(one, 'name'), one.text.trim()]));
}

/** `"A","B"` of a list box, with what is chosen of `A=True,B=False`. */
export function chosenFields(answer: string): readonly string[] {
  const quoted = [...answer.matchAll(/"((?:[^"]|"")*)"/g)].map((one) => (one[1] ?? '').replaceAll('""', '"'));
  const plain = quoted.length === 0 ? answer.split(',') : quoted;
  return plain.flatMap((one) => {
    const name = one.trim().replace(/=(?:True|False)$/, '');
    return name === '' || one.trim().endsWith('=False') ? [] : [name];
  });
}

const asShipped = 'The questions are read as those of the macro that comes with the tool; a changed macro would differ';

/** The answers where the macro asks all of `names`; null where it is another macro of that name. */
function shipped(tool: Tool, names: readonly string[]): ReadonlyMap<string, string> | null {
  const answers = callAnswers(tool.config);
  if (!names.every((name) => answers.has(name))) return null;
  tool.draft.doubt(asShipped, 0.88);
  return answers;
}

const unknownQuestions = (tool: Tool): ReturnType<Rule['convert']> =>
  unsupportedResult(
    tool,
    `The questions of ${tool.transformation.type} are not those of the macro that comes with the tool`,
  );

/** Weighted Average: the sum of value times weight over the sum of weights, of each group. */
export const weightedAverageRule: Rule = {
  types: ['macro:WeightedAvg.yxmc'],
  convert(tool) {
    const { draft } = tool;
    const answers = shipped(tool, ['Value', 'Weight', 'OutputFieldName']);
    if (answers === null) return unknownQuestions(tool);
    const input = draft.input();
    const value = fieldOf(input, answers.get('Value') ?? '');
    const weight = fieldOf(input, answers.get('Weight') ?? '');
    if (value === null || weight === null)
      return unsupportedResult(tool, 'Its value or weight is no field of the input');
    const groups = chosenFields(answers.get('GroupFields') ?? '').flatMap((name) => fieldOf(input, name) ?? []);
    const [v, w] = [fieldSql(value), fieldSql(weight)];
    draft.note('Records whose value or weight is NULL take no part');
    const both = `FILTER (WHERE ${v} IS NOT NULL AND ${w} IS NOT NULL)`;
    const average: Field = { name: answers.get('OutputFieldName') || 'WeightedAverage', type: double };
    const sql = `CAST(sum(${v} * ${w}) ${both} AS DOUBLE) / nullif(CAST(sum(${w}) ${both} AS DOUBLE), 0)`;
    const fields = distinctNames([...groups, average]);
    const keys = groups.map((field) => fieldSql(field));
    const node = draft.node({
      operator: 'sql_group_by',
      config: { group_by: groups.map((field) => field.name) },
      columns: fields.map((field, index) => {
        const group = groups[index];
        return group === undefined ? columnOf(field, { expression: sql }) : passed(input, group, field.name);
      }),
      sql: printSelect({
        items: [
          ...fields.map(({ name }, index) => ({ name, sql: keys[index] ?? sql })),
          ...draft.seq(keys.length === 0 ? '1' : `row_number() OVER (ORDER BY ${keys.join(', ')})`),
        ],
        from: relationOf(input),
        groupBy: keys,
      }),
    });
    return single(node, { fields, ask: null });
  },
};

/** Random % Sample: so many records, or such a share of them, by chance. */
export const randomRecordsRule: Rule = {
  types: ['macro:RandomRecords.yxmc'],
  readsOrder: () => true,
  convert(tool) {
    const { draft } = tool;
    const answers = shipped(tool, ['NNumber', 'Number', 'Percent']);
    if (answers === null) return unknownQuestions(tool);
    const input = draft.input();
    const [byNumber, amount] =
      answers.get('NNumber') === 'True' ? [true, answers.get('Number') ?? ''] : [false, answers.get('Percent') ?? ''];
    if (!/^\d{1,15}(?:\.\d{1,15})?$/.test(amount))
      return unsupportedResult(tool, `It takes ${amount || 'no number of'} records`);
    const seed = /^\d{1,15}$/.exec(answers.get('Seed') ?? '')?.[0] ?? '1';
    draft.note('The choice is made by chance from a fixed seed, and differs from that of the source tool');
    const place = `row_number() OVER (ORDER BY hash(__seq, ${seed}), __seq)`;
    const node = draft.node({
      operator: 'sql_where',
      config: byNumber ? { number: Number(amount), seed } : { percent: Number(amount), seed },
      columns: input.fields.map((field) => passed(input, field)),
      sql: printSelect({
        items: [...draft.items(input), ...draft.seq()],
        from: relationOf(input),
        qualify: byNumber ? `${place} <= ${amount}` : `${place} * 100 <= count(*) OVER () * ${amount}`,
      }),
    });
    return single(node, { fields: input.fields, ask: input.ask });
  },
};

/** Date Time Now: one record with the time of the run as text. */
export const dateTimeNowRule: Rule = {
  types: ['DateTimeNow'],
  convert(tool) {
    const { draft } = tool;
    const answers = shipped(tool, ['OutputFormat']);
    if (answers === null) return unknownQuestions(tool);
    const language = answers.get('Language') ?? '';
    const written = answers.get('OutputFormat') ?? '';
    if (language !== '' && language !== 'English' && /Month|Mon|day|dy/.test(written))
      draft.doubt(`Names of months and days are written in English here, and in ${language} in the source tool`, 0.7);
    const now = draft.translate('DateTimeNow()', 'Now', nothing)?.sql ?? 'NULL';
    const fields: readonly Field[] = [{ name: 'DateTimeNow', type: textType }];
    const sql = `strftime(${now}, ${quoteLiteral(fromToolFormat(written))})`;
    const node = draft.node({
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      columns: fields.map((field) => columnOf(field, { expression: sql })),
      sql: printSelect({
        items: [{ name: 'DateTimeNow', sql }, ...draft.seq('1')],
        from: `(SELECT 1 AS ${columnName('one')})`,
      }),
    });
    return single(node, { fields, ask: null });
  },
};
