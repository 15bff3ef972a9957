import { quoteLiteral } from '../../../core/text.ts';
import { at, attribute, setting, type Config } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule, type RuleResult, type Tool } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import {
  distinctNames,
  fieldOf,
  fieldSql,
  passed,
  lineageOf,
  relationOf,
  type Field,
  type Stream,
} from '../convert/stream.ts';
import { textType } from '../field-type.ts';

/** `\n`, `\t`, `\s` and plain characters as the inside of a character class. */
function delimiterClass(written: string): string {
  return written.replaceAll(/\\([ntrs])|([\][\\^-])/g, (whole, known?: string) =>
    known === undefined ? `\\${whole}` : known === 's' ? ' ' : `\\${known}`,
  );
}

const spoken: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', s: ' ' };

/** The first delimiter as the character that it stands for. */
function firstDelimiter(written: string): string {
  return written.startsWith('\\') ? (spoken[written.charAt(1)] ?? '\\') : written.slice(0, 1);
}

interface Splitting {
  readonly name: string;
  /** The field that is split; null where it is not there. */
  readonly field: Field | null;
  readonly text: string;
  /** A list of the parts as SQL. */
  readonly parts: string;
  /** Pattern of one part. */
  readonly part: string;
}

/** What a delimiter does not split, by the bit of the tool's flags. */
const enclosed: readonly (readonly [number, string])[] = [
  [1, '"[^"]*"'],
  [2, "'[^']*'"],
  [4, String.raw`\([^)]*\)`],
  [8, String.raw`\[[^\]]*\]`],
];

function splittingOf({ config, draft }: Tool, input: Stream): Splitting {
  const name = setting(config, 'Field');
  const field = fieldOf(input, name);
  if (field === null) draft.doubt(`The field ${name} is not there`, 0.3, 'error');
  const text =
    field === null
      ? 'CAST(NULL AS VARCHAR)'
      : castTo({ sql: fieldSql(field), kind: field.type.kind, size: field.type.size }, textType, draft);
  const flags = Number.parseInt(setting(config, 'Flags'), 10) || 0;
  const set = delimiterClass(setting(config, 'Delimeters'));
  const kept = enclosed.flatMap(([bit, pattern]) => ((flags & bit) === 0 ? [] : [pattern]));
  const part = kept.length === 0 ? `[^${set}]*` : `(?:${kept.join('|')}|[^${set}])*`;
  const end = quoteLiteral(firstDelimiter(setting(config, 'Delimeters')));
  const split =
    kept.length === 0
      ? `regexp_split_to_array(${text}, ${quoteLiteral(`[${set}]`)})`
      : `regexp_extract_all(${text} || ${end}, ${quoteLiteral(`(${part})[${set}]`)}, 1)`;
  return {
    name,
    field,
    text,
    part,
    parts: (flags & 16) === 0 ? split : `list_filter(${split}, lambda part: part <> '')`,
  };
}

const splitsToRows = (config: Config): boolean =>
  attribute(at(config, 'Mode'), 'value') === 'Rows' ||
  (at(config, 'Mode').name === '' && setting(config, 'RootName') === '');

/** A record for each part. */
function toRows({ draft }: Tool, input: Stream, { field, parts }: Splitting): RuleResult {
  const node = draft.node({
    operator: 'normalizer',
    columns: input.fields.map((one) =>
      one === field ? { ...passed(input, one), type: 'VARCHAR', expression: parts } : passed(input, one),
    ),
    sql: printSelect({
      items: [
        ...input.fields.map((one) => ({ name: one.name, sql: one === field ? 'parts.part' : columnName(one.name) })),
        ...draft.seq('row_number() OVER (ORDER BY s.__seq, parts.place)'),
      ],
      from: `${relationOf(input)} AS s, unnest(coalesce(${parts}, [NULL])) WITH ORDINALITY AS parts(part, place)`,
    }),
  });
  return single(node, {
    fields: input.fields.map((one) => (one === field ? { name: one.name, type: textType } : one)),
    ask: input.ask,
  });
}

/** The fields that the parts go to; the last one takes what is left over where the tool is set so. */
function madeFields({ config, draft }: Tool, { name, text, parts, part }: Splitting) {
  const number = Math.min(500, Math.max(1, Number.parseInt(setting(config, 'NumFields'), 10) || 1));
  const keepsRest = setting(config, 'ErrorHandling') === 'Last';
  if (keepsRest) draft.note('What is left over stays in the last field');
  const root = setting(config, 'RootName') || name;
  const set = delimiterClass(setting(config, 'Delimeters'));
  return Array.from({ length: number }, (_none, index) => {
    const before = quoteLiteral(index === 0 ? '^' : `^(?:${part}[${set}]){${index}}`);
    const sql =
      keepsRest && index === number - 1
        ? `CASE WHEN len(${parts}) >= ${number} THEN regexp_replace(${text}, ${before}, '') END`
        : `${parts}[${index + 1}]`;
    return { name: `${root}${index + 1}`.trim(), type: textType, sql };
  });
}

/** Text to Columns: text split at any of the delimiters, into fields or records. */
export const textToColumnsRule: Rule = {
  types: ['TextToColumns'],
  convert(tool) {
    const { config, draft } = tool;
    const input = draft.input();
    const splitting = splittingOf(tool, input);
    if (splitsToRows(config)) return toRows(tool, input, splitting);
    const fields = distinctNames([
      ...input.fields.map((one) => ({ ...one, sql: columnName(one.name) })),
      ...madeFields(tool, splitting),
    ]);
    const node = draft.node({
      operator: 'sql_expression',
      columns: fields.map((one, index) => {
        const own = input.fields[index];
        if (own !== undefined) return passed(input, own);
        const source = splitting.field === null ? {} : { from: [lineageOf(input, splitting.field)] };
        return { name: one.name, type: 'VARCHAR', expression: one.sql, ...source };
      }),
      sql: printSelect({
        items: [...fields.map((one) => ({ name: one.name, sql: one.sql })), ...draft.seq()],
        from: relationOf(input),
      }),
    });
    return single(node, { fields: fields.map((one) => ({ name: one.name, type: one.type })), ask: input.ask });
  },
};
