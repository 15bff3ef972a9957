/** Components that let all columns of the buffer pass and add or replace some: the common shape of synchronous ones. */
import type { PipelineColumn } from '../../../dataflow/model.ts';
import { sqlName } from '../../../dataflow/sql-name.ts';
import type { EtlPort } from '../../../../shared/model/etl.ts';
import { printSelect, type SelectItem } from '../../powercenter/convert/select.ts';
import { lineageOf, typeOf, type Output } from './component.ts';
import { carried, withOutlets, type NodeDraft, type Outlet } from './node-draft.ts';
import type { RuleResult } from './rule.ts';
import { ColumnSet, fromOf, toPipelineColumn, type BufferColumn, type Stream } from './stream.ts';
import type { Operator } from '../../../dataflow/model.ts';

export interface Computed {
  readonly port: EtlPort;
  readonly sql: string;
  readonly original?: string;
}

export interface Changes {
  /** New columns. */
  readonly added: readonly Computed[];
  /** New values of columns of the input, by lineage id. */
  readonly replaced: ReadonlyMap<string, Omit<Computed, 'port'>>;
}

interface Layout {
  readonly items: readonly SelectItem[];
  readonly columns: readonly PipelineColumn[];
  readonly buffer: readonly BufferColumn[];
}

/** The buffer after a component: every column of the input, then the added ones. */
export function layoutOf(stream: Stream | null, changes: Changes): Layout {
  const set = new ColumnSet();
  const items: SelectItem[] = [];
  const columns: PipelineColumn[] = [];
  for (const before of stream?.columns ?? []) {
    const column = set.add(before.lineage, before.label, before.type);
    const change = changes.replaced.get(before.lineage);
    items.push({ sql: change?.sql ?? sqlName(before.name), name: column.name });
    const from = stream === null ? {} : { from: [fromOf(stream, before)] };
    columns.push(
      toPipelineColumn(
        column,
        change === undefined
          ? from
          : {
              expression: change.sql,
              ...from,
              ...(change.original === undefined ? {} : { original: change.original }),
            },
      ),
    );
  }
  for (const { port, sql, original } of changes.added) {
    const column = set.add(lineageOf(port), port.name, typeOf(port));
    items.push({ sql, name: column.name });
    columns.push(toPipelineColumn(column, { expression: sql, ...(original === undefined ? {} : { original }) }));
  }
  return { items: [...items, ...carried(stream)], columns, buffer: set.columns };
}

/** The error output: the columns of the input, with the two that say what went wrong. */
function errorOutlet(
  draft: NodeDraft,
  output: Output,
  stream: Stream | null,
  from: string,
): { readonly outlet: Outlet; readonly buffer: readonly BufferColumn[] } {
  const added = output.ports
    .filter((port) => !(stream?.columns ?? []).some((column) => column.lineage === lineageOf(port)))
    .map((port): Computed => ({ port, sql: port.name === 'ErrorCode' || port.name === 'ErrorColumn' ? '-1' : 'NULL' }));
  const layout = layoutOf(stream, { added, replaced: new Map() });
  return {
    outlet: {
      output: output.name,
      columns: layout.columns,
      sql: printSelect({ items: layout.items, from, where: [draft.redirectedClause()] }),
    },
    buffer: layout.buffer,
  };
}

/** A node for a component whose rows all leave by one output, and by its error output where that is read. */
export function passThrough(
  draft: NodeDraft,
  stream: Stream | null,
  changes: Changes,
  parts: { readonly operator: Operator; readonly config?: Record<string, string | number | boolean> },
): RuleResult {
  const from = draft.read(stream);
  const { component, context } = draft;
  const [main] = component.outputs.filter((output) => !output.isError);
  const layout = layoutOf(stream, changes);
  const outlets: { outlet: Outlet; buffer: readonly BufferColumn[] }[] = [
    {
      outlet: {
        output: main?.name ?? 'Output',
        columns: layout.columns,
        sql: printSelect({
          items: layout.items.length === 0 ? [{ sql: '*', name: '' }] : layout.items,
          from,
          where: draft.guards(),
        }),
      },
      buffer: layout.buffer,
    },
  ];
  for (const output of component.outputs.filter((one) => one.isError && context.isConnected(component, one)))
    outlets.push(errorOutlet(draft, output, stream, from));
  const { node, input } = withOutlets(
    draft,
    outlets.map((one) => one.outlet),
    parts,
  );
  const streams = outlets.map(({ outlet, buffer }) => ({
    output: outlet.output,
    stream: { input: input(outlet.output), columns: buffer, ordered: stream?.ordered === true },
  }));
  return draft.result([node], streams);
}
