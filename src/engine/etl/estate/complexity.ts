/** How much of a job there is to understand and to test, as points by kind of node. */
import type { Complexity } from '../../../shared/model/conversion.ts';
import type { Operator, PipelineNode } from '../../dataflow/model.ts';

interface Kind {
  readonly what: string;
  readonly points: number;
}

const ends: Kind = { what: 'sources and targets', points: 1 };
const rows: Kind = { what: 'row by row: expressions, filters, sorts', points: 1 };
const sets: Kind = { what: 'branches, unions, groups', points: 2 };
const joins: Kind = { what: 'joins, lookups, ranks, pivots', points: 3 };
const state: Kind = { what: 'row order, change capture, update strategies', points: 5 };
const byHand: Kind = { what: 'scripts, procedures, not converted', points: 8 };

const kinds: Readonly<Record<Operator, Kind>> = {
  source_connector_sql_pushdown: ends,
  sink: ends,
  sql_expression: rows,
  sql_where: rows,
  sql_order_by: rows,
  sql_union_all: sets,
  sql_group_by: sets,
  conditional_branch: sets,
  deduplicate: sets,
  sequence_generator: sets,
  sql_join_pushdown: joins,
  sql_join: joins,
  lookup: joins,
  sql_rank: joins,
  normalizer: joins,
  pivot: joins,
  upsert_strategy: state,
  change_capture: state,
  scd: state,
  row_state: state,
  row_operation: state,
  script: byHand,
  stored_procedure: byHand,
  unsupported: byHand,
};
const expressionsAPoint = 10;
const longExpression = 200;
const levels = { medium: 20, complex: 60 } as const;

function kindOf(node: PipelineNode): Kind {
  return node.conversion === 'unsupported' || node.conversion === 'llm_unavailable' ? byHand : kinds[node.operator];
}

/** What is counted of nodes, one after the other. */
export class ComplexityCount {
  private readonly nodes = new Map<Kind, number>();
  private expressions = 0;
  private long = 0;

  add(node: PipelineNode): void {
    const kind = kindOf(node);
    this.nodes.set(kind, (this.nodes.get(kind) ?? 0) + 1);
    for (const { columns = [] } of [node, ...(node.outputs ?? [])])
      for (const { expression } of columns) {
        if (expression === undefined) continue;
        this.expressions += 1;
        if (expression.length > longExpression) this.long += 1;
      }
  }

  /** Takes in what another one counted. */
  addAll(other: ComplexityCount): void {
    for (const [kind, count] of other.nodes) this.nodes.set(kind, (this.nodes.get(kind) ?? 0) + count);
    this.expressions += other.expressions;
    this.long += other.long;
  }

  /** The complexity of all of them together. */
  complexity(): Complexity {
    const parts = [ends, rows, sets, joins, state, byHand].map((kind) => {
      const count = this.nodes.get(kind) ?? 0;
      return { what: kind.what, count, points: count * kind.points };
    });
    parts.push(
      {
        what: 'calculated columns',
        count: this.expressions,
        points: Math.ceil(this.expressions / expressionsAPoint),
      },
      { what: `expressions over ${longExpression} characters`, count: this.long, points: this.long },
    );
    const score = parts.reduce((sum, part) => sum + part.points, 0);
    return {
      score,
      level: score >= levels.complex ? 'complex' : score >= levels.medium ? 'medium' : 'simple',
      parts: parts.filter((part) => part.count > 0),
    };
  }
}
