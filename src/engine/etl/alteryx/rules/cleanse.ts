import type { Config } from '../config.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { fieldOf, passed, relationOf, type Field } from '../convert/stream.ts';
import { callAnswers, chosenFields } from './standard-macros.ts';

/** The questions of the Data Cleansing macro by the names that its file gives them. */
const questions = {
  emptyRows: 'Check Box (135)',
  emptyFields: 'Check Box (136)',
  fields: 'List Box (11)',
  nullText: 'Check Box (84)',
  nullNumber: 'Check Box (117)',
  trim: 'Check Box (15)',
  collapse: 'Check Box (109)',
  blanks: 'Check Box (122)',
  letters: 'Check Box (53)',
  digits: 'Check Box (58)',
  punctuation: 'Check Box (70)',
  changeCase: 'Check Box (77)',
  caseTo: 'Drop Down (81)',
} as const;

type Answers = (name: keyof typeof questions) => string;

function answersOf(config: Config): Answers {
  const given = callAnswers(config);
  return (name) => given.get(questions[name]) ?? '';
}

function cleanText(sql: string, answer: Answers): string {
  const on = (name: keyof typeof questions): boolean => answer(name) === 'True';
  let value = sql;
  const remove = (pattern: string, by = ''): void => {
    value = `regexp_replace(${value}, '${pattern}', '${by}', 'g')`;
  };
  if (on('letters')) remove(String.raw`\p{L}`);
  if (on('digits')) remove('[0-9]');
  if (on('punctuation')) remove(String.raw`[[:punct:]]`);
  if (on('blanks')) remove(String.raw`\s`);
  if (on('collapse')) remove(String.raw`\s+`, ' ');
  if (on('trim')) value = `trim(${value}, ' ' || chr(9) || chr(10) || chr(13))`;
  if (on('changeCase')) {
    const to = answer('caseTo').toLowerCase();
    if (to === 'upper' || to === 'lower') value = `${to}(${value})`;
    else
      value = `list_aggregate(list_transform(string_split(lower(${value}), ' '), lambda w: upper(left(w, 1)) || substr(w, 2)), 'string_agg', ' ')`;
  }
  return on('nullText') ? `coalesce(${value}, '')` : value;
}

/** Data Cleansing, as its macro comes with the tool. */
export const cleanseRule: Rule = {
  types: ['macro:Cleanse.yxmc', 'macro:Cleanse_InDB.yxmc'],
  convert({ config, draft }) {
    const input = draft.input();
    const answer = answersOf(config);
    const names = chosenFields(answer('fields'));
    const chosen = new Set(names.flatMap((name) => fieldOf(input, name) ?? []));
    const cleaned = (field: Field): string => {
      const sql = columnName(field.name);
      if (!chosen.has(field)) return sql;
      if (field.type.kind === 'string') return cleanText(sql, answer);
      const numeric = field.type.kind === 'integer' || field.type.kind === 'double' || field.type.kind === 'decimal';
      return numeric && answer('nullNumber') === 'True' ? `coalesce(${sql}, 0)` : sql;
    };
    if (answer('emptyFields') === 'True')
      draft.doubt('Fields without any value are kept here: which they are depends on the data', 0.7);
    draft.doubt(
      'The questions are read as those of the macro that comes with the tool; a changed macro would differ',
      0.88,
    );
    const empty =
      answer('emptyRows') === 'True' && input.fields.length > 0
        ? { where: `NOT (${input.fields.map((field) => `${columnName(field.name)} IS NULL`).join(' AND ')})` }
        : {};
    const node = draft.node({
      operator: 'sql_expression',
      config: { fields: [...chosen].map((field) => field.name) },
      columns: input.fields.map((field) => ({
        ...passed(input, field),
        ...(chosen.has(field) ? { expression: cleaned(field) } : {}),
      })),
      sql: printSelect({
        items: [...input.fields.map((field) => ({ name: field.name, sql: cleaned(field) })), ...draft.seq()],
        from: relationOf(input),
        ...empty,
      }),
    });
    return single(node, { fields: input.fields, ask: input.ask });
  },
};
