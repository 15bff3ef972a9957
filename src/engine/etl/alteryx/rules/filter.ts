import { at, setting, type Config } from '../config.ts';
import type { Draft } from '../convert/draft.ts';
import { printSelect } from '../convert/sql.ts';
import { fieldOf, passed, relationOf, type Stream } from '../convert/stream.ts';
import type { Rule } from '../convert/rule.ts';

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

/** The operand as it is written in an expression; null where it cannot be, for it holds both kinds of quotes. */
function operandText(value: string, numeric: boolean): string | null {
  if (numeric && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value)) return value.trim();
  if (!value.includes("'")) return `'${value}'`;
  return value.includes('"') ? null : `"${value}"`;
}

/** A simple-mode filter as an expression; null where it is one that cannot be written. */
function simpleExpression(config: Config, input: Stream, draft: Draft): string | null {
  const simple = at(config, 'Simple');
  const name = setting(simple, 'Field');
  const operator = setting(simple, 'Operator').trim();
  const kind = fieldOf(input, name)?.type.kind ?? 'unknown';
  const dateType = setting(simple, 'Operands', 'DateType');
  const value = setting(simple, 'Operands', 'Operand');
  const operand = operandText(value, kind === 'integer' || kind === 'double' || kind === 'decimal');
  const test = tests[operator];
  if (test !== undefined && operand !== null) return test(`[${name}]`, operand);
  const isDate = kind === 'date' || kind === 'datetime';
  if (
    operand === null ||
    !/^(?:=|==|!=|<>|<|<=|>|>=)$/.test(operator) ||
    (isDate && dateType !== '' && dateType !== 'fixed')
  ) {
    draft.doubt(`The filter ${operator} on ${name} has a setting that is not converted`, 0.3, 'error');
    return null;
  }
  return `[${name}] ${operator} ${isDate && value === '' ? `'${setting(simple, 'Operands', 'StartDate')}'` : operand}`;
}

/** Filter: records by a condition. False gets every record that True does not get. */
export const filterRule: Rule = {
  types: ['Filter', 'LockInFilter'],
  convert({ config, draft }) {
    const input = draft.input();
    const text =
      setting(config, 'Mode') === 'Simple' ? simpleExpression(config, input, draft) : setting(config, 'Expression');
    const sql = text === null ? null : draft.translate(text, 'Condition', input, { condition: true });
    const condition = sql?.sql ?? "error('The condition is not converted')";
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
