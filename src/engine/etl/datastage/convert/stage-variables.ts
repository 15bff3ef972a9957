/** What a Transformer computes before its outputs: row numbers, stage variables, the rows and variables of its loop. */
import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { Expr } from '../../../expr/ast.ts';
import { parseDataStageExpression } from '../../../expr/datastage/parse.ts';
import { isNumeric, type PortInfo, type ScalarType } from '../../../expr/environment.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { columnsOf } from '../../powercenter/convert/references.ts';
import { recurrenceSteps, toRecurrence } from '../../powercenter/convert/row-state.ts';
import { columnSqlType, scalarType } from '../data-types.ts';
import { loopCondition } from '../parse-stage.ts';
import { propertyOf } from '../properties.ts';
import { assigned } from './columns.ts';
import { environmentOf, translated } from './expression.ts';
import { item, NotConverted, select, seqColumn, type InputLink, type StageDraft } from './stage-draft.ts';

type Stage = Pick<EtlTransformation, 'ports' | 'groups' | 'properties'>;
type Scope = 'stage' | 'loop';

const acrossPartitions =
  'Variables that are read before they are set have the value of the row before, over all partitions';

function treeOf(text: string | null): Expr | null {
  const parsed = text === null ? null : parseDataStageExpression(text);
  return parsed?.ok === true ? parsed.ast : null;
}

/** Names that an expression uses, in lower case. */
function namesIn(text: string | null): ReadonlySet<string> {
  const tree = treeOf(text);
  return tree === null ? new Set() : columnsOf(tree);
}

function variablesOf(ports: readonly EtlPort[], scope: Scope): readonly EtlPort[] {
  return ports.filter(
    (port) =>
      port.direction === 'variable' &&
      port.properties.some((one) => one.name === 'scope' && one.value === 'loop') === (scope === 'loop'),
  );
}

function uses(stage: Stage, ...names: readonly string[]): boolean {
  const texts = [...stage.ports.map((port) => port.expression), ...stage.groups.map((group) => group.condition)];
  return texts.some((text) => {
    const found = namesIn(text);
    return names.some((name) => found.has(name));
  });
}

/** Whether a variable is read before it is set: it then has the value of the row before. */
function keepsState(variables: readonly EtlPort[]): boolean {
  return variables.some((variable, index) => {
    const used = namesIn(variable.expression);
    return variables.slice(index).some((later) => used.has(later.name.toLowerCase()));
  });
}

/** Whether what the stage computes depends on the order of its rows. */
export function readsRowOrder(stage: Stage): boolean {
  return (
    propertyOf(stage.properties, loopCondition) !== null ||
    uses(stage, '@inrownum', '@outrownum') ||
    stage.ports.some((port) => /\bLastRow(?:InGroup)?\s*\(/i.test(port.expression ?? '')) ||
    keepsState(variablesOf(stage.ports, 'stage'))
  );
}

/** Whether anything is computed before the outputs. */
export function hasSteps(stage: Stage): boolean {
  return (
    stage.ports.some((port) => port.direction === 'variable') ||
    propertyOf(stage.properties, loopCondition) !== null ||
    uses(stage, '@inrownum')
  );
}

const column = (variable: EtlPort): string => sqlName(`sv__${variable.name}`);
const before = (variable: EtlPort): string => sqlName(`before__${variable.name}`);
/** Variables of server jobs have no type: theirs is that of their values. */
const isTyped = (variable: EtlPort): boolean => variable.dataType !== 'Unknown';

function initial(variable: EtlPort, type: string): string {
  const value = (variable.defaultValue ?? '').trim().replace(/^(["'])(.*)\1$/s, '$2');
  if (value === '') return type.startsWith('VARCHAR') ? "''" : `TRY_CAST('0' AS ${type})`;
  return `TRY_CAST('${value.replaceAll("'", "''")}' AS ${type})`;
}

const untyped: Partial<Record<ScalarType, string>> = {
  boolean: 'INTEGER',
  integer: 'BIGINT',
  bigint: 'BIGINT',
  decimal: 'DECIMAL(38,10)',
  double: 'DOUBLE',
  date: 'TIMESTAMP',
};

function typeOf(variable: EtlPort, value: ScalarType): string {
  return isTyped(variable) ? columnSqlType(variable) : (untyped[value] ?? 'VARCHAR');
}

function nested(sql: string): string {
  return `(\n${sql
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}\n)`;
}

export interface WithVariables {
  /** What follows FROM: the input with a column for every variable. */
  readonly from: string;
  readonly ports: ReadonlyMap<string, PortInfo>;
}

interface Seen {
  readonly alias: (link: InputLink) => string | null;
  /** Names beside the columns of the links. */
  readonly ports: ReadonlyMap<string, PortInfo>;
}

class Steps {
  private readonly draft: StageDraft;
  private readonly alias: (link: InputLink) => string | null;
  private relation: string;
  private known: Map<string, PortInfo>;
  private readonly lagged = new Set<string>();

  constructor(draft: StageDraft, from: string, { alias, ports }: Seen) {
    this.draft = draft;
    this.known = new Map(ports);
    this.relation = from;
    this.alias = alias;
  }

  build(): WithVariables {
    const { stage } = this.draft;
    if (uses(stage, '@inrownum')) this.numberRows();
    this.stageVariables(variablesOf(stage.ports, 'stage'));
    const condition = propertyOf(stage.properties, loopCondition);
    if (condition !== null) this.loop(condition, variablesOf(stage.ports, 'loop'));
    return { from: this.relation, ports: this.known };
  }

  private add(...items: readonly string[]): void {
    this.relation = nested(select(items[0]?.startsWith('* ') ? items : ['*', ...items], this.relation));
  }

  private define(name: string, sqlType: string, sql: string): void {
    this.known.set(name.toLowerCase(), { type: scalarType(sqlType), precision: null, scale: null, sqlName: sql });
  }

  private value(expr: string, variable: EtlPort, ports: ReadonlyMap<string, PortInfo> = this.known) {
    const env = environmentOf(this.draft, this.alias, ports);
    return translated(this.draft, expr, variable.name, { env, use: 'value' });
  }

  /** Numbered before any constraint takes rows away. */
  private numberRows(): void {
    this.limit(0.88);
    this.draft.note('@INROWNUM counts the rows of all partitions; the source tool counts within each of them');
    this.add(item(`row_number() OVER (ORDER BY ${seqColumn})`, 'sv__inrownum'));
    this.define('@inrownum', 'BIGINT', 'sv__inrownum');
  }

  private limit(confidence: number): void {
    this.draft.atMost(confidence);
  }

  /** One column a variable, each over the one before it: first those whose values of the same row are known. */
  private stageVariables(variables: readonly EtlPort[]): void {
    const start = { relation: this.relation, known: new Map(this.known) };
    const pending = variables.map((variable, index) => ({ variable, index }));
    while (pending.length > 0) {
      const at = pending.findIndex(({ variable }) => {
        const used = namesIn(variable.expression);
        return variables.every((other) => {
          const name = other.name.toLowerCase();
          return !used.has(name) || this.known.has(name) || (other === variable && this.recurrence(variable) !== null);
        });
      });
      const [next] = at === -1 ? [] : pending.splice(at, 1);
      if (next === undefined) {
        this.relation = start.relation;
        this.known = start.known;
        this.rowByRow(variables);
        return;
      }
      if (namesIn(next.variable.expression).has(next.variable.name.toLowerCase())) this.recur(next.variable, variables);
      else this.plain(next.variable, variables);
    }
  }

  private recurrence(variable: EtlPort) {
    const tree = treeOf(variable.expression);
    return tree === null ? null : toRecurrence(tree, variable.name.toLowerCase());
  }

  /** What the expression of a variable sees: those that are set after it have the value of the row before. */
  private seenBy(variable: EtlPort, variables: readonly EtlPort[]): ReadonlyMap<string, PortInfo> {
    const own = new Map(this.known);
    const used = namesIn(variable.expression);
    for (const later of variables.slice(variables.indexOf(variable) + 1)) {
      const info = this.known.get(later.name.toLowerCase());
      if (info === undefined || !used.has(later.name.toLowerCase())) continue;
      this.draft.note(acrossPartitions);
      this.limit(0.86);
      const lagged = before(later);
      if (!this.lagged.has(lagged)) {
        const type = isTyped(later) ? columnSqlType(later) : (untyped[info.type] ?? 'VARCHAR');
        const sql = `lag(${info.sqlName}, 1, ${initial(later, type)}) OVER (ORDER BY ${seqColumn})`;
        this.add(`${sql} AS ${lagged}`);
        this.lagged.add(lagged);
      }
      own.set(later.name.toLowerCase(), { ...info, sqlName: lagged });
    }
    return own;
  }

  private plain(variable: EtlPort, variables: readonly EtlPort[]): void {
    const ports = this.seenBy(variable, variables);
    const value = variable.expression === null ? null : this.value(variable.expression, variable, ports);
    const type = typeOf(variable, value?.type ?? 'unknown');
    // A variable without an expression is a constant.
    this.add(
      item(value === null ? initial(variable, type) : assigned(value.sql, value.type, type), `sv__${variable.name}`),
    );
    this.define(variable.name, type, column(variable));
  }

  /** A counter or running total, which may start again where a condition says so. */
  private recur(variable: EtlPort, variables: readonly EtlPort[]): void {
    const recurrence = this.recurrence(variable);
    if (recurrence === null) return;
    const env = environmentOf(this.draft, this.alias, this.seenBy(variable, variables));
    const types = new Set<ScalarType>();
    const print =
      (use: 'value' | 'condition') =>
      (expr: Expr): string => {
        const found = translated(this.draft, expr, variable.name, { env, use });
        if (use === 'value') types.add(found.type);
        return use === 'condition' || !isTyped(variable)
          ? found.sql
          : assigned(found.sql, found.type, columnSqlType(variable));
      };
    const printer = { value: print('value'), condition: print('condition') };
    recurrenceSteps(recurrence, printer, 'NULL');
    const widest = (['double', 'decimal', 'bigint', 'integer'] as const).find((one) => types.has(one));
    const type = typeOf(variable, [...types].every(isNumeric) ? (widest ?? 'unknown') : 'unknown');
    if (type.startsWith('VARCHAR') && treeHasSum(recurrence))
      throw new NotConverted(`The stage variable ${variable.name} adds up what is not known to be a number`);
    const start = initial(variable, type);
    const steps = recurrenceSteps(recurrence, printer, start, start === `TRY_CAST('0' AS ${type})` ? null : start);
    this.limit(0.86);
    this.draft.note('What a variable keeps from row to row is computed over all partitions');
    this.add(item(steps.run, '__run'), item(steps.contribution, '__add'));
    this.add('* EXCLUDE (__run, __add)', item(`TRY_CAST(${steps.value} AS ${type})`, `sv__${variable.name}`));
    this.define(variable.name, type, column(variable));
  }

  /** The general case: row after row, in a recursive query. */
  private rowByRow(variables: readonly EtlPort[]): void {
    const loose = variables.find((one) => !isTyped(one));
    if (loose !== undefined)
      throw new NotConverted(
        `The stage variable ${loose.name} depends on values of the row before in a way that is no running total, and has no type`,
      );
    this.draft.doubt(
      'Variables depend on each other across rows: computed row by row in a recursive query over all partitions, which is slow on large inputs',
      0.82,
    );
    let rows = select(
      ['numbered.*', ...variables.map((one) => `state.${column(one)} AS ${before(one)}`)],
      'state JOIN numbered ON numbered.__n = state.__n + 1',
    );
    const types = new Map(variables.map((one) => [one, columnSqlType(one).replace(/^VARCHAR.*/, 'VARCHAR')]));
    for (const one of variables) this.define(one.name, types.get(one) ?? 'VARCHAR', before(one));
    for (const one of variables) {
      const value = one.expression === null ? null : this.value(one.expression, one);
      const type = types.get(one) ?? 'VARCHAR';
      const sql = value === null ? before(one) : assigned(value.sql, value.type, columnSqlType(one));
      rows = select(['*', `CAST(${sql} AS ${type}) AS ${column(one)}`], nested(rows));
      this.define(one.name, type, column(one));
    }
    const numbered = select(['*', item(`row_number() OVER (ORDER BY ${seqColumn})`, '__n')], this.relation);
    const start = variables.map(
      (one) => `CAST(${initial(one, types.get(one) ?? '')} AS ${types.get(one)}) AS ${column(one)}`,
    );
    const state = `SELECT ${['CAST(0 AS BIGINT) AS __n', ...start].join(', ')}\nUNION ALL\n${select(['__n', ...variables.map(column)], nested(rows))}`;
    const whole = select(
      ['numbered.* EXCLUDE (__n)', ...variables.map((one) => `state.${column(one)}`)],
      'numbered JOIN state ON state.__n = numbered.__n',
    );
    this.relation = nested(`WITH RECURSIVE numbered AS ${nested(numbered)}, state AS ${nested(state)}\n${whole}`);
  }

  /** As many rows as `@ITERATION <= …` lets through, each with the variables of the loop. */
  private loop(condition: string, variables: readonly EtlPort[]): void {
    const limit = iterations(treeOf(condition));
    const own = new Set(variables.map((one) => one.name.toLowerCase()));
    if (limit === null || [...columnsOf(limit.bound)].some((name) => name === '@iteration' || own.has(name)))
      throw new NotConverted(`The loop runs while ${condition}, which is no number of iterations that a row sets`);
    if (keepsState(variables))
      throw new NotConverted('A variable of the loop keeps its value from one iteration to the next');
    const env = environmentOf(this.draft, this.alias, this.known);
    const bound = translated(this.draft, limit.bound, 'loop condition', { env, use: 'value' });
    const last = `CAST(${limit.below ? `ceil(${bound.sql}) - 1` : `floor(${bound.sql})`} AS BIGINT)`;
    this.add(item(`unnest(range(1, greatest(coalesce(${last}, 0), 0) + 1))`, 'sv__iteration'));
    this.add(`* REPLACE (row_number() OVER (ORDER BY ${seqColumn}, sv__iteration) AS ${seqColumn})`);
    this.define('@iteration', 'BIGINT', 'sv__iteration');
    for (const one of variables) this.plain(one, []);
  }
}

function treeHasSum(recurrence: NonNullable<ReturnType<typeof toRecurrence>>): boolean {
  if (recurrence.kind === 'choice') return treeHasSum(recurrence.met) || treeHasSum(recurrence.otherwise);
  return recurrence.kind === 'add' && recurrence.value !== null;
}

/** `@ITERATION <= bound`, either way round. */
function iterations(tree: Expr | null): { readonly bound: Expr; readonly below: boolean } | null {
  if (tree?.kind !== 'binary') return null;
  const counts = (side: Expr): boolean => side.kind === 'column' && side.name.toLowerCase() === '@iteration';
  const { left, right, operator } = tree;
  if (counts(left) && (operator === '<=' || operator === '<')) return { bound: right, below: operator === '<' };
  if (counts(right) && (operator === '>=' || operator === '>')) return { bound: left, below: operator === '>' };
  return null;
}

/**
 * Adds one column a variable. A variable that is read before it is set gets the value of the row before by windows over
 * `__seq` where these can say it, otherwise row by row. A loop multiplies the rows.
 */
export function withVariables(
  draft: StageDraft,
  from: string,
  alias: (link: InputLink) => string | null,
  ports: ReadonlyMap<string, PortInfo>,
): WithVariables {
  return new Steps(draft, from, { alias, ports }).build();
}
