/** The rows that leave a transformation, and how a following transformation reads them. */
import type { EtlPort, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { NodeInput } from '../../../dataflow/model.ts';
import { relationName, sqlName } from '../../../dataflow/sql-name.ts';
import type { ScalarType } from '../../../expr/environment.ts';

export interface StreamColumn {
  /** The column in the relation. */
  readonly name: string;
  readonly type: ScalarType;
  /** DuckDB type, as declared in the pipeline. */
  readonly sqlType: string;
}

export interface Stream {
  readonly input: NodeInput;
  /** By port name. */
  readonly columns: ReadonlyMap<string, StreamColumn>;
  /** Whether rows carry their order in `__seq`. */
  readonly ordered: boolean;
  /** Whether rows carry insert, update, delete or reject in `__op`. */
  readonly operation: boolean;
}

/** One input port's value as SQL over the input relation. */
export interface InputColumn {
  readonly sql: string;
  readonly type: ScalarType;
  readonly sqlType: string;
  /** `NODE.COLUMN`, or null for a port that nothing is connected to. */
  readonly from: string | null;
}

export interface InputRelation {
  /** What follows FROM; null where nothing is connected. */
  readonly from: string | null;
  readonly inputs: readonly NodeInput[];
  readonly column: (port: string) => InputColumn | null;
  readonly seq: string | null;
  readonly operation: string | null;
}

export const seqColumn = '__seq';
export const operationColumn = '__op';

/** How a port of an instance is fed: the stream of the transformation before it. */
export interface PortFeed {
  readonly port: string;
  readonly stream: Stream;
  readonly fromPort: string;
}

function qualified(stream: Stream, column: string, single: boolean): string {
  return single ? sqlName(column) : `${sqlName(relationName(stream.input))}.${sqlName(column)}`;
}

/** Streams in order of how many ports they feed: the first one leads the join. */
function streamsOf(feeds: readonly PortFeed[]): readonly Stream[] {
  const counts = new Map<string, { readonly stream: Stream; count: number }>();
  for (const feed of feeds) {
    const key = relationName(feed.stream.input);
    const found = counts.get(key);
    if (found === undefined) counts.set(key, { stream: feed.stream, count: 1 });
    else found.count += 1;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count).map((entry) => entry.stream);
}

/**
 * The rows that reach a group of input ports. Where they come from several transformations these are branches of one
 * flow, so that rows with the same `__seq` belong together.
 */
export function joinFeeds(feeds: readonly PortFeed[]): InputRelation {
  const streams = streamsOf(feeds);
  const [lead, ...others] = streams;
  if (lead === undefined) return { from: null, inputs: [], column: () => null, seq: null, operation: null };
  const single = others.length === 0;
  const leadName = sqlName(relationName(lead.input));
  const joins = others.map((stream) => {
    const name = sqlName(relationName(stream.input));
    return `\n  JOIN ${name} ON ${name}.${seqColumn} = ${leadName}.${seqColumn}`;
  });
  const byPort = new Map(feeds.map((feed) => [feed.port, feed]));
  const flagged = streams.find((stream) => stream.operation);
  return {
    from: `${leadName}${joins.join('')}`,
    inputs: streams.map((stream) => stream.input),
    column: (port) => {
      const feed = byPort.get(port);
      const column = feed?.stream.columns.get(feed.fromPort);
      if (feed === undefined || column === undefined) return null;
      return {
        sql: qualified(feed.stream, column.name, single),
        type: column.type,
        sqlType: column.sqlType,
        from: `${relationName(feed.stream.input)}.${column.name}`,
      };
    },
    seq: lead.ordered ? qualified(lead, seqColumn, single) : null,
    operation: flagged === undefined ? null : qualified(flagged, operationColumn, single),
  };
}

/** A stream whose columns are named as the ports that they hold. */
export function toStream(
  input: NodeInput,
  columns: readonly { readonly port: string; readonly type: ScalarType; readonly sqlType: string }[],
  flags: { readonly ordered: boolean; readonly operation: boolean },
): Stream {
  return {
    input,
    columns: new Map(
      columns.map((column) => [column.port, { name: column.port, type: column.type, sqlType: column.sqlType }]),
    ),
    ...flags,
  };
}

export function portNamed(transformation: EtlTransformation, name: string): EtlPort | null {
  const exact = transformation.ports.find((port) => port.name === name);
  return exact ?? transformation.ports.find((port) => port.name.toLowerCase() === name.toLowerCase()) ?? null;
}
