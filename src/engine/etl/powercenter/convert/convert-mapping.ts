/** One mapping → one pipeline: transformations in flow order, each by the rule of its type. */
import type { ConvertedTransformation, JobIssue } from '../../../../shared/model/conversion.ts';
import type { EtlConnector, EtlFile, EtlMapping, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode, PipelineTable } from '../../../dataflow/model.ts';
import { orderNodes } from '../../../dataflow/order-nodes.ts';
import { relationName } from '../../../dataflow/sql-name.ts';
import { propertyOf } from '../properties.ts';
import { isInputPort, isLookupPort } from '../ports.ts';
import { ruleFor } from '../rules/registry.ts';
import { unsupportedResult } from '../rules/unsupported.ts';
import { inlineMapplets } from './inline-mapplets.ts';
import { graphOf, type MappingGraph } from './mapping-graph.ts';
import { orderedInstances } from './row-order.ts';
import type { RuleContext, RuleResult } from './rule.ts';
import { sequenceNode } from './sequence.ts';
import { sessionOf, withOverrides, type SessionSettings } from './session.ts';
import { joinFeeds, type InputRelation, type PortFeed, type Stream } from './stream.ts';
import { TableRegistry } from './tables.ts';
import { settled } from '../../settle-node.ts';

export interface ConvertedMapping {
  readonly mapping: EtlMapping;
  readonly session: SessionSettings;
  readonly nodes: readonly PipelineNode[];
  readonly tables: readonly PipelineTable[];
  readonly macros: readonly string[];
  readonly transformations: readonly ConvertedTransformation[];
  readonly issues: readonly JobIssue[];
}

/** Numbers of a sequence that one transformation reads. */
interface SequenceBlock {
  readonly reader: string;
  readonly lead: string;
  readonly numbered: Stream;
  readonly stream: Stream;
}

class MappingConverter {
  private readonly file: EtlFile;
  private readonly mapping: EtlMapping;
  private readonly session: SessionSettings;
  private readonly graph: MappingGraph;
  private readonly ordered: ReadonlySet<string>;
  private readonly tables = new TableRegistry();
  private readonly streams = new Map<string, Stream>();
  private readonly nodes = new Map<string, PipelineNode>();
  private readonly macros = new Set<string>();
  private readonly issues: JobIssue[] = [];
  private readonly converted: ConvertedTransformation[] = [];
  private readonly sequences = new Map<string, readonly SequenceBlock[]>();

  constructor(file: EtlFile, mapping: EtlMapping) {
    this.file = file;
    this.session = sessionOf(file, mapping);
    const inlined = inlineMapplets(mapping, file);
    this.mapping = {
      ...inlined,
      transformations: inlined.transformations.map((one) => withOverrides(one, this.session)),
    };
    this.graph = graphOf(this.mapping);
    this.ordered = orderedInstances(this.graph, this.session);
  }

  convert(): ConvertedMapping {
    this.declareTables();
    if (this.session.others.length > 0) {
      this.issues.push({
        severity: 'warning',
        where: this.mapping.name,
        message: `Several sessions run this mapping; the overrides of ${this.session.name ?? ''} are applied, those of ${this.session.others.join(', ')} are not`,
        line: this.mapping.line,
      });
    }
    for (const transformation of this.graph.ordered) this.one(transformation);
    const nodes = [...this.nodes.values()];
    const { ordered, cyclic } = orderNodes(nodes);
    return {
      mapping: this.mapping,
      session: this.session,
      nodes: [...ordered, ...nodes.filter((node) => cyclic.includes(node.id))],
      tables: this.tables.all(),
      macros: [...this.macros].sort(),
      transformations: this.converted,
      issues: this.issues,
    };
  }

  /** Definitions first, so that what is only used takes their names and types. */
  private declareTables(): void {
    for (const transformation of this.mapping.transformations) {
      const definition = this.file.definitions.find((one) => one.id === transformation.definition);
      if (definition !== undefined && transformation.kind !== 'transform') this.tables.addDefinition(definition);
    }
  }

  private one(transformation: EtlTransformation): void {
    const context = this.contextOf(transformation);
    if (transformation.type === 'Sequence' || transformation.type === 'Sequence Generator')
      return this.idleSequence(transformation);
    const unresolved =
      propertyOf(transformation.properties, 'unresolved') === 'YES' && transformation.kind === 'transform';
    const cyclic = this.graph.cyclic.includes(transformation.id);
    const result = cyclic
      ? unsupportedResult(transformation, context, 'The transformation feeds itself')
      : unresolved
        ? unsupportedResult(
            transformation,
            context,
            `${transformation.type} ${transformation.name} is not defined in the files given`,
          )
        : ruleFor(transformation.type).convert(transformation, context);
    this.accept(transformation, result);
  }

  private accept(transformation: EtlTransformation, result: RuleResult): void {
    for (const node of result.nodes)
      if (!this.nodes.has(node.id)) this.nodes.set(node.id, settled(node, transformation));
    for (const { group, stream } of result.streams) this.streams.set(streamKey(transformation.id, group), stream);
    for (const macro of result.macros) this.macros.add(macro);
    for (const issue of result.issues)
      this.issues.push({ ...issue, where: transformation.id, line: transformation.line });
    const main = this.nodes.get(this.nodeId(transformation.id));
    this.report(
      transformation,
      main ?? {
        operator: 'source_connector_sql_pushdown',
        confidence: this.confidenceOfReaders(transformation),
        conversion: 'rule_engine',
      },
    );
  }

  private report(
    transformation: EtlTransformation,
    node: Pick<PipelineNode, 'operator' | 'confidence' | 'conversion' | 'notes'>,
  ): void {
    this.converted.push({
      id: transformation.id,
      mapping: this.mapping.name,
      type: transformation.type,
      operator: node.operator,
      confidence: node.confidence,
      source: node.conversion,
      notes: node.notes ?? [],
    });
  }

  private confidenceOfReaders(transformation: EtlTransformation): number {
    return propertyOf(transformation.properties, 'unresolved') === 'YES' ? 0.75 : 0.97;
  }

  /** A sequence becomes a node where it is read; one that nothing reads is only reported. */
  private idleSequence(transformation: EtlTransformation): void {
    this.report(transformation, { operator: 'sequence_generator', confidence: 0.86, conversion: 'rule_engine' });
    if (this.graph.outgoing(transformation.id).length === 0) {
      this.issues.push({
        severity: 'info',
        where: transformation.id,
        message: 'Nothing reads this sequence',
        line: transformation.line,
      });
    }
  }

  private nodeId(instance: string): string {
    return instance;
  }

  private contextOf(transformation: EtlTransformation): RuleContext {
    return {
      file: this.file,
      mapping: this.mapping,
      graph: this.graph,
      session: this.session,
      tables: this.tables,
      ordered: this.ordered.has(transformation.id),
      nodeId: (instance) => this.nodeId(instance),
      input: (one, ports) => this.input(one, ports),
      lookupNamed: (name) => this.lookupNamed(name),
    };
  }

  private lookupNamed(name: string): EtlTransformation | null {
    const lower = name.toLowerCase();
    const isLookup = (one: EtlTransformation): boolean =>
      one.ports.some(isLookupPort) && (one.id.toLowerCase() === lower || one.name.toLowerCase() === lower);
    const found = this.mapping.transformations.find(isLookup) ?? this.file.reusable.find(isLookup) ?? null;
    if (found === null) return null;
    const connected = this.graph.incoming(found.id).length > 0;
    return connected ? { ...found, id: `${found.id}__call` } : found;
  }

  private input(transformation: EtlTransformation, ports?: readonly string[]): InputRelation {
    const wanted = new Set(
      ports ??
        transformation.ports
          .filter((port) => isInputPort(port) || transformation.kind === 'target')
          .map((port) => port.name),
    );
    const connectors = this.graph.incoming(transformation.id).filter((connector) => wanted.has(connector.toPort));
    const feeds: PortFeed[] = [];
    for (const connector of connectors) {
      const from = this.graph.byId.get(connector.from);
      if (from === undefined || isSequence(from)) continue;
      const group = from.ports.find((port) => port.name === connector.fromPort)?.group ?? null;
      const stream = this.streams.get(streamKey(from.id, group)) ?? this.streams.get(streamKey(from.id, null));
      if (stream === undefined) continue;
      if (!stream.columns.has(connector.fromPort)) this.reportLost(transformation, connector);
      feeds.push({ port: connector.toPort, stream, fromPort: connector.fromPort });
    }
    const [lead] = feeds;
    if (lead === undefined) return joinFeeds(feeds);
    for (const connector of connectors) {
      const from = this.graph.byId.get(connector.from);
      if (from !== undefined && isSequence(from))
        feeds.push({
          port: connector.toPort,
          stream: this.sequence(from, transformation.id, lead.stream),
          fromPort: connector.fromPort,
        });
    }
    return joinFeeds(feeds);
  }

  /** A connector from a port that gives nothing: its value would be missing without a word. */
  private reportLost({ id, line }: EtlTransformation, { from, fromPort, toPort }: EtlConnector): void {
    const message = `${toPort} is connected to ${from}.${fromPort}, which gives no values`;
    if (!this.issues.some((one) => one.where === id && one.message === message))
      this.issues.push({ severity: 'error', where: id, message, line });
  }

  /** Each transformation that reads the sequence has numbers of its own; what comes after it shares them. */
  private sequence(transformation: EtlTransformation, reader: string, lead: Stream): Stream {
    const blocks = this.sequences.get(transformation.id) ?? [];
    const known = blocks.find((one) => one.reader === reader && one.lead === relationName(lead.input));
    if (known !== undefined) return known.stream;
    const { node, stream } = sequenceNode(
      transformation,
      blocks.length === 0 ? transformation.id : `${transformation.id}_${blocks.length + 1}`,
      { lead, before: blocks.map((one) => one.numbered) },
    );
    this.nodes.set(node.id, node);
    this.sequences.set(transformation.id, [
      ...blocks,
      { reader, lead: relationName(lead.input), numbered: lead, stream },
    ]);
    return stream;
  }
}

function isSequence(transformation: EtlTransformation): boolean {
  return transformation.type === 'Sequence' || transformation.type === 'Sequence Generator';
}

function streamKey(id: string, group: string | null): string {
  return `${id}\u0000${group ?? ''}`;
}

/** Converts one mapping. Never throws on what a customer wrote: what no rule covers becomes a node that fails closed. */
export function convertMapping(file: EtlFile, mapping: EtlMapping): ConvertedMapping {
  return new MappingConverter(file, mapping).convert();
}
