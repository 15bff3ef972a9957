/** Where the columns of a pipeline come from: back through nodes that pass them on, to the raw tables. */
import type { Pipeline, PipelineColumn, PipelineNode, PipelineTable } from './model.ts';
import { relationName } from './sql-name.ts';

/** `role/table.column`, lower-cased: one column of a raw table. */
export type BaseColumn = string;

export function baseColumn(table: PipelineTable, column: string): BaseColumn {
  return `${table.role}/${table.name}.${column}`.toLowerCase();
}

interface Relation {
  readonly node: PipelineNode;
  readonly columns: ReadonlyMap<string, PipelineColumn>;
}

const maxSteps = 500;

export class ColumnTracer {
  private readonly relations = new Map<string, Relation>();
  private readonly tables: readonly PipelineTable[];

  constructor(pipeline: Pipeline) {
    this.tables = pipeline.tables ?? [];
    for (const node of pipeline.nodes) {
      this.add(node.id, node, node.columns ?? []);
      for (const output of node.outputs ?? [])
        this.add(relationName({ node: node.id, output: output.name }), node, output.columns);
    }
  }

  private add(name: string, node: PipelineNode, columns: readonly PipelineColumn[]): void {
    this.relations.set(name.toLowerCase(), {
      node,
      columns: new Map(columns.map((column) => [column.name.toLowerCase(), column])),
    });
  }

  /** The base column that `REL.COLUMN`, as written in `node`, passes on unchanged; null where it is none or several. */
  base(reference: string, node: PipelineNode): BaseColumn | null {
    const [only = null, second] = this.bases(reference, node);
    return second === undefined ? only : null;
  }

  /** The base columns whose values `REL.COLUMN` holds unchanged: several where rows of several inputs are united. */
  bases(reference: string, node: PipelineNode): readonly BaseColumn[] {
    return this.walk(reference, node, (column) => column.expression === undefined) ?? [];
  }

  /** The base columns that `REL.COLUMN` is computed from, as far as that is known. */
  feeding(reference: string, node: PipelineNode): readonly BaseColumn[] {
    return this.walk(reference, node, () => true, true) ?? [];
  }

  /** Back through the columns that `passes`; null where another one is met, unless those are to be left out. */
  private walk(
    reference: string,
    node: PipelineNode,
    passes: (column: PipelineColumn) => boolean,
    partly = false,
  ): readonly BaseColumn[] | null {
    const found = new Set<BaseColumn>();
    const seen = new Set<string>();
    const open = [{ at: reference.toLowerCase(), from: node }];
    for (let next = open.pop(); next !== undefined && seen.size <= maxSteps; next = open.pop()) {
      const step = this.step(next.at, next.from);
      if (typeof step === 'string') found.add(step);
      else if (step === null || !passes(step.column) || (step.column.from ?? []).length === 0) {
        if (!partly) return null;
      } else
        for (const one of step.column.from ?? []) {
          const key = `${step.node.id}/${one}`.toLowerCase();
          if (!seen.has(key)) open.push({ at: one.toLowerCase(), from: step.node });
          seen.add(key);
        }
    }
    return [...found];
  }

  /** The column of an input of `node` that a reference means, or the base column; null where it is none of them. */
  private step(
    reference: string,
    node: PipelineNode,
  ): { readonly node: PipelineNode; readonly column: PipelineColumn } | BaseColumn | null {
    // Names of columns may hold dots themselves; those of relations do not.
    for (let dot = reference.indexOf('.'); dot !== -1; dot = reference.indexOf('.', dot + 1)) {
      const found = this.stepTo(reference.slice(0, dot), reference.slice(dot + 1), node);
      if (found !== null) return found;
    }
    return null;
  }

  private stepTo(
    name: string,
    columnName: string,
    node: PipelineNode,
  ): { readonly node: PipelineNode; readonly column: PipelineColumn } | BaseColumn | null {
    const feeds = (node.depends_on ?? []).some((input) => relationName(input).toLowerCase() === name);
    const relation = feeds ? this.relations.get(name) : undefined;
    if (relation === undefined) return this.tableColumn(name, columnName);
    const column = relation.columns.get(columnName);
    return column === undefined ? null : { node: relation.node, column };
  }

  private tableColumn(name: string, column: string): BaseColumn | null {
    const table = this.tables.find(
      (one) => one.name.toLowerCase() === name && one.columns.some((two) => two.name.toLowerCase() === column),
    );
    return table === undefined ? null : baseColumn(table, column);
  }

  /** The base column that a bare or qualified name in the SQL of `node` means. */
  named(node: PipelineNode, name: string, qualifier: string | null): BaseColumn | null {
    for (const input of node.depends_on ?? []) {
      const relation = relationName(input).toLowerCase();
      if (qualifier !== null && qualifier.toLowerCase() !== relation && qualifier.length > 1) continue;
      if (this.relations.get(relation)?.columns.has(name.toLowerCase()) === true)
        return this.base(`${relation}.${name}`, node);
    }
    if (node.type !== 'source' && node.operator !== 'lookup') return null;
    const owner = this.tables.find(
      (table) =>
        (qualifier === null || qualifier.length === 1 || table.name.toLowerCase() === qualifier.toLowerCase()) &&
        this.mentions(node, table) &&
        table.columns.some((column) => column.name.toLowerCase() === name.toLowerCase()),
    );
    return owner === undefined ? null : baseColumn(owner, name);
  }

  private mentions(node: PipelineNode, table: PipelineTable): boolean {
    return new RegExp(
      `\\b(?:src|tgt)\\.["]?${table.name.replaceAll(/[^A-Za-z0-9_]/g, '.')}["]?(?![A-Za-z0-9_])`,
      'i',
    ).test(node.sql ?? '');
  }
}
