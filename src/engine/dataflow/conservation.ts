/** Laws that the row counts of a node obey whatever the data: rows are neither lost nor made where its operator does neither. */
import type { Pipeline, PipelineNode } from './model.ts';
import { relationsOf } from './print-script.ts';
import { relationName } from './sql-name.ts';
import { tokenizeSql } from '../sql/sql-tokens.ts';

export interface BrokenLaw {
  readonly node: string;
  readonly message: string;
}

/** Rows by relation name. */
type Counts = ReadonlyMap<string, number>;

interface Observed {
  readonly node: PipelineNode;
  readonly tool: string | null;
  readonly inputs: readonly number[];
  readonly outputs: readonly { readonly name: string; readonly rows: number }[];
}

type Law = (seen: Observed) => string | null;

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

const sameRows: Law = ({ inputs, outputs }) => {
  const [rows = 0] = inputs;
  const different = inputs.length === 1 ? outputs.find((output) => output.rows !== rows) : undefined;
  return different === undefined ? null : `${rows} rows went in and ${different.rows} came out of ${different.name}`;
};

const noMoreRows: Law = ({ inputs, outputs }) => {
  const rows = total(inputs);
  const more = inputs.length === 0 ? undefined : outputs.find((output) => output.rows > rows);
  return more === undefined ? null : `${rows} rows went in and ${more.rows} came out of ${more.name}`;
};

/** An expression that leaves out rows by a condition of its own (a constraint, an ERROR) says so in its SQL. */
const expression: Law = (seen) => {
  const filters = relationsOf(seen.node).some(({ sql }) =>
    tokenizeSql(sql).some(({ kind, text }) => kind === 'word' && /^(?:where|qualify)$/i.test(text)),
  );
  return filters ? noMoreRows(seen) : sameRows(seen);
};

/** Splits of these tools send each row one way only; a Router sends it to every group whose condition holds. */
const splitsOneWay: ReadonlySet<string> = new Set(['ssis', 'alteryx']);

const split: Law = (seen) => {
  const { node, tool, inputs, outputs } = seen;
  if (node.outputs === undefined || inputs.length !== 1) return noMoreRows(seen);
  const out = total(outputs.map((output) => output.rows));
  return tool !== null && splitsOneWay.has(tool) && out !== inputs[0]
    ? `${inputs[0]} rows went in and the outputs together have ${out}`
    : noMoreRows(seen);
};

const union: Law = ({ inputs, outputs }) => {
  const [output] = outputs;
  const rows = total(inputs);
  return outputs.length !== 1 || output === undefined || output.rows === rows
    ? null
    : `${rows} rows went in and ${output.rows} came out`;
};

/** Left rows are either in the join or beside it; so are right rows. */
function joinWithUnmatched(inputs: readonly number[], rows: ReadonlyMap<string, number>): string | null {
  const [left = 0, right = 0] = inputs;
  const joined = rows.get('join') ?? 0;
  for (const [side, all, own] of [
    ['left', left, rows.get('left')],
    ['right', right, rows.get('right')],
  ] as const) {
    if (own === undefined) continue;
    if (own > all) return `${own} rows are unmatched of the ${all} on the ${side}`;
    if (own + joined < all) return `${all - own - joined} rows of the ${side} are neither joined nor unmatched`;
    if (joined === 0 && own !== all) return `nothing was joined and ${all - own} rows of the ${side} are gone`;
  }
  return joined > left * right ? `${joined} rows are joined of ${left} and ${right}` : null;
}

const join: Law = ({ node, inputs, outputs }) => {
  if (inputs.length !== 2) return null;
  if (node.outputs !== undefined)
    return joinWithUnmatched(
      inputs,
      new Map(node.outputs.map((output, index) => [output.name.toLowerCase(), outputs[index]?.rows ?? 0])),
    );
  const [left = 0, right = 0] = inputs;
  const rows = outputs[0]?.rows ?? 0;
  return rows > Math.max(left * right, left + right) ? `${rows} rows came out of ${left} and ${right}` : null;
};

const group: Law = (seen) => {
  const keys = seen.node.config?.['group_by'] ?? seen.node.config?.['keys'];
  const single = !Array.isArray(keys) || keys.length === 0;
  return single && seen.outputs.every((output) => output.rows <= 1) ? null : noMoreRows(seen);
};

const laws: ReadonlyMap<string, Law> = new Map<string, Law>([
  ['sql_expression', expression],
  ['sequence_generator', sameRows],
  ['row_state', sameRows],
  ['sql_where', noMoreRows],
  ['sql_order_by', noMoreRows],
  ['deduplicate', noMoreRows],
  ['sql_rank', noMoreRows],
  ['sql_group_by', group],
  ['conditional_branch', split],
  ['sql_union_all', union],
  ['sql_join', join],
]);

/** The laws of its operator that `node` broke; nodes whose counts are not all known are left out. */
export function brokenLaw(node: PipelineNode, pipeline: Pipeline, counts: Counts): BrokenLaw | null {
  const law = laws.get(node.operator);
  if (law === undefined) return null;
  const inputs = (node.depends_on ?? []).map((input) => counts.get(relationName(input)));
  const outputs = relationsOf(node).map(({ name }) => ({ name, rows: counts.get(name) }));
  if ([...inputs, ...outputs.map(({ rows }) => rows)].includes(undefined)) return null;
  const message = law({
    node,
    tool: pipeline.origin?.tool ?? null,
    inputs: inputs.filter((rows) => rows !== undefined),
    outputs: outputs.map(({ name, rows }) => ({ name, rows: rows ?? 0 })),
  });
  return message === null ? null : { node: node.id, message };
}
