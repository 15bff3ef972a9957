import { all, at, attribute } from '../config.ts';
import { keyPair, keysEqual } from '../convert/match.ts';
import { selectFields, type Candidate } from '../convert/select-fields.ts';
import { printSelect } from '../convert/sql.ts';
import { fieldOf, fieldSql, passed, relationOf, sameName, type Stream } from '../convert/stream.ts';
import type { Rule, Tool } from '../convert/rule.ts';

function keysOf({ config }: Tool, side: string): readonly string[] {
  const info = all(config, 'JoinInfo').find((one) => attribute(one, 'connection') === side);
  return info === undefined ? [] : all(info, 'Field').map((one) => attribute(one, 'field'));
}

function candidates(left: Stream, right: Stream): readonly Candidate[] {
  const taken = new Set(left.fields.map((field) => field.name.toLowerCase()));
  return [
    ...left.fields.map((field) => ({
      listed: `Left_${field.name}`,
      name: field.name,
      field,
      stream: left,
      alias: 'l',
    })),
    ...right.fields.map((field) => ({
      listed: `Right_${field.name}`,
      name: taken.has(field.name.toLowerCase()) ? `Right_${field.name}` : field.name,
      field,
      stream: right,
      alias: 'r',
    })),
  ];
}

function asker(left: Stream, right: Stream): Stream['ask'] {
  if (left.ask === null && right.ask === null) return null;
  return (name, type) => {
    if (/^Right_/i.test(name)) right.ask?.(name.slice(6), type);
    else if (/^Left_/i.test(name)) left.ask?.(name.slice(5), type);
    else (left.ask ?? right.ask)?.(name, type);
  };
}

/** A side with its position among the records, for joins by position. */
const numbered = (stream: Stream): string =>
  `(SELECT *, row_number() OVER (ORDER BY __seq) AS __pos FROM ${relationOf(stream)})`;

/** The order of joined records: by the keys, as the source tool sorts them. */
function orderOf(left: Stream, keys: readonly string[]): string {
  const sorted = keys
    .flatMap((name) => fieldOf(left, name) ?? [])
    .map((field) => `${fieldSql(field, 'l')} NULLS FIRST`);
  return `row_number() OVER (ORDER BY ${[...sorted, 'l.__seq', 'r.__seq'].join(', ')})`;
}

/** Join: records of both sides with equal keys, and those of each side without a partner. */
export const joinRule: Rule = {
  types: ['Join', 'LockInJoin'],
  readsOrder: (config) => attribute(config, 'joinByRecordPos').toLowerCase() === 'true',
  convert(tool) {
    const { config, draft } = tool;
    const [left, right] = [draft.input('Left'), draft.input('Right')];
    const byPosition = attribute(config, 'joinByRecordPos').toLowerCase() === 'true';
    const [leftKeys, rightKeys] = [keysOf(tool, 'Left'), keysOf(tool, 'Right')];
    const pairs = leftKeys.map((name, index) => keyPair([left, name], [right, rightKeys[index] ?? '']));
    const conditions = leftKeys.map((name, index) => {
      const other = { stream: right, alias: 'r', name: rightKeys[index] ?? '' };
      return keysEqual([{ stream: left, alias: 'l', name }], other, draft);
    });
    const on = byPosition ? 'l.__pos = r.__pos' : conditions.filter((one) => one !== null).join(' AND ') || 'FALSE';
    if (!byPosition && leftKeys.length === 0) draft.doubt('The join has no keys', 0.3, 'error');
    const [l, r] = byPosition ? [numbered(left), numbered(right)] : [relationOf(left), relationOf(right)];
    const list = at(config, 'SelectConfiguration', 'Configuration');
    const ask = asker(left, right);
    const selected = selectFields(withSides(list, left), candidates(left, right), draft, ask);
    const order = orderOf(left, leftKeys);
    const alone = (
      stream: Stream,
      own: string,
      other: string,
      alias: string,
    ): { columns: ReturnType<typeof passed>[]; sql: string } => ({
      columns: stream.fields.map((field) => passed(stream, field)),
      sql: printSelect({
        items: [...draft.items(stream, alias), ...draft.seq(`${alias}.__seq`)],
        from: `${own} AS ${alias}`,
        where: `NOT EXISTS (SELECT 1 FROM ${other} AS ${alias === 'l' ? 'r' : 'l'} WHERE ${on})`,
      }),
    });
    const node = draft.node({
      operator: 'sql_join',
      config: byPosition ? { by: 'position' } : { keys: pairs },
      outputs: [
        { name: 'Left', ...alone(left, l, r, 'l') },
        {
          name: 'Join',
          columns: selected.columns,
          sql: printSelect({
            items: [...selected.items, ...draft.seq(order)],
            from: `${l} AS l\n  JOIN ${r} AS r ON ${on}`,
          }),
        },
        { name: 'Right', ...alone(right, r, l, 'r') },
      ],
    });
    return {
      node,
      outputs: new Map([
        ['Left', { ...left, input: { node: node.id, output: 'Left' } }],
        ['Right', { ...right, input: { node: node.id, output: 'Right' } }],
        [
          'Join',
          { input: { node: node.id, output: 'Join' }, fields: selected.fields, ask: selected.unknown ? ask : null },
        ],
      ]),
    };
  },
};

/** Fields of the left side may be listed without `Left_`. */
function withSides(list: Parameters<typeof selectFields>[0], left: Stream): Parameters<typeof selectFields>[0] {
  const fields = at(list, 'SelectFields');
  const children = fields.children.map((entry) => {
    const name = attribute(entry, 'field');
    const bare =
      !name.startsWith('*') &&
      !/^(?:Left|Right)_/i.test(name) &&
      left.fields.some((field) => sameName(field.name, name));
    return bare ? { ...entry, attributes: new Map([...entry.attributes, ['field', `Left_${name}`]]) } : entry;
  });
  return { ...list, children: [...list.children.filter((child) => child !== fields), { ...fields, children }] };
}
