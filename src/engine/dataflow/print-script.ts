/** A pipeline as one SQL script: a view a node, and the statements that write the targets. */
import { quoteLiteral } from '../core/text.ts';
import type { Pipeline, PipelineHead, PipelineNode, TaskStatement } from './model.ts';
import { orderNodes } from './order-nodes.ts';
import { macroStatements, parameterStatements } from './prepare-statements.ts';
import { emptyingStatements, sinkPlan, tableOfSink } from './sink-statements.ts';
import { relationName, sqlName } from './sql-name.ts';

/** Whether the node can be run at all. */
export function isRunnable(node: PipelineNode): boolean {
  return (
    node.conversion !== 'unsupported' &&
    node.conversion !== 'llm_unavailable' &&
    (node.sql !== undefined || node.outputs !== undefined)
  );
}

/** The relations of a node with their SQL: one, or one for each output. */
export function relationsOf(node: PipelineNode): readonly { readonly name: string; readonly sql: string }[] {
  if (node.outputs !== undefined)
    return node.outputs.map((output) => ({
      name: relationName({ node: node.id, output: output.name }),
      sql: output.sql,
    }));
  return node.sql === undefined ? [] : [{ name: node.id, sql: node.sql }];
}

function comment(text: string): string {
  return text
    .split('\n')
    .map((line) => `-- ${line}`)
    .join('\n');
}

/** A node in the script of a pipeline with these tables. */
export function nodeScript(node: PipelineNode, tables: Pipeline['tables']): string {
  const head = comment(`${node.id}: ${node.operator}, confidence ${node.confidence}`);
  if (!isRunnable(node)) {
    const columns = (node.columns ?? []).map((column) => `NULL AS ${sqlName(column.name)}`);
    const message = quoteLiteral(`${node.id} is not converted and has to be written by hand`);
    return `${head}\n${comment(node.original ?? '')}\nCREATE OR REPLACE VIEW ${sqlName(node.id)} AS\nSELECT ${[`error(${message}) AS __not_converted`, ...columns].join(', ')};`;
  }
  const statementText = ({ sql, when }: TaskStatement): string =>
    when === undefined ? `${sql};` : comment(`Only where ${when}: ${sql};`);
  const before = (node.before ?? []).map(statementText);
  const after = (node.after ?? []).map(statementText);
  const views = relationsOf(node).map(
    (relation) => `CREATE OR REPLACE VIEW ${sqlName(relation.name)} AS\n${relation.sql.trimEnd()};`,
  );
  if (node.type !== 'sink') return [head, ...before, ...views, ...after].join('\n');
  const table = tableOfSink(node, tables ?? []);
  const plan = table === null ? null : sinkPlan(node, table);
  const statements =
    plan === null
      ? [comment(`${node.id} has no key to write by`)]
      : plan.statements.map((statement) => `${statement};`);
  return [head, ...before, ...views, ...statements, ...after].join('\n');
}

/** The script in pieces. Reading `src.*` and writing `tgt.*`, it stands alone beside those tables. */
export function* scriptPieces(pipeline: Pipeline): Generator<string> {
  const { ordered } = orderNodes(pipeline.nodes);
  const sinks = ordered.filter((node) => node.type === 'sink');
  yield* scriptAround(pipeline, { scripts: nodeScripts(ordered, pipeline.tables), sinks });
}

function* nodeScripts(nodes: readonly PipelineNode[], tables: Pipeline['tables']): Generator<string> {
  for (const node of nodes) yield nodeScript(node, tables);
}

export interface WrittenNodes {
  /** In the order in which they run, as all are. */
  readonly scripts: Iterable<string>;
  readonly sinks: readonly PipelineNode[];
}

/** The script of a pipeline whose nodes are written. */
export function* scriptAround(pipeline: PipelineHead, { scripts, sinks }: WrittenNodes): Generator<string> {
  const variables = parameterStatements(
    pipeline,
    pipeline.metadata.generated_at?.replace('T', ' ').replace('Z', '') ?? '2000-01-01 00:00:00',
  );
  const emptying = emptyingStatements(sinks.filter(isRunnable), pipeline.tables ?? []);
  const head = [
    comment(`Pipeline ${pipeline.name}, ${pipeline.metadata.dialect}`),
    ...variables.map((statement) => `${statement};`),
    macroStatements(pipeline).trimEnd(),
    ...emptying.map((statement) => `${statement};`),
  ].filter((text) => text !== '');
  yield head.join('\n\n');
  for (const script of scripts) yield `\n\n${script}`;
  yield '\n';
}
