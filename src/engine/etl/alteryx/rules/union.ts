import { all, at, attribute, isOn, setting, type Config } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import type { Draft } from '../convert/draft.ts';
import { columnName, indent, printSelect } from '../convert/sql.ts';
import {
  distinctNames,
  fieldOf,
  fieldSql,
  lineageOf,
  relationOf,
  sameName,
  type Field,
  type Stream,
} from '../convert/stream.ts';
import type { Inbound } from '../convert/rule-context.ts';
import { single, type Rule, type RuleResult } from '../convert/rule.ts';
import { double, guessedType, textType, type FieldType } from '../field-type.ts';

const isNumber = ({ kind }: FieldType): boolean => kind === 'integer' || kind === 'decimal' || kind === 'double';

function widest(types: readonly FieldType[]): FieldType {
  const [first, ...others] = types;
  if (first === undefined) return textType;
  if (types.every((type) => type === guessedType)) return guessedType;
  if (others.every((type) => type.kind === first.kind)) {
    const size = types.every((type) => type.size !== null) ? Math.max(...types.map((type) => type.size ?? 0)) : null;
    if (first.kind === 'string') return size === null ? textType : { ...textType, sqlType: `VARCHAR(${size})`, size };
    return first.kind === 'integer' ? (types.find((type) => type.sqlType === 'BIGINT') ?? first) : first;
  }
  return types.every(isNumber) ? double : textType;
}

/** Records of several inputs below each other; `match` finds the field of an input for each field of the result. */
export function unite(
  draft: Draft,
  streams: readonly Stream[],
  names: readonly string[],
  match: (stream: Stream, name: string, index: number) => Field | null,
): RuleResult {
  const fields = distinctNames(
    names.map((name, index) => ({
      name,
      type: widest(streams.flatMap((stream) => match(stream, name, index)?.type ?? [])),
    })),
  );
  const branch = (stream: Stream, at_: number): string => {
    const items = fields.map((field, index) => {
      const own = match(stream, names[index] ?? '', index);
      if (own === null) return { name: field.name, sql: `CAST(NULL AS ${field.type.sqlType.replace(/\(\d+\)$/, '')})` };
      const sql = fieldSql(own);
      const cast =
        own.type.sqlType === field.type.sqlType || (own.type.kind === 'string' && field.type.kind === 'string');
      return { name: field.name, sql: cast ? sql : castTo({ sql, kind: own.type.kind }, field.type, draft) };
    });
    const order = draft.ordered
      ? [
          { name: '__input', sql: String(at_) },
          { name: '__seq', sql: '__seq' },
        ]
      : [];
    return printSelect({
      items: items.length + order.length === 0 ? [{ name: '__empty', sql: 'NULL' }] : [...items, ...order],
      from: relationOf(stream),
    }).trimEnd();
  };
  const body = streams.map(branch).join('\nUNION ALL\n');
  const sql = draft.ordered
    ? printSelect({
        items: [
          ...fields.map((field) => ({ name: field.name, sql: columnName(field.name) })),
          ...draft.seq('row_number() OVER (ORDER BY __input, __seq)'),
        ],
        from: `(\n${indent(body)}\n)`,
      })
    : `${body}\n`;
  const columns = fields.map((field, index) => ({
    name: field.name,
    type: field.type.sqlType,
    from: streams.flatMap((stream) => {
      const own = match(stream, names[index] ?? '', index);
      return own === null ? [] : [lineageOf(stream, own)];
    }),
  }));
  const asks = streams.flatMap((stream) => (stream.ask === null ? [] : [stream.ask]));
  return single(draft.node({ operator: 'sql_union_all', columns, sql }), {
    fields,
    ask: asks.length === 0 ? null : (name, type) => asks.forEach((ask) => ask(name, type)),
  });
}

/** All names of the streams, in the order in which they first occur. */
export function namesOf(streams: readonly Stream[]): readonly string[] {
  const found = new Map<string, string>();
  for (const field of streams.flatMap((stream) => stream.fields))
    if (!found.has(field.name.toLowerCase())) found.set(field.name.toLowerCase(), field.name);
  return [...found.values()];
}

export const byName = (stream: Stream, name: string): Field | null =>
  stream.fields.find((field) => sameName(field.name, name)) ?? null;

const place = (inbound: Inbound): number => Number.parseInt((inbound.order ?? '').replace('#', ''), 10) || 999;

interface ByHand {
  readonly names: readonly string[];
  /** The name of an input's field by its wire and its place in the result. */
  readonly fieldAt: (wire: string, index: number) => string | undefined;
}

/** The fields that are put below each other by hand, named as in the first input; null where an input is not listed. */
function byHand(config: Config, inbound: readonly Inbound[]): ByHand | null {
  const wires = new Map(
    all(at(config, 'MultiMetaInfo'), 'MetaInfo').map((info) => [
      attribute(info, 'name'),
      new Map(
        all(at(info, 'RecordInfo'), 'Field').map((one) => [
          Number.parseInt(attribute(one, 'column'), 10) - 1,
          attribute(one, 'name'),
        ]),
      ),
    ]),
  );
  if (wires.size === 0 || inbound.some((one) => !wires.has(one.order ?? ''))) return null;
  const places = [...new Set([...wires.values()].flatMap((fields) => [...fields.keys()]))]
    .filter((one) => one >= 0)
    .sort((a, b) => a - b);
  const listed = [...wires.values()];
  return {
    names: places.map((one) => listed.find((fields) => fields.has(one))?.get(one) ?? ''),
    fieldAt: (wire, index) => wires.get(wire)?.get(places[index] ?? -1),
  };
}

function uniteByHand(draft: Draft, inbound: readonly Inbound[], { names, fieldAt }: ByHand): RuleResult {
  const wires = new Map(inbound.map((one) => [one.stream, one.order ?? '']));
  const streams = inbound.map((one) => draft.use(one.stream));
  return unite(draft, streams, names, (stream, _name, index) => {
    const own = fieldAt(wires.get(stream) ?? '', index);
    if (own === undefined) return null;
    const field = fieldOf(stream, own);
    if (field === null) draft.doubt(`The field ${own} that is united by hand is not there`, 0.5, 'error');
    return field;
  });
}

/** Union: by name, by position, or by hand. */
export const unionRule: Rule = {
  types: ['Union', 'LockInUnion'],
  convert({ config, draft }) {
    const mode = setting(config, 'Mode');
    const inbound = [...draft.inbound()].sort((a, b) => place(a) - place(b));
    const order = at(config, 'OutputOrder').children.map((one) => one.text);
    const sorted = isOn(config, 'SetOutputOrder')
      ? [...inbound].sort((a, b) => order.indexOf(a.order ?? '') - order.indexOf(b.order ?? ''))
      : inbound;
    const streams = sorted.map((one) => draft.use(one.stream));
    if (streams.length === 0) {
      draft.input();
      return single(
        draft.node({
          operator: 'sql_union_all',
          sql: printSelect({
            items: [{ name: '__empty', sql: 'NULL' }, ...draft.seq('1')],
            from: '(SELECT 1)',
            where: 'FALSE',
          }),
        }),
        { fields: [], ask: null },
      );
    }
    if (mode === 'ByPos')
      return unite(
        draft,
        streams,
        (streams[0]?.fields ?? []).map((field) => field.name),
        (stream, _name, index) => stream.fields[index] ?? null,
      );
    const hand = mode.startsWith('Manual') ? byHand(config, sorted) : null;
    if (hand !== null && new Set(streams).size === streams.length) return uniteByHand(draft, sorted, hand);
    if (mode !== 'ByName' && mode !== '')
      draft.doubt('Fields are united by hand in the source tool; here they are united by name', 0.5, 'error');
    const found = namesOf(streams);
    const names =
      setting(config, 'ByName_OutputMode') === 'Subset'
        ? found.filter((name) => streams.every((stream) => byName(stream, name) !== null))
        : found;
    return unite(draft, streams, names, byName);
  },
};
