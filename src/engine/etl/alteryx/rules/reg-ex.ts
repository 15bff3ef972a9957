import { quoteLiteral } from '../../../core/text.ts';
import { regexProblem, toRe2, toRe2Replacement } from '../../../expr/alteryx/functions/regex.ts';
import { all, at, attribute, isOn, setting, type Config } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import type { Draft } from '../convert/draft.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect, type Item } from '../convert/sql.ts';
import {
  distinctNames,
  fieldOf,
  fieldSql,
  lineageOf,
  passed,
  relationOf,
  type Field,
  type Stream,
} from '../convert/stream.ts';
import { unsupportedResult } from './unsupported.ts';
import { fieldType, textType } from '../field-type.ts';

interface Made {
  readonly field: Field;
  readonly sql: string;
}

interface Match {
  readonly text: string;
  readonly pattern: string;
  readonly flags: string;
  /** The pattern as written, for counting its groups. */
  readonly written: string;
}

/** Groups that capture, `(?:` and escaped parentheses left out. */
function groupCount(pattern: string): number {
  const plain = pattern.replaceAll(/\\./g, '').replaceAll(/\[(?:\^?\])?[^\]]*\]/g, '');
  return (plain.match(/\((?!\?)|\(\?P?</g) ?? []).length;
}

/** One field for each group; NULL where the text does not match. */
function parsedFields(config: Config, match: Match, draft: Draft): readonly Made[] {
  const fields = all(at(config, 'ParseComplex'), 'Field');
  const groups = groupCount(match.written);
  return fields.map((entry, index) => {
    const type = fieldType(attribute(entry, 'type'), attribute(entry, 'size') || null);
    const matched = `CASE WHEN regexp_matches(${match.text}, ${match.pattern}, ${match.flags}) THEN regexp_extract(${match.text}, ${match.pattern}, ${groups === 0 ? 0 : index + 1}, ${match.flags}) END`;
    const sql = groups > 0 && index >= groups ? 'CAST(NULL AS VARCHAR)' : matched;
    return { field: { name: attribute(entry, 'field'), type }, sql: castTo({ sql, kind: 'string' }, type, draft) };
  });
}

const tokens = (match: Match): string =>
  `regexp_extract_all(${match.text}, ${match.pattern}, ${groupCount(match.written) === 0 ? 0 : 1}, ${match.flags})`;

/** Tokens as fields, or as records of their own. */
function tokenized(config: Config, match: Match, field: Field): readonly Made[] {
  const simple = at(config, 'ParseSimple');
  if (isOn(simple, 'SplitToRows')) return [{ field: { name: field.name, type: textType }, sql: 'unnest_token' }];
  const number = Math.min(500, Math.max(1, Number.parseInt(setting(simple, 'NumFields'), 10) || 1));
  const root = setting(simple, 'RootName') || field.name;
  return Array.from({ length: number }, (_none, index) => ({
    field: { name: `${root}${index + 1}`, type: textType },
    sql: `${tokens(match)}[${index + 1}]`,
  }));
}

function replaced(config: Config, match: Match, field: Field): readonly Made[] {
  const by = quoteLiteral(toRe2Replacement(attribute(at(config, 'Replace'), 'expression')));
  const result = `regexp_replace(${match.text}, ${match.pattern}, ${by}, ${match.flags.slice(0, -1)}g')`;
  const keep = setting(config, 'Replace', 'CopyUnmatched').toLowerCase() !== 'false';
  return [
    {
      field,
      sql: keep
        ? result
        : `CASE WHEN regexp_matches(${match.text}, ${match.pattern}, ${match.flags}) THEN ${result} END`,
    },
  ];
}

function made(config: Config, match: Match, field: Field, draft: Draft): readonly Made[] {
  switch (setting(config, 'Method')) {
    case 'ParseComplex':
      return parsedFields(config, match, draft);
    case 'ParseSimple':
      return tokenized(config, match, field);
    case 'Replace':
      return replaced(config, match, field);
    case 'Match':
      return [
        {
          field: { name: setting(config, 'Match', 'Field') || `${field.name}_Matched`, type: fieldType('Bool', null) },
          sql: `coalesce(regexp_full_match(${match.text}, ${match.pattern}, ${match.flags}), FALSE)`,
        },
      ];
    default:
      draft.doubt(`The method ${setting(config, 'Method')} is not known`, 0.2, 'error');
      return [];
  }
}

/** RegEx: replace, parse groups into fields, tokenize, or test. */
export const regExRule: Rule = {
  types: ['RegEx'],
  convert(tool) {
    const { config, draft } = tool;
    const written = attribute(at(config, 'RegExExpression'), 'value');
    const problem = regexProblem(written);
    if (problem !== null) return unsupportedResult(tool, `The pattern uses ${problem}, which DuckDB does not know`);
    const input = draft.input();
    const field = fieldOf(input, setting(config, 'Field'));
    if (field === null) draft.doubt(`The field ${setting(config, 'Field')} is not there`, 0.3, 'error');
    const source = field ?? { name: setting(config, 'Field'), type: textType };
    const text =
      field === null
        ? 'CAST(NULL AS VARCHAR)'
        : castTo({ sql: fieldSql(field), kind: field.type.kind, size: field.type.size }, textType, draft);
    const match = {
      text,
      pattern: quoteLiteral(toRe2(written)),
      flags: isOn(config, 'CaseInsensitve') ? "'i'" : "'c'",
      written,
    };
    return replacingFields(input, { results: made(config, match, source, draft), field, list: tokens(match) }, draft);
  },
};

/** Fields added, or put in the place of those with the same name; `unnest_token` makes a record of each token. */
function replacingFields(
  input: Stream,
  { results, field, list }: { readonly results: readonly Made[]; readonly field: Field | null; readonly list: string },
  draft: Draft,
): ReturnType<Rule['convert']> {
  const source = field === null ? {} : { from: [lineageOf(input, field)] };
  const byName = new Map(results.map((one) => [one.field.name.toLowerCase(), one]));
  const added = results.filter(
    (one) => !input.fields.some((given) => given.name.toLowerCase() === one.field.name.toLowerCase()),
  );
  const rows = results.some((one) => one.sql === 'unnest_token');
  const all_ = distinctNames([
    ...input.fields.map((given) => ({
      name: given.name,
      type: byName.get(given.name.toLowerCase())?.field.type ?? given.type,
      from: byName.get(given.name.toLowerCase()) ?? null,
    })),
    ...added.map((one) => ({ name: one.field.name, type: one.field.type, from: one })),
  ]);
  const items: readonly Item[] = all_.map((one) => ({
    name: one.name,
    sql: one.from === null ? columnName(one.name) : one.from.sql === 'unnest_token' ? 'tokens.token' : one.from.sql,
  }));
  const from = rows
    ? `${relationOf(input)} AS s, unnest(${list}) WITH ORDINALITY AS tokens(token, place)`
    : relationOf(input);
  const node = draft.node({
    operator: rows ? 'normalizer' : 'sql_expression',
    columns: all_.map((one) => {
      const own = input.fields.find((given) => given.name === one.name);
      return one.from === null && own !== undefined
        ? passed(input, own)
        : {
            name: one.name,
            type: one.type.sqlType,
            expression: one.from?.sql ?? '',
            ...source,
          };
    }),
    sql: printSelect({
      items: [...items, ...draft.seq(rows ? 'row_number() OVER (ORDER BY s.__seq, tokens.place)' : '__seq')],
      from,
    }),
  });
  return single(node, { fields: all_.map(({ name, type }) => ({ name, type })), ask: input.ask });
}
