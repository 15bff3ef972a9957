import { all, at, attribute, isOn } from '../config.ts';
import { keyPair, keysEqual } from '../convert/match.ts';
import { single, type Rule, type Tool } from '../convert/rule.ts';
import { selectFields, type Candidate } from '../convert/select-fields.ts';
import { printSelect } from '../convert/sql.ts';
import type { Draft } from '../convert/draft.ts';
import { relationOf, type Stream } from '../convert/stream.ts';

interface Joined {
  readonly stream: Stream;
  readonly order: string;
  readonly alias: string;
}

/** Names of the key fields by the wire of their input. */
type JoinKeys = ReadonlyMap<string, readonly string[]>;

/** The inputs in the order of their wires, `#1` first. */
function inputsOf(draft: Draft): readonly Joined[] {
  const place = (order: string | null): number => Number.parseInt((order ?? '').replace('#', ''), 10) || 999;
  return [...draft.inbound()]
    .sort((a, b) => place(a.order) - place(b.order))
    .map((one, index) => ({
      stream: draft.use(one.stream),
      order: one.order ?? `#${index + 1}`,
      alias: `i${index + 1}`,
    }));
}

/** Fields that could come out; one whose name an earlier input has is named after its input. */
function candidatesOf(inputs: readonly Joined[]): readonly Candidate[] {
  const taken = new Set<string>();
  return inputs.flatMap((one) =>
    one.stream.fields.map((field) => {
      const listed = `Input_${one.order}_${field.name}`;
      const name = taken.has(field.name.toLowerCase()) ? listed : field.name;
      taken.add(field.name.toLowerCase());
      return { listed, name, field, stream: one.stream, alias: one.alias };
    }),
  );
}

function asker(inputs: readonly Joined[]): Stream['ask'] {
  if (inputs.every((one) => one.stream.ask === null)) return null;
  return (name, type) => {
    const [, order, bare] = /^Input_(#\d+)_(.*)$/s.exec(name) ?? [];
    const owner = inputs.find((one) => one.order === order) ?? inputs.find((one) => one.stream.ask !== null);
    owner?.stream.ask?.(bare ?? name, type);
  };
}

/**
 * The condition that an input's keys equal those of the inputs before it. A record that is not in the first input has
 * its keys in a later one; keys that are NULL are equal, so that the first value that is there is the key.
 */
function onKeys({ draft }: Tool, before: readonly Joined[], other: Joined, keys: JoinKeys): string {
  const names = keys.get(other.order) ?? [];
  if (names.length === 0) draft.doubt(`The keys of input ${other.order} are not known: nothing matches`, 0.3, 'error');
  const conditions = names.flatMap((name, key) => {
    const right = { stream: other.stream, alias: other.alias, name };
    const lefts = before.map(({ stream, alias, order }) => ({ stream, alias, name: keys.get(order)?.[key] ?? name }));
    return keysEqual(lefts, right, draft) ?? [];
  });
  return conditions.join(' AND ') || 'FALSE';
}

/** What of each later input is compared with what of the first one. */
function comparedKeys(inputs: readonly Joined[], keys: JoinKeys): readonly { left: string; right: string }[] {
  const [first, ...others] = inputs;
  if (first === undefined) return [];
  return others.flatMap((other) =>
    (keys.get(other.order) ?? []).map((name, index) =>
      keyPair([first.stream, keys.get(first.order)?.[index] ?? name], [other.stream, name]),
    ),
  );
}

/** Join Multiple: a full outer join of any number of inputs, or an inner one. */
export const joinMultipleRule: Rule = {
  types: ['JoinMultiple'],
  readsOrder: (config) => isOn(config, 'JoinByRecPos'),
  convert(tool) {
    const { config, draft } = tool;
    const inputs = inputsOf(draft);
    const others = inputs.slice(1);
    if (inputs.length === 0) draft.input();
    const byPosition = isOn(config, 'JoinByRecPos');
    const inner = isOn(config, 'OutputJoinOnly');
    const keys = new Map(
      [...all(at(config, 'JoinFields'), 'JoinInfo'), ...all(config, 'JoinInfo')].map((info) => [
        attribute(info, 'connection'),
        all(info, 'Field').map((one) => attribute(one, 'field')),
      ]),
    );
    const relation = (index: number): string => {
      const stream = inputs[index]?.stream;
      if (stream === undefined) return '(SELECT 1 WHERE FALSE)';
      return byPosition
        ? `(SELECT *, row_number() OVER (ORDER BY __seq) AS __pos FROM ${relationOf(stream)})`
        : relationOf(stream);
    };
    const joins = others.map((other, index) => {
      const on = byPosition
        ? `${other.alias}.__pos = coalesce(${inputs
            .slice(0, index + 1)
            .map((one) => `${one.alias}.__pos`)
            .join(', ')})`
        : onKeys(tool, inputs.slice(0, index + 1), other, keys);
      return `\n  ${inner ? 'JOIN' : 'FULL JOIN'} ${relation(index + 1)} AS ${other.alias} ON ${on}`;
    });
    const candidates = candidatesOf(inputs);
    const ask = asker(inputs);
    const selected = selectFields(at(config, 'SelectConfiguration', 'Configuration'), candidates, draft, ask);
    const order = byPosition
      ? `coalesce(${inputs.map((one) => `${one.alias}.__pos`).join(', ') || '1'})`
      : `row_number() OVER (ORDER BY ${inputs.map((one) => `${one.alias}.__seq`).join(', ') || '1'})`;
    const node = draft.node({
      operator: 'sql_join',
      config: {
        by: byPosition ? 'position' : 'keys',
        kind: inner ? 'inner' : 'full',
        ...(byPosition ? {} : { keys: comparedKeys(inputs, keys) }),
      },
      columns: selected.columns,
      sql: printSelect({
        items: [...selected.items, ...draft.seq(order)],
        from: `${relation(0)} AS i1${joins.join('')}`,
      }),
    });
    return single(node, { fields: selected.fields, ask: selected.unknown ? ask : null });
  },
};
