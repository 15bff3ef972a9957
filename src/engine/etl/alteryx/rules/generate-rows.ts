import type { Expr } from '../../../expr/ast.ts';
import { parseAlteryx } from '../../../expr/alteryx/parse.ts';
import { isOn, setting } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect } from '../convert/sql.ts';
import { distinctNames, passed, relationOf, sameName, type Stream } from '../convert/stream.ts';
import { reads } from '../convert/running-value.ts';
import { fieldType } from '../field-type.ts';

/** A loop that makes more records of one than this does not end. */
const maximumRows = 1_000_000;

/** A loop that counts by a fixed step up or down to a limit. */
interface Counting {
  readonly step: number;
  readonly limit: Expr;
  readonly inclusive: boolean;
}

function countingLoop(loop: string, condition: string, name: string): Counting | null {
  const [next, test] = [parseAlteryx(loop), parseAlteryx(condition)];
  if (!next.ok || !test.ok || next.ast.kind !== 'binary' || test.ast.kind !== 'binary') return null;
  const isField = (expr: Expr): boolean => expr.kind === 'column' && sameName(expr.name, name);
  const { operator, left, right } = next.ast;
  if (
    (operator !== '+' && operator !== '-') ||
    !isField(left) ||
    right.kind !== 'number' ||
    !/^\d{1,9}$/.test(right.text)
  )
    return null;
  const step = Number(right.text) * (operator === '-' ? -1 : 1);
  const up = test.ast.operator === '<=' || test.ast.operator === '<';
  const down = test.ast.operator === '>=' || test.ast.operator === '>';
  if (
    !isField(test.ast.left) ||
    reads(test.ast.right, (one) => sameName(one, name)) ||
    !(up ? step > 0 : down && step < 0)
  )
    return null;
  return { step, limit: test.ast.right, inclusive: test.ast.operator.endsWith('=') };
}

/** Generate Rows: records of a counting loop, for each record of the input. */
export const generateRowsRule: Rule = {
  types: ['GenerateRows'],
  convert({ config, draft }) {
    const connected = draft.inbound().length > 0;
    const input: Stream = connected ? draft.input() : { input: { node: '' }, fields: [], ask: null };
    const update = isOn(config, 'UpdateField');
    const name = setting(config, update ? 'UpdateField_Name' : 'CreateField_Name') || 'RowCount';
    const existing = input.fields.find((field) => sameName(field.name, name));
    const type =
      existing?.type ?? fieldType(setting(config, 'CreateField_Type'), setting(config, 'CreateField_Size') || null);
    const field = { name: existing?.name ?? name, type };
    const others = input.fields.filter((one) => one !== existing);
    const known: Stream = { ...input, fields: [...others, field] };
    const value = (part: string, stream: Stream): string => {
      const result = draft.translate(setting(config, part), part.replace('Expression_', ''), stream);
      return result === null
        ? "error('expression not converted')"
        : castTo({ sql: result.sql, kind: result.kind, literal: result.literal }, type, draft);
    };
    const first = value('Expression_Init', input);
    const next = value('Expression_Loop', known);
    const condition =
      draft.translate(setting(config, 'Expression_Cond'), 'Cond', known, { condition: true })?.sql ??
      "error('condition not converted')";
    const fields = distinctNames(
      existing === undefined ? [...others, field] : input.fields.map((one) => (one === existing ? field : one)),
    );
    const loop =
      type.kind === 'integer'
        ? countingLoop(setting(config, 'Expression_Loop'), setting(config, 'Expression_Cond'), field.name)
        : null;
    const limit = loop === null ? null : draft.translateTree(loop.limit, 'Cond', input);
    const from = connected ? relationOf(input) : '(SELECT 1 AS __seq)';
    const others_ = others.map((one) => ({ name: one.name, sql: columnName(one.name) }));
    const ordering = {
      parent: draft.ordered ? [{ name: '__parent', sql: '__seq' }] : [],
      carried: draft.ordered ? [{ name: '__parent', sql: '__parent' }] : [],
    };
    const shown = fields.map((one) => ({ name: one.name, sql: columnName(one.name) }));
    const seq = draft.seq('row_number() OVER (ORDER BY __parent, __n)');
    const counted = (counting: Counting, to: string): string => {
      const distance = counting.step > 0 ? `CAST(${to} AS DOUBLE) - (${first})` : `(${first}) - CAST(${to} AS DOUBLE)`;
      const size = Math.abs(counting.step);
      const count = counting.inclusive ? `floor((${distance}) / ${size}) + 1` : `ceil((${distance}) / ${size})`;
      const items = [
        ...others_,
        { name: field.name, sql: `CAST((${first}) + counter.k * ${counting.step} AS ${type.sqlType})` },
        { name: '__n', sql: 'counter.k' },
        ...ordering.parent,
      ];
      const made = printSelect({
        items,
        from: `${from}, unnest(range(CAST(greatest(0, least(coalesce(${count}, 0), ${maximumRows})) AS BIGINT))) AS counter(k)`,
      });
      return printSelect({ with: [{ name: 'generated', sql: made }], items: [...shown, ...seq], from: 'generated' });
    };
    const looped = (): string => {
      const start = printSelect({
        items: [
          ...others_,
          { name: field.name, sql: `CAST(${first} AS ${type.sqlType})` },
          { name: '__n', sql: '1' },
          ...ordering.parent,
        ],
        from,
      });
      const step = printSelect({
        items: [
          ...others_,
          { name: field.name, sql: `CAST(${next} AS ${type.sqlType})` },
          { name: '__n', sql: '__n + 1' },
          ...ordering.carried,
        ],
        from: 'generated',
        where: `(${condition}) AND __n < ${maximumRows}`,
      });
      return printSelect({
        with: [{ name: 'generated', sql: `${start}UNION ALL\n${step}`, recursive: true }],
        items: [...shown, ...seq],
        from: 'generated',
        where: condition,
      });
    };
    const sql = loop === null || limit === null ? looped() : counted(loop, limit.sql);
    draft.note(`A loop is stopped after ${maximumRows} records`);
    const node = draft.node({
      operator: 'row_state',
      ...(connected ? {} : { type: 'source' }),
      config: {
        init: setting(config, 'Expression_Init'),
        while: setting(config, 'Expression_Cond'),
        next: setting(config, 'Expression_Loop'),
      },
      columns: fields.map((one) =>
        one.name === field.name
          ? { name: one.name, type: type.sqlType, expression: next, original: setting(config, 'Expression_Loop') }
          : passed(input, one),
      ),
      sql,
    });
    return single(node, { fields, ask: input.ask });
  },
};
