/** Stage variables: computed in their order for each row, keeping their value until the next one. */
import type { EtlPort } from '../../../../shared/model/etl.ts';
import type { Expr } from '../../../expr/ast.ts';
import { parseDataStageExpression } from '../../../expr/datastage/parse.ts';
import type { PortInfo } from '../../../expr/environment.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import { columnSqlType, scalarType } from '../data-types.ts';
import { assigned } from './columns.ts';
import { environmentOf, translated } from './expression.ts';
import { item, NotConverted, select, seqColumn, type InputLink, type StageDraft } from './stage-draft.ts';

/** Names that an expression uses, in lower case. */
export function namesIn(text: string | null): ReadonlySet<string> {
  const names = new Set<string>();
  const parsed = text === null ? null : parseDataStageExpression(text);
  const open: Expr[] = parsed?.ok === true ? [parsed.ast] : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'column') names.add(next.name.toLowerCase());
    else if (next.kind === 'binary') open.push(next.left, next.right);
    else if (next.kind === 'unary') open.push(next.operand);
    else if (next.kind === 'call') open.push(...next.args);
  }
  return names;
}

export function stageVariables(ports: readonly EtlPort[]): readonly EtlPort[] {
  return ports.filter((port) => port.direction === 'variable');
}

/** Whether a variable is read before it is set: it then has the value of the row before. */
export function keepsState(ports: readonly EtlPort[]): boolean {
  const variables = stageVariables(ports);
  return variables.some((variable, index) => {
    const used = namesIn(variable.expression);
    return variables.slice(index).some((later) => used.has(later.name.toLowerCase()));
  });
}

function column(variable: EtlPort): string {
  return `sv__${variable.name}`;
}

function initial(variable: EtlPort): string {
  const value = variable.defaultValue ?? '';
  const type = columnSqlType(variable);
  if (value === '') return type.startsWith('VARCHAR') ? "''" : `TRY_CAST('0' AS ${type})`;
  const plain = value.replace(/^(["'])(.*)\1$/s, '$2').replaceAll("'", "''");
  return `TRY_CAST('${plain}' AS ${type})`;
}

/** `VARIABLE + rest` as the rest: a running total. */
function incrementOf(variable: EtlPort): string | null {
  const name = variable.name.replace(/[^A-Za-z0-9_]/g, '');
  const found = new RegExp(`^\\s*${name}\\s*\\+\\s*([^+\\-:]+)$`, 'i').exec(variable.expression ?? '');
  return found?.[1] !== undefined && name === variable.name && !namesIn(found[1]).has(name.toLowerCase())
    ? found[1]
    : null;
}

export interface WithVariables {
  /** What follows FROM: the input with a column for every variable. */
  readonly from: string;
  readonly ports: ReadonlyMap<string, PortInfo>;
}

/**
 * Adds one column a variable, each over the one before it. A variable that is read before it is set gets the value of
 * the row before by a window over `__seq`; other recurrences cannot be written as SQL and are refused.
 */
export function withVariables(
  draft: StageDraft,
  from: string,
  alias: (link: InputLink) => string | null,
): WithVariables {
  const variables = stageVariables(draft.stage.ports);
  if (
    variables.some((one) => one.properties.some((property) => property.name === 'scope' && property.value === 'loop'))
  )
    throw new NotConverted('A loop writes several rows for one row by variables of its own');
  const known = new Map<string, PortInfo>();
  let relation = from;
  const pending = variables.map((variable, index) => ({ variable, index }));
  while (pending.length > 0) {
    // First those whose values of the same row are known; then the reader of a row before can use a window.
    const at = pending.findIndex(({ variable, index }) => {
      const used = namesIn(variable.expression);
      return variables.every(
        (other, place) =>
          !used.has(other.name.toLowerCase()) ||
          known.has(other.name.toLowerCase()) ||
          (place === index && incrementOf(variable) !== null),
      );
    });
    const next = pending.splice(Math.max(at, 0), 1)[0];
    if (next === undefined || at === -1)
      throw new NotConverted(
        `The stage variable ${next?.variable.name ?? ''} depends on its own value in the row before in a way that is no running total`,
      );
    relation = step(draft, next, { variables, known, relation, alias });
  }
  return { from: relation, ports: known };
}

interface Step {
  readonly variables: readonly EtlPort[];
  readonly known: Map<string, PortInfo>;
  readonly relation: string;
  readonly alias: (link: InputLink) => string | null;
}

function step(
  draft: StageDraft,
  next: { readonly variable: EtlPort; readonly index: number },
  { variables, known, relation, alias }: Step,
): string {
  const { variable, index } = next;
  const increment = incrementOf(variable);
  const own = new Map(known);
  const used = namesIn(variable.expression);
  for (const later of variables.slice(index + 1)) {
    const info = known.get(later.name.toLowerCase());
    if (info === undefined || !used.has(later.name.toLowerCase())) continue;
    draft.note('Variables that are read before they are set have the value of the row before, over all partitions');
    draft.atMost(0.86);
    own.set(later.name.toLowerCase(), {
      ...info,
      sqlName: `lag(${info.sqlName}, 1, ${initial(later)}) OVER (ORDER BY ${seqColumn})`,
    });
  }
  const env = environmentOf(draft, alias, own);
  const sqlType = columnSqlType(variable);
  const text = increment ?? variable.expression;
  const value = text === null ? null : translated(draft, text, variable.name, { env, use: 'value' });
  // A variable without an expression is a constant.
  let sql = value === null ? initial(variable) : assigned(value.sql, value.type, sqlType);
  if (increment !== null && value !== null) {
    draft.atMost(0.86);
    draft.note('A running total is computed over all partitions');
    const over = `OVER (ORDER BY ${seqColumn} ROWS UNBOUNDED PRECEDING)`;
    const total = `TRY_CAST(${initial(variable)} + sum(${value.sql}) ${over} AS ${sqlType})`;
    // A total that has met a NULL is NULL from then on.
    sql = `CASE WHEN count(*) ${over} = count(${value.sql}) ${over} THEN ${total} END`;
  }
  known.set(variable.name.toLowerCase(), {
    type: scalarType(sqlType),
    precision: null,
    scale: null,
    sqlName: sqlName(column(variable)),
  });
  const inner = select(['*', item(sql, column(variable))], relation);
  return `(\n${inner
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}\n)`;
}
