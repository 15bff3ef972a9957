import type { ValueKind } from '../../../expr/alteryx/value.ts';
import { at, isOn, setting } from '../config.ts';
import { printSelect } from '../convert/sql.ts';
import { fieldOf, passed, relationOf, type Stream } from '../convert/stream.ts';
import { databaseSql } from '../convert/database-sql.ts';
import type { Rule, Tool } from '../convert/rule.ts';

const tests: Readonly<Record<string, (field: string, operand: string) => string>> = {
  IsNull: (field) => `IsNull(${field})`,
  IsNotNull: (field) => `!IsNull(${field})`,
  IsEmpty: (field) => `IsEmpty(${field})`,
  IsNotEmpty: (field) => `!IsEmpty(${field})`,
  IsTrue: (field) => field,
  IsFalse: (field) => `!${field}`,
  Contains: (field, operand) => `Contains(${field}, ${operand})`,
  NotContains: (field, operand) => `!Contains(${field}, ${operand})`,
  DoesNotContain: (field, operand) => `!Contains(${field}, ${operand})`,
  StartsWith: (field, operand) => `StartsWith(${field}, ${operand})`,
  EndsWith: (field, operand) => `EndsWith(${field}, ${operand})`,
};

/** Days that a filter names by their distance from the day of the run. */
const days: Readonly<Record<string, string>> = {
  today: 'DateTimeToday()',
  yesterday: 'DateTimeAdd(DateTimeToday(), -1, "days")',
  tomorrow: 'DateTimeAdd(DateTimeToday(), 1, "days")',
};

/** The operand as it is written in an expression; null where it cannot be, for it holds both kinds of quotes. */
function operandText(value: string, numeric: boolean): string | null {
  if (numeric && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value)) return value.trim();
  if (!value.includes("'")) return `'${value}'`;
  return value.includes('"') ? null : `"${value}"`;
}

/** What is compared with: the operand or start date of the file, or what an answer of the app gives for it. */
function operandOf({ config, answer }: Tool, kind: ValueKind): string | null {
  const numeric = kind === 'integer' || kind === 'double' || kind === 'decimal';
  const given = answer('Simple/Operands/Operand');
  if (given !== null) return numeric ? `ToNumber(${given})` : `ToString(${given})`;
  const operands = at(config, 'Simple', 'Operands');
  const value = setting(operands, 'Operand');
  if (kind !== 'date' && kind !== 'datetime') return operandText(value, numeric);
  const dateType = setting(operands, 'DateType').toLowerCase();
  if (dateType !== '' && dateType !== 'fixed') return days[dateType] ?? null;
  if (value !== '') return operandText(value, numeric);
  return answer('Simple/Operands/StartDate') ?? `'${setting(operands, 'StartDate')}'`;
}

/** A simple-mode filter as an expression; null where it is one that cannot be written. */
function simpleExpression(tool: Tool, input: Stream): string | null {
  const { config, draft } = tool;
  const simple = at(config, 'Simple');
  const name = setting(simple, 'Field');
  const operator = setting(simple, 'Operator').trim();
  const kind = fieldOf(input, name)?.type.kind ?? 'unknown';
  const operand = operandOf(tool, kind);
  const test = tests[operator];
  if (test !== undefined && (operand !== null || operator.startsWith('Is'))) return test(`[${name}]`, operand ?? '');
  if (operand === null || !/^(?:=|==|!=|<>|<|<=|>|>=)$/.test(operator)) {
    draft.doubt(`The filter ${operator} on ${name} has a setting that is not converted`, 0.3, 'error');
    return null;
  }
  const whole = kind === 'datetime' && isOn(simple, 'Operands', 'IgnoreTimeInDateTime');
  return `${whole ? `DateTimeTrim([${name}], "day")` : `[${name}]`} ${operator} ${operand}`;
}

/** Filter: records by a condition. False gets every record that True does not get. */
export const filterRule: Rule = {
  types: ['Filter', 'LockInFilter'],
  answers: /^Simple\/Operands\/(?:Operand|StartDate)$/,
  convert(tool) {
    const { config, draft, transformation } = tool;
    const input = draft.input();
    const simple = setting(config, 'Mode') === 'Simple';
    const text = simple ? simpleExpression(tool, input) : setting(config, 'Expression');
    const condition =
      !simple && transformation.type === 'LockInFilter'
        ? databaseSql(text ?? '', draft)
        : ((text === null ? null : draft.translate(text, 'Condition', input, { condition: true }))?.sql ??
          "error('The condition is not converted')");
    const output = (
      name: string,
      where: string,
    ): { name: string; condition: string; columns: ReturnType<typeof passed>[]; sql: string } => ({
      name,
      condition: where,
      columns: input.fields.map((field) => passed(input, field)),
      sql: printSelect({ items: [...draft.items(input), ...draft.seq()], from: relationOf(input), where }),
    });
    const node = draft.node({
      operator: 'conditional_branch',
      config: { expression: text ?? '' },
      outputs: [output('True', condition), output('False', `NOT coalesce(${condition}, FALSE)`)],
    });
    const stream = (name: string): Stream => ({ ...input, input: { node: node.id, output: name } });
    return {
      node,
      outputs: new Map([
        ['True', stream('True')],
        ['False', stream('False')],
        ['*', stream('True')],
      ]),
    };
  },
};
