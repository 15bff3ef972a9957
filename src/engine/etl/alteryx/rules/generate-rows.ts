import type { Expr } from '../../../expr/ast.ts';
import { parseAlteryx } from '../../../expr/alteryx/parse.ts';
import { isOn, setting, type Config } from '../config.ts';
import { castTo } from '../convert/cast.ts';
import type { Draft } from '../convert/draft.ts';
import { single, type Rule } from '../convert/rule.ts';
import { columnName, printSelect, type Item } from '../convert/sql.ts';
import { distinctNames, passed, relationOf, sameName, type Field, type Stream } from '../convert/stream.ts';
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

function stepOf(next: Expr, isField: (expr: Expr) => boolean): number | null {
  if (next.kind !== 'binary' || (next.operator !== '+' && next.operator !== '-')) return null;
  if (!isField(next.left) || next.right.kind !== 'number' || !/^\d{1,9}$/.test(next.right.text)) return null;
  return Number(next.right.text) * (next.operator === '-' ? -1 : 1);
}

function countingLoop(loop: string, condition: string, name: string): Counting | null {
  const [next, test] = [parseAlteryx(loop), parseAlteryx(condition)];
  if (!next.ok || !test.ok || test.ast.kind !== 'binary') return null;
  const isField = (expr: Expr): boolean => expr.kind === 'column' && sameName(expr.name, name);
  const step = stepOf(next.ast, isField);
  const { operator, left, right } = test.ast;
  if (step === null || !isField(left) || reads(right, (one) => sameName(one, name))) return null;
  const up = operator === '<=' || operator === '<';
  const down = operator === '>=' || operator === '>';
  const ends = up ? step > 0 : down && step < 0;
  return ends ? { step, limit: right, inclusive: operator.endsWith('=') } : null;
}

/** The parts of a loop as SQL. */
interface Loop {
  readonly draft: Draft;
  readonly field: Field;
  readonly others: readonly Item[];
  readonly shown: readonly Item[];
  readonly from: string;
  readonly first: string;
  readonly next: string;
  readonly condition: string;
}

const parentOf = (draft: Draft, sql: string): readonly Item[] => (draft.ordered ? [{ name: '__parent', sql }] : []);

const seqOf = (draft: Draft): readonly Item[] => draft.seq('row_number() OVER (ORDER BY __parent, __n)');

/** A loop that counts, as a range. */
function counted({ draft, field, others, shown, from, first }: Loop, counting: Counting, to: string): string {
  const distance = counting.step > 0 ? `CAST(${to} AS DOUBLE) - (${first})` : `(${first}) - CAST(${to} AS DOUBLE)`;
  const size = Math.abs(counting.step);
  const count = counting.inclusive ? `floor((${distance}) / ${size}) + 1` : `ceil((${distance}) / ${size})`;
  const made = printSelect({
    items: [
      ...others,
      { name: field.name, sql: `CAST((${first}) + counter.k * ${counting.step} AS ${field.type.sqlType})` },
      { name: '__n', sql: 'counter.k' },
      ...parentOf(draft, '__seq'),
    ],
    from: `${from}, unnest(range(CAST(greatest(0, least(coalesce(${count}, 0), ${maximumRows})) AS BIGINT))) AS counter(k)`,
  });
  return printSelect({
    with: [{ name: 'generated', sql: made }],
    items: [...shown, ...seqOf(draft)],
    from: 'generated',
  });
}

/** Any other loop, record after record. */
function looped({ draft, field, others, shown, from, first, next, condition }: Loop): string {
  const start = printSelect({
    items: [
      ...others,
      { name: field.name, sql: `CAST(${first} AS ${field.type.sqlType})` },
      { name: '__n', sql: '1' },
      ...parentOf(draft, '__seq'),
    ],
    from,
  });
  const step = printSelect({
    items: [
      ...others,
      { name: field.name, sql: `CAST(${next} AS ${field.type.sqlType})` },
      { name: '__n', sql: '__n + 1' },
      ...parentOf(draft, '__parent'),
    ],
    from: 'generated',
    // A value that stays what it is would be made for ever, e.g. NULL, which is equal to NULL.
    where: `(${condition}) AND __n < ${maximumRows} AND (${next}) IS DISTINCT FROM ${columnName(field.name)}`,
  });
  return printSelect({
    with: [{ name: 'generated', sql: `${start}UNION ALL\n${step}`, recursive: true }],
    items: [...shown, ...seqOf(draft)],
    from: 'generated',
    where: condition,
  });
}

/** The field that counts: one of the input, or a new one. */
function counterOf(config: Config, input: Stream): { readonly field: Field; readonly existing: Field | null } {
  const name = setting(config, isOn(config, 'UpdateField') ? 'UpdateField_Name' : 'CreateField_Name') || 'RowCount';
  const existing = input.fields.find((field) => sameName(field.name, name)) ?? null;
  const created = fieldType(setting(config, 'CreateField_Type'), setting(config, 'CreateField_Size') || null);
  return { field: { name: existing?.name ?? name, type: existing?.type ?? created }, existing };
}

/** Generate Rows: records of a counting loop, for each record of the input. */
export const generateRowsRule: Rule = {
  types: ['GenerateRows'],
  convert({ config, draft }) {
    const connected = draft.inbound().length > 0;
    const input: Stream = connected ? draft.input() : { input: { node: '' }, fields: [], ask: null };
    const { field, existing } = counterOf(config, input);
    const others = input.fields.filter((one) => one !== existing);
    const known: Stream = { ...input, fields: [...others, field] };
    const value = (part: string, stream: Stream): string => {
      const result = draft.translate(setting(config, part), part.replace('Expression_', ''), stream);
      return result === null
        ? "error('expression not converted')"
        : castTo({ sql: result.sql, kind: result.kind, literal: result.literal }, field.type, draft);
    };
    const fields = distinctNames(
      existing === null ? [...others, field] : input.fields.map((one) => (one === existing ? field : one)),
    );
    const loop: Loop = {
      draft,
      field,
      others: others.map((one) => ({ name: one.name, sql: columnName(one.name) })),
      shown: fields.map((one) => ({ name: one.name, sql: columnName(one.name) })),
      from: connected ? relationOf(input) : '(SELECT 1 AS __seq)',
      first: value('Expression_Init', input),
      next: value('Expression_Loop', known),
      condition:
        draft.translate(setting(config, 'Expression_Cond'), 'Cond', known, { condition: true })?.sql ??
        "error('condition not converted')",
    };
    const [step, test] = [setting(config, 'Expression_Loop'), setting(config, 'Expression_Cond')];
    const counting = field.type.kind === 'integer' ? countingLoop(step, test, field.name) : null;
    draft.note(`A loop is stopped after ${maximumRows} records`);
    const node = draft.node({
      operator: connected ? 'normalizer' : 'row_state',
      ...(connected ? {} : { type: 'source' }),
      config: { init: setting(config, 'Expression_Init'), while: test, next: step },
      columns: fields.map((one) =>
        one.name === field.name
          ? { name: one.name, type: field.type.sqlType, expression: loop.next, original: step }
          : passed(input, one),
      ),
      sql:
        counting === null
          ? looped(loop)
          : counted(loop, counting, draft.translateTree(counting.limit, 'Cond', input).sql),
    });
    return single(node, { fields, ask: input.ask });
  },
};
