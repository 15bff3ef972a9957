/** Checks of a pipeline beyond its shape: references, cycles, duplicate names, dangerous SQL. */
import { type Steps, atOnce } from '../core/in-turns.ts';
import { findSqlProblems, findStatementProblems } from '../sql/safety.ts';
import type { Pipeline, PipelineNode } from './model.ts';
import { orderNodes } from './order-nodes.ts';
import { isRunnable } from './print-script.ts';
import { tableOfSink } from './sink-statements.ts';
import { relationName } from './sql-name.ts';

export interface PipelineProblem {
  readonly severity: 'error' | 'warning';
  readonly node: string | null;
  readonly message: string;
}

/** So many characters of SQL take about as long as a thing that is only looked at. */
const charactersAThing = 10;

/** What the checks across nodes need of one, which may be gone. */
interface NodeFacts extends Pick<PipelineNode, 'id' | 'type' | 'operator' | 'conversion' | 'depends_on'> {
  /** Names of its outputs; null where its rows leave by one without a name. */
  readonly outputs: readonly string[] | null;
  /** Of a sink that can be run. */
  readonly sinkConfig: PipelineNode['config'] | null;
  readonly sqlProblems: readonly PipelineProblem[];
}

function factsOf(node: PipelineNode): NodeFacts {
  const { id, type, operator, conversion, depends_on: inputs } = node;
  return {
    id,
    type,
    operator,
    conversion,
    ...(inputs === undefined ? {} : { depends_on: inputs }),
    outputs: node.outputs?.map((output) => output.name) ?? null,
    sinkConfig: type === 'sink' && isRunnable(node) ? (node.config ?? {}) : null,
    sqlProblems: sqlProblems(node),
  };
}

function duplicateProblems(nodes: readonly NodeFacts[]): readonly PipelineProblem[] {
  const seen = new Set<string>();
  const found: PipelineProblem[] = [];
  const names = nodes.flatMap((node) => [
    relationName({ node: node.id }),
    ...(node.outputs ?? []).map((output) => relationName({ node: node.id, output })),
  ]);
  for (const name of names) {
    const key = name.toLowerCase();
    if (seen.has(key))
      found.push({
        severity: 'error',
        node: name,
        message: `The name ${name} is used twice. SQL does not tell names apart by case; rename one.`,
      });
    seen.add(key);
  }
  return found;
}

function outputsOf(node: NodeFacts): string {
  const names = node.outputs ?? [];
  return names.length === 0 ? 'It has one output only: leave the name out.' : `Its outputs are ${names.join(', ')}.`;
}

function referenceProblems(node: NodeFacts, byId: ReadonlyMap<string, NodeFacts>): readonly PipelineProblem[] {
  const found: PipelineProblem[] = [];
  for (const input of node.depends_on ?? []) {
    const from = byId.get(input.node);
    if (from === undefined)
      found.push({
        severity: 'error',
        node: node.id,
        message: `${node.id} depends on ${input.node}, which does not exist. Name one of the nodes, or add it.`,
      });
    else if (input.output !== undefined && !(from.outputs ?? []).includes(input.output)) {
      found.push({
        severity: 'error',
        node: node.id,
        message: `${node.id} depends on output ${input.output} of ${input.node}, which it does not have. ${outputsOf(from)}`,
      });
    } else if (input.output === undefined && from.outputs !== null) {
      found.push({
        severity: 'error',
        node: node.id,
        message: `${node.id} depends on ${input.node} without naming one of its outputs. ${outputsOf(from)}`,
      });
    }
  }
  if (
    node.type !== 'source' &&
    (node.depends_on ?? []).length === 0 &&
    node.conversion === 'rule_engine' &&
    node.operator !== 'lookup'
  ) {
    found.push({
      severity: 'warning',
      node: node.id,
      message: `${node.id} has no input. Add depends_on, or remove the node.`,
    });
  }
  return found;
}

function sqlProblems(node: PipelineNode): readonly PipelineProblem[] {
  const texts = [...(node.sql === undefined ? [] : [node.sql]), ...(node.outputs ?? []).map((output) => output.sql)];
  const around = [...(node.before ?? []), ...(node.after ?? [])];
  const error = (message: string): PipelineProblem => ({ severity: 'error', node: node.id, message });
  return [
    ...texts.flatMap((sql) =>
      findSqlProblems(sql).map((problem) =>
        error(`SQL of ${node.id} ${problem}. A node holds one SELECT over its inputs and the tables of the pipeline.`),
      ),
    ),
    ...around.flatMap(({ sql, when }) =>
      [...findStatementProblems(sql), ...(when === undefined ? [] : findSqlProblems(`SELECT ${when}`))].map((problem) =>
        error(`A statement around ${node.id} ${problem}. It works on the tables of the pipeline only.`),
      ),
    ),
  ];
}

function sinkProblems({ id, sinkConfig: config }: NodeFacts, tables: Pipeline['tables']): readonly PipelineProblem[] {
  // Nodes are also checked before their pipeline has its tables; the dry run tells of a pipeline without any.
  if (tables === undefined || config === null) return [];
  if (tableOfSink({ config }, tables) !== null) return [];
  const table = config?.['table'];
  return [
    {
      severity: 'error',
      node: id,
      message:
        typeof table === 'string'
          ? `${id} writes ${table}, which is no target of the pipeline. Declare it under tables with role: target.`
          : `${id} does not say what it writes. Give its config a table.`,
    },
  ];
}

/** The checks of a pipeline whose nodes come one after the other and need not be kept. */
export class PipelineCheck {
  private readonly nodes: NodeFacts[] = [];

  add(node: PipelineNode): void {
    this.nodes.push(factsOf(node));
  }

  /** Everything that is wrong with the pipeline of these nodes, errors first; empty when it can be run as it stands. */
  problems({ tables, quality }: Pick<Pipeline, 'tables' | 'quality'>): readonly PipelineProblem[] {
    const byId = new Map(this.nodes.map((node) => [node.id, node]));
    const { cyclic } = orderNodes(this.nodes);
    const found: PipelineProblem[] = [
      ...duplicateProblems(this.nodes),
      ...(cyclic.length === 0
        ? []
        : [
            {
              severity: 'error' as const,
              node: cyclic[0] ?? null,
              message: `Nodes depend on each other in a circle: ${cyclic.join(', ')}. Take one of them out of depends_on.`,
            },
          ]),
      ...this.nodes.flatMap((node) => [
        ...referenceProblems(node, byId),
        ...sinkProblems(node, tables),
        ...node.sqlProblems,
      ]),
      ...(quality ?? [])
        .filter((check) => !byId.has(check.node))
        .map((check) => ({
          severity: 'error' as const,
          node: check.node,
          message: `Quality check ${check.check} is for ${check.node}, which does not exist. Name one of the nodes, or remove the check.`,
        })),
    ];
    return [
      ...found.filter((problem) => problem.severity === 'error'),
      ...found.filter((problem) => problem.severity === 'warning'),
    ];
  }
}

/** `validatePipeline` in steps. */
export function* checkInSteps(pipeline: Pipeline): Steps<readonly PipelineProblem[]> {
  const check = new PipelineCheck();
  for (const node of pipeline.nodes) {
    check.add(node);
    const texts = [node.sql ?? '', ...(node.outputs ?? []).map((output) => output.sql)];
    yield 1 + texts.reduce((sum, sql) => sum + sql.length, 0) / charactersAThing;
  }
  return check.problems(pipeline);
}

/** Everything that is wrong with `pipeline`, errors first; empty when it can be run as it stands. */
export function validatePipeline(pipeline: Pipeline): readonly PipelineProblem[] {
  return atOnce(checkInSteps(pipeline));
}
