/** The rows that leave an output: columns of the buffer by lineage id, each with its name in SQL. */
import type { NodeInput, PipelineColumn } from '../../../dataflow/model.ts';
import { relationName, sqlName } from '../../../dataflow/sql-name.ts';
import type { PortInfo } from '../../../expr/environment.ts';
import { toScalarType, toSqlType, type SsisType } from '../../../expr/ssis/data-types.ts';

export interface BufferColumn {
  readonly lineage: string;
  /** The name in the data flow. */
  readonly label: string;
  /** The name in the relation, unique in it without regard to case. */
  readonly name: string;
  readonly type: SsisType;
}

export interface Stream {
  readonly input: NodeInput;
  readonly columns: readonly BufferColumn[];
  /** Whether rows carry their order in `__seq`. */
  readonly ordered: boolean;
}

export const seqColumn = '__seq';

/** Adds columns to a buffer, giving each a name that is not taken. */
export class ColumnSet {
  readonly columns: BufferColumn[] = [];
  private readonly taken = new Set<string>([seqColumn]);

  add(lineage: string, label: string, type: SsisType): BufferColumn {
    const base = label === '' ? 'column' : label;
    let name = base;
    for (let count = 2; this.taken.has(name.toLowerCase()); count += 1) name = `${base}_${count}`;
    this.taken.add(name.toLowerCase());
    const column = { lineage, label, name, type };
    this.columns.push(column);
    return column;
  }
}

export function relationOf(stream: Stream): string {
  return sqlName(relationName(stream.input));
}

export function columnOf(stream: Stream, lineage: string): BufferColumn | null {
  return stream.columns.find((column) => column.lineage === lineage) ?? null;
}

export function fromOf(stream: Stream, column: BufferColumn): string {
  return `${relationName(stream.input)}.${column.name}`;
}

export function toPipelineColumn(
  column: Pick<BufferColumn, 'name' | 'type'>,
  more: Partial<PipelineColumn> = {},
): PipelineColumn {
  return { name: column.name, type: toSqlType(column.type), ...more };
}

export function portInfo(column: BufferColumn, alias = ''): PortInfo {
  return {
    type: toScalarType(column.type),
    precision: column.type.name === 'cy' ? 19 : column.type.name === 'decimal' ? 28 : column.type.precision,
    scale: column.type.name === 'cy' ? 4 : column.type.scale,
    native: column.type.name,
    sqlName: `${alias}${sqlName(column.name)}`,
  };
}

/** The columns of a buffer as an expression may call them: by lineage id, name, or component and name. */
export function portsOf(stream: Stream): ReadonlyMap<string, PortInfo> {
  const found = new Map<string, PortInfo>();
  for (const column of stream.columns) {
    const info = portInfo(column);
    for (const key of [`#${column.lineage}`, `#{${column.lineage}}`]) found.set(key.toLowerCase(), info);
    const component = /([^\\]*)\.Outputs\[/.exec(column.lineage)?.[1];
    if (component !== undefined) found.set(`${component}.${column.label}`.toLowerCase(), info);
  }
  for (const column of stream.columns)
    if (!found.has(column.label.toLowerCase())) found.set(column.label.toLowerCase(), portInfo(column));
  return found;
}
