/** Variable ports as steps of SQL: each step adds columns that later ones may use. */
import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { Expr } from '../../../expr/ast.ts';
import type { ExpressionEnv } from '../../../expr/environment.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { isVariablePort, toColumnSqlType, toScalarType } from '../ports.ts';
import {
  coerce,
  environmentOf,
  parseExpression,
  plainValue,
  conditionTree,
  translateTree,
  translateValue,
  type KnownColumn,
  type Translated,
} from './expression.ts';
import type { NodeDraft } from './node-draft.ts';
import { columnsOf } from './references.ts';
import { recurrenceSteps, toRecurrence } from './row-state.ts';
import { indent, printSelect, type SelectItem } from './select.ts';
import { seqColumn, type InputRelation } from './stream.ts';

export interface VariableSteps {
  readonly steps: readonly { readonly name: string; readonly sql: string }[];
  /** The relation that output expressions read. */
  readonly from: string;
  readonly columns: ReadonlyMap<string, KnownColumn>;
  readonly usesState: boolean;
}

interface Variable {
  readonly port: EtlPort;
  readonly key: string;
  readonly ast: Expr | null;
  /** Variables whose value of this row, or of the row before, the expression reads. */
  readonly now: readonly string[];
  readonly before: readonly string[];
}

function variablesOf(transformation: EtlTransformation): readonly Variable[] {
  const ports = transformation.ports.filter(isVariablePort);
  const position = new Map(ports.map((port, index) => [port.name.toLowerCase(), index]));
  return ports.map((port, index) => {
    const ast = port.expression === null ? null : parseExpression(port.expression);
    const used = ast === null ? [] : [...columnsOf(ast)].filter((name) => position.has(name));
    return {
      port,
      key: port.name.toLowerCase(),
      ast,
      now: used.filter((name) => (position.get(name) ?? 0) < index),
      before: used.filter((name) => (position.get(name) ?? 0) >= index),
    };
  });
}

/** Whether any variable reads a value of the row before. */
export function hasRowState(transformation: EtlTransformation): boolean {
  return variablesOf(transformation).some((variable) => variable.before.length > 0);
}

function initialValue(port: EtlPort): string {
  const type = toScalarType(port);
  if (type === 'string') return "''";
  return type === 'date' ? "TIMESTAMP '0001-01-01'" : `CAST(0 AS ${stateType(port)})`;
}

function stateType(port: EtlPort): string {
  const type = toColumnSqlType(port);
  return type.startsWith('DECIMAL')
    ? `DECIMAL(38,${Math.max(port.scale ?? 0, 6)})`
    : type.startsWith('VARCHAR')
      ? 'VARCHAR'
      : type;
}

class StepBuilder {
  private readonly transformation: EtlTransformation;
  private readonly draft: NodeDraft;
  private readonly inputs: ReadonlyMap<string, KnownColumn>;
  private readonly variables: readonly Variable[];
  private readonly more: Partial<ExpressionEnv>;
  readonly steps: { name: string; sql: string }[] = [];
  readonly columns = new Map<string, KnownColumn>();

  constructor(
    transformation: EtlTransformation,
    draft: NodeDraft,
    inputs: ReadonlyMap<string, KnownColumn>,
    more: Partial<ExpressionEnv>,
  ) {
    this.transformation = transformation;
    this.draft = draft;
    this.inputs = inputs;
    this.more = more;
    this.variables = variablesOf(transformation);
  }

  private get last(): string {
    return this.steps.at(-1)?.name ?? '';
  }

  private add(items: readonly SelectItem[]): void {
    const name = `step_${this.steps.length}`;
    this.steps.push({ name, sql: printSelect({ items: [{ sql: '*', name: '' }, ...items], from: this.last }) });
  }

  build(relation: InputRelation): VariableSteps {
    const state = this.variables.some((variable) => variable.before.length > 0);
    const items = [...this.inputs].map(([name, column]): SelectItem => ({ sql: column.sql, name }));
    this.steps.push({
      name: 'step_0',
      sql: printSelect({
        items: [
          ...items,
          ...(relation.seq === null ? [] : [{ sql: relation.seq, name: seqColumn }]),
          ...(relation.operation === null ? [] : [{ sql: relation.operation, name: '__op' }]),
        ],
        from: relation.from ?? '(SELECT 1 WHERE FALSE)',
      }),
    });
    for (const [name, column] of this.inputs) this.columns.set(name, { sql: sqlName(name), type: column.type });
    if (!this.inLayers()) this.inRecursion();
    return { steps: this.steps, from: this.last, columns: this.columns, usesState: state };
  }

  private translate(variable: Variable, previous: ReadonlyMap<string, string>): Translated {
    const env = environmentOf(this.transformation, this.draft.context, this.known(), {
      ...this.more,
      previousRow: previous,
    });
    const value =
      variable.ast === null
        ? variable.port.expression === null
          ? plainValue('NULL', 'unknown')
          : translateValue(variable.port.expression, env)
        : translateTree(variable.ast, env);
    const coerced = this.draft.take(coerce(value, variable.port, this.draft.context), variable.port.name);
    this.draft.rejectWhere(coerced.rowErrors, variable.port.name);
    return coerced;
  }

  /** Columns known so far, and variables still to come by their own name, for values of the row before. */
  private known(): ReadonlyMap<string, KnownColumn> {
    const all = new Map(this.columns);
    for (const variable of this.variables) {
      if (!all.has(variable.port.name))
        all.set(variable.port.name, { sql: sqlName(variable.port.name), type: toScalarType(variable.port) });
    }
    return all;
  }

  private define(variable: Variable, type: KnownColumn['type']): void {
    this.columns.set(variable.port.name, {
      sql: sqlName(variable.port.name),
      type: type === 'unknown' ? toScalarType(variable.port) : type,
    });
  }

  /** Steps in order of dependency; false, with nothing added, where values depend on themselves in no known form. */
  private inLayers(): boolean {
    const plan = this.plan();
    if (plan === null) return false;
    for (const level of plan) {
      for (const variable of level.filter((one) => one.before.includes(one.key))) this.addRecurrence(variable);
      const plain = level.filter((one) => !one.before.includes(one.key));
      if (plain.length === 0) continue;
      const previous = plain.flatMap((one) => one.before).filter((name) => !this.columns.has(`__prev_${name}`));
      if (previous.length > 0) this.addPrevious([...new Set(previous)]);
      const items = plain.map((variable): SelectItem => {
        const value = this.translate(
          variable,
          new Map(variable.before.map((name) => [name, sqlName(`__prev_${name}`)])),
        );
        this.define(variable, value.type);
        return { sql: value.sql, name: variable.port.name };
      });
      this.add(items);
    }
    return true;
  }

  private addPrevious(names: readonly string[]): void {
    const items = names.map((name): SelectItem => {
      const variable = this.variables.find((one) => one.key === name);
      const port = variable?.port;
      const column = port === undefined ? sqlName(name) : sqlName(port.name);
      const initial = port === undefined ? 'NULL' : initialValue(port);
      this.columns.set(`__prev_${name}`, {
        sql: sqlName(`__prev_${name}`),
        type: port === undefined ? 'unknown' : toScalarType(port),
      });
      return {
        sql: `CASE WHEN row_number() OVER (ORDER BY ${seqColumn}) = 1 THEN ${initial} ELSE lag(${column}) OVER (ORDER BY ${seqColumn}) END`,
        name: `__prev_${name}`,
      };
    });
    this.add(items);
  }

  /** Levels of variables, each depending only on earlier ones or, in a known form, on itself. */
  private plan(): readonly (readonly Variable[])[] | null {
    const levels: Variable[][] = [];
    const done = new Set<string>();
    let waiting = [...this.variables];
    while (waiting.length > 0) {
      const ready = waiting.filter((one) =>
        [...one.now, ...one.before].every((name) => done.has(name) || (name === one.key && this.isRecurrence(one))),
      );
      if (ready.length === 0) return null;
      levels.push(ready);
      for (const one of ready) done.add(one.key);
      waiting = waiting.filter((one) => !done.has(one.key));
    }
    return levels;
  }

  private isRecurrence(variable: Variable): boolean {
    return (
      variable.ast !== null &&
      toRecurrence(variable.ast, variable.key) !== null &&
      toScalarType(variable.port) !== 'unknown'
    );
  }

  private addRecurrence(variable: Variable): void {
    const recurrence = variable.ast === null ? null : toRecurrence(variable.ast, variable.key);
    if (recurrence === null) return;
    const others = variable.before.filter((name) => name !== variable.key && !this.columns.has(`__prev_${name}`));
    if (others.length > 0) this.addPrevious([...new Set(others)]);
    const previous = new Map(variable.before.map((name) => [name, sqlName(`__prev_${name}`)]));
    const env = environmentOf(this.transformation, this.draft.context, this.known(), {
      ...this.more,
      previousRow: previous,
    });
    const value = (expr: Expr): string =>
      this.draft.take(coerce(translateTree(expr, env), variable.port, this.draft.context), variable.port.name).sql;
    const condition = (expr: Expr): string => this.draft.take(conditionTree(expr, env), variable.port.name).sql;
    const steps = recurrenceSteps(recurrence, { value, condition }, initialValue(variable.port));
    this.add([
      { sql: steps.run, name: '__run' },
      { sql: steps.contribution, name: '__add' },
    ]);
    const before = this.last;
    const name = `step_${this.steps.length}`;
    this.steps.push({
      name,
      sql: printSelect({
        items: [
          { sql: '* EXCLUDE (__run, __add)', name: '' },
          { sql: steps.value, name: variable.port.name },
        ],
        from: before,
      }),
    });
    this.define(variable, toScalarType(variable.port));
  }

  /** One row of the recursion: the input row, the variables of the row before, and the variables computed in order. */
  private recursiveRows(): string {
    const previous = new Map(this.variables.map((one) => [one.key, sqlName(`__prev_${one.key}`)]));
    let rows = printSelect({
      items: [
        { sql: 'numbered.*', name: '' },
        ...this.variables.map((one): SelectItem => ({
          sql: `state.${sqlName(one.port.name)}`,
          name: `__prev_${one.key}`,
        })),
      ],
      from: 'state JOIN numbered ON numbered.__n = state.__n + 1',
    });
    for (const [level, variable] of this.variables.entries()) {
      const value = this.translate(
        variable,
        new Map(variable.before.map((name) => [name, previous.get(name) ?? 'NULL'])),
      );
      this.define(variable, toScalarType(variable.port));
      rows = printSelect({
        items: [
          { sql: '*', name: '' },
          { sql: `CAST(${value.sql} AS ${stateType(variable.port)})`, name: variable.port.name },
        ],
        from: `(\n${indent(rows)}\n) AS row_${level}`,
      });
    }
    return rows;
  }

  /** The general case: row after row, in a recursive query. Right for any recurrence, and slow on many rows. */
  private inRecursion(): void {
    this.draft.doubt(
      'Variables depend on each other across rows: computed row by row in a recursive query, which is slow on large inputs',
      0.82,
    );
    const from = this.last;
    this.steps.push({
      name: 'numbered',
      sql: printSelect({
        items: [
          { sql: '*', name: '' },
          { sql: `row_number() OVER (ORDER BY ${seqColumn})`, name: '__n' },
        ],
        from,
      }),
    });
    const rows = this.recursiveRows();
    const start = printSelect({
      items: [
        { sql: 'CAST(0 AS BIGINT)', name: '__n' },
        ...this.variables.map((one): SelectItem => ({ sql: initialValueAs(one.port), name: one.port.name })),
      ],
      from: '(SELECT 1)',
    });
    const next = printSelect({
      items: [
        { sql: '__n', name: '__n' },
        ...this.variables.map((one): SelectItem => ({ sql: sqlName(one.port.name), name: one.port.name })),
      ],
      from: `(\n${indent(rows)}\n) AS next_row`,
    });
    this.steps.push({ name: 'state', sql: `${start}UNION ALL\n${next}` });
    this.steps.push({
      name: 'with_state',
      sql: printSelect({
        items: [
          { sql: 'numbered.*', name: '' },
          ...this.variables.map((one): SelectItem => ({ sql: `state.${sqlName(one.port.name)}`, name: one.port.name })),
        ],
        from: 'numbered JOIN state ON state.__n = numbered.__n',
      }),
    });
    const [first] = this.steps;
    if (first !== undefined) first.name = 'RECURSIVE step_0';
  }
}

function initialValueAs(port: EtlPort): string {
  return `CAST(${initialValue(port)} AS ${stateType(port)})`;
}

/** The steps that compute all variable ports of `transformation` over `relation`. */
export function variableSteps(
  transformation: EtlTransformation,
  draft: NodeDraft,
  relation: InputRelation,
  parts: { readonly inputs: ReadonlyMap<string, KnownColumn>; readonly more: Partial<ExpressionEnv> },
): VariableSteps {
  return new StepBuilder(transformation, draft, parts.inputs, parts.more).build(relation);
}
