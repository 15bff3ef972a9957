import { quoteLiteral } from '../../../core/text.ts';
import { isOn, setting, type Config } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect, seqColumn, type SelectParts } from '../convert/sql.ts';
import { distinctNames, fieldOf, fieldSql, lineageOf, passed, relationOf, sameName } from '../convert/stream.ts';
import { textType } from '../field-type.ts';
import { unsupportedResult } from './unsupported.ts';

type Step = NonNullable<SelectParts['with']>[number];

const step = (name: string, parts: SelectParts): Step => ({ name, sql: printSelect(parts) });
const named = (columns: Readonly<Record<string, string>>): SelectParts['items'] =>
  Object.entries(columns).map(([name, sql]) => ({ name, sql }));

const quoted = `(?:[^<>"']|"[^"]*"|'[^']*')*`;
/** Everything that a document is made of, so that no character is lost: what is no tag is text or is left out. */
const tokenPattern = [
  '<!--(?s:.*?)-->',
  String.raw`<!\[CDATA\[(?s:.*?)\]\]>`,
  String.raw`<\?(?s:.*?)\?>`,
  `<!${quoted}>`,
  `</[^>]*>`,
  `<${quoted}>`,
  '[^<]+',
  '<',
].join('|');

const entities: readonly (readonly [string, string])[] = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&#34;', '"'],
  ['&#9;', '\t'],
  ['&#10;', '\n'],
  ['&#13;', '\r'],
  ['&#xA;', '\n'],
  ['&#xD;', '\r'],
  ['&amp;', '&'],
];

const decoded = (sql: string): string =>
  entities.reduce((text, [from, to]) => `replace(${text}, ${quoteLiteral(from)}, ${quoteLiteral(to)})`, sql);

/** Names without the prefix of their namespace. */
const localName = (sql: string): string => `regexp_extract(${sql}, '^<?(?:[^\\s/>:=]*:)?([^\\s/>=]+)', 1)`;

/** The elements of each document with their depth, direct text, start and end. */
function elementSteps(text: string, relation: string): readonly Step[] {
  const kind = `CASE WHEN starts_with(token, '<![CDATA[') THEN 'cdata' WHEN starts_with(token, '<!') OR starts_with(token, '<?') OR token = '<' THEN 'other' WHEN starts_with(token, '</') THEN 'close' WHEN starts_with(token, '<') THEN CASE WHEN ends_with(token, '/>') THEN 'empty' ELSE 'open' END ELSE 'text' END`;
  return [
    step('tokens', {
      items: named({ document: `s.${seqColumn}`, place: 't.place', token: 't.token', kind }),
      from: `${relation} AS s, unnest(regexp_extract_all(${text}, ${quoteLiteral(tokenPattern)})) WITH ORDINALITY AS t(token, place)`,
    }),
    step('levels', {
      items: named({
        document: 'document',
        place: 'place',
        token: 'token',
        kind: 'kind',
        finish: 'sum(length(token)) OVER before',
        depth:
          "sum(CASE kind WHEN 'open' THEN 1 WHEN 'close' THEN -1 ELSE 0 END) OVER before + CASE WHEN kind IN ('close', 'empty') THEN 1 ELSE 0 END",
      }),
      from: 'tokens',
      window: 'before AS (PARTITION BY document ORDER BY place)',
    }),
    step('owned', {
      items: [
        { name: '', sql: '*' },
        {
          name: 'nth',
          sql: "count(*) FILTER (WHERE kind IN ('open', 'empty')) OVER (PARTITION BY document, depth ORDER BY place)",
        },
      ],
      from: 'levels',
      where: "kind <> 'other' AND depth > 0",
    }),
    step('elements', {
      items: named({
        document: 'document',
        depth: 'depth',
        start: 'min(place)',
        stop: 'max(place)',
        starts: 'arg_min(finish - length(token), place) + 1',
        finish: 'max(finish)',
        tag: 'arg_min(token, place)',
        name: localName('arg_min(token, place)'),
        value: `coalesce(string_agg(CASE kind WHEN 'text' THEN ${decoded('token')} ELSE substr(token, 10, length(token) - 12) END, '' ORDER BY place) FILTER (WHERE kind IN ('text', 'cdata')), '')`,
      }),
      from: 'owned',
      where: 'nth > 0',
      groupBy: ['document', 'depth', 'nth'],
    }),
  ];
}

/** Which elements make records. */
function chosen(config: Config): { readonly where: string; readonly qualify?: string } {
  const element = setting(config, 'XMLElement').trim().replace(/^.*:/, '');
  if (isOn(config, 'ParseRoot')) return { where: 'depth = 1' };
  if (element !== '')
    return {
      where: `name = ${quoteLiteral(element)}`,
      qualify:
        'start > coalesce(max(stop) OVER (PARTITION BY document ORDER BY start ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)',
    };
  return {
    where: 'depth = 2',
    qualify: 'name = first_value(name) OVER (PARTITION BY document ORDER BY count_of DESC, first_of)',
  };
}

const attributes = `unnest(regexp_extract_all(tag, '\\s[^\\s=]+\\s*=\\s*(?:"[^"]*"|''[^'']*'')')) AS a(pair)`;
const attributeName = `regexp_extract(a.pair, '^\\s(?:[^\\s=:]*:)?([^\\s=]+)', 1)`;
const attributeValue = decoded(`regexp_extract(a.pair, '(?s)=\\s*["''](.*)["'']$', 1)`);
const blankIsEmpty = `CASE WHEN regexp_full_match(value, '\\s*') THEN '' ELSE value END`;

/** A row for each value of a record by the name of its field; of values of one name the lowest rank counts. */
function valueStep(config: Config, text: string, relation: string): Step {
  const outer = `substr(${text}, CAST(starts AS BIGINT), CAST(finish - starts + 1 AS BIGINT))`;
  const parts: string[] = [];
  const rows = (from: string, field: string, value: string): void => {
    const rank = String(parts.length);
    parts.push(printSelect({ items: named({ document: 'document', record: 'record', rank, field, value }), from }));
  };
  const children = isOn(config, 'ChildValues') ? (['children', 'label'] as const) : null;
  for (const [from, name] of [['records', 'name'] as const, ...(children === null ? [] : [children])]) {
    rows(from, name, blankIsEmpty);
    rows(
      `${from}, ${attributes}`,
      from === 'records' ? attributeName : `label || '_' || ${attributeName}`,
      attributeValue,
    );
    if (isOn(config, 'OuterXML'))
      rows(`${from} AS e JOIN ${relation} AS s ON s.${seqColumn} = e.document`, `${name} || '_OuterXML'`, outer);
  }
  return { name: 'values_of', sql: parts.join('UNION ALL\n') };
}

function steps(config: Config, text: string, relation: string): readonly Step[] {
  const { where, qualify } = chosen(config);
  return [
    ...elementSteps(text, relation),
    step('counted', {
      items: [
        { name: '', sql: '*' },
        { name: 'count_of', sql: 'count(*) OVER (PARTITION BY document, depth, name)' },
        { name: 'first_of', sql: 'min(start) OVER (PARTITION BY document, depth, name)' },
      ],
      from: 'elements',
    }),
    step('records', {
      items: [
        { name: '', sql: '*' },
        { name: 'record', sql: 'start' },
      ],
      from: 'counted',
      where,
      ...(qualify === undefined ? {} : { qualify }),
    }),
    step('below', {
      items: [
        { name: '', sql: 'c.*' },
        { name: 'record', sql: 'r.record' },
        { name: 'k', sql: 'row_number() OVER (PARTITION BY c.document, r.record, c.name ORDER BY c.start)' },
      ],
      from: 'records AS r JOIN elements AS c ON c.document = r.document AND c.depth = r.depth + 1 AND c.start BETWEEN r.start AND r.stop',
    }),
    step('children', {
      items: [
        { name: '', sql: '*' },
        { name: 'label', sql: "unnest(CASE WHEN k = 1 THEN [name, name || '_1'] ELSE [name || '_' || k] END)" },
      ],
      from: 'below',
    }),
    valueStep(config, text, relation),
  ];
}

const assumed =
  'Children of one name are NAME, NAME_2 and so on; text that is not well-formed is taken apart as far as its tags go, and a text without the element gives no record';

/** XML Parse: a record for each element asked for, with its attributes and children as fields. */
export const xmlParseRule: Rule = {
  types: ['XMLParse'],
  readsOrder: () => true,
  convert(tool) {
    const { config, draft, context } = tool;
    const input = draft.input();
    const name = setting(config, 'XMLField');
    const field = fieldOf(input, name);
    if (field === null) return unsupportedResult(tool, `The field ${name} with the XML text is not there`);
    const kept = isOn(config, 'IncludeInOutput') ? input.fields : input.fields.filter((one) => one !== field);
    const remembered = context.remembered('Output');
    const opened = remembered === null ? context.open('Output', kept) : { fields: remembered, ask: null };
    const made = opened.fields.filter((one) => !kept.some((own) => sameName(own.name, one.name)));
    draft.doubt(assumed, 0.86);
    if (remembered === null) draft.note('Only the fields that later tools name are made; others depend on the data');
    if (!isOn(config, 'ParseRoot') && setting(config, 'XMLElement').trim() === '')
      draft.doubt('The element is found by the tool: here it is the most frequent child of the root', 0.75);
    const source = { sql: fieldSql(field, 's'), kind: field.type.kind, size: field.type.size };
    const text = field.type.kind === 'blob' ? `decode(${source.sql})` : castTo(source, textType, draft);
    const fields = distinctNames([...kept, ...made.map((one) => ({ name: one.name, type: textType }))]);
    const sqlOf = fields.map((_field, index) => {
      const own = kept[index];
      return own === undefined
        ? `arg_min(v.value, v.rank) FILTER (WHERE v.field = ${quoteLiteral(made[index - kept.length]?.name ?? '')})`
        : `any_value(s.${columnName(own.name)})`;
    });
    const node = draft.node({
      operator: 'normalizer',
      config: { element: isOn(config, 'ParseRoot') ? 'root' : setting(config, 'XMLElement').trim() || 'detected' },
      columns: fields.map((one, index) => {
        const own = kept[index];
        return own === undefined
          ? { name: one.name, type: one.type.sqlType, expression: sqlOf[index] ?? '', from: [lineageOf(input, field)] }
          : passed(input, own);
      }),
      sql: printSelect({
        with: steps(config, text, relationOf(input)),
        items: [
          ...fields.map((one, index) => ({ name: one.name, sql: sqlOf[index] ?? 'NULL' })),
          ...draft.seq(`row_number() OVER (ORDER BY s.${seqColumn}, v.record)`),
        ],
        from: `values_of AS v JOIN ${relationOf(input)} AS s ON s.${seqColumn} = v.document`,
        groupBy: [`s.${seqColumn}`, 'v.record'],
      }),
    });
    return single(node, { fields, ask: opened.ask });
  },
};
