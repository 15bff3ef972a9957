/** One data flow → one pipeline: components in flow order, each by the rule of its type. */
import type { ConvertedTransformation, JobIssue } from '../../../../shared/model/conversion.ts';
import type { EtlFile, EtlMapping, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import { orderNodes } from '../../../dataflow/order-nodes.ts';
import type { ParameterInfo } from '../../../expr/environment.ts';
import { variableScalar } from '../../../expr/ssis/data-types.ts';
import { graphOf, type MappingGraph } from '../../powercenter/convert/mapping-graph.ts';
import type { ConversionAtOnce } from '../../tool.ts';
import { accessOf } from '../definitions.ts';
import { ruleFor } from '../rules/registry.ts';
import { unsupportedResult } from '../rules/unsupported.ts';
import { toComponent, type Component, type Output } from './component.ts';
import { safeName } from './node-draft.ts';
import type { FlowContext, RuleResult } from './rule.ts';
import type { Stream } from './stream.ts';
import { type TableNaming, tableNaming } from '../table-names.ts';
import { FlowTables } from './tables.ts';
import { settled } from '../../settle-node.ts';

function parametersOf(mapping: EtlMapping): ReadonlyMap<string, ParameterInfo> {
  return new Map(
    mapping.parameters.map((one) => [one.name.toLowerCase(), { type: variableScalar(one.dataType) }] as const),
  );
}

class FlowConverter {
  private readonly file: EtlFile;
  private readonly mapping: EtlMapping;
  private readonly graph: MappingGraph;
  private readonly tables: FlowTables;
  private readonly naming: TableNaming;
  private readonly components = new Map<string, Component>();
  private readonly ids = new Map<string, string>();
  private readonly streams = new Map<string, Stream>();
  private readonly nodes: PipelineNode[] = [];
  private readonly macros = new Set<string>();
  private readonly issues: JobIssue[] = [];
  private readonly converted: ConvertedTransformation[] = [];
  private readonly targets = new Set<string>();
  private readonly parameters: ReadonlyMap<string, ParameterInfo>;

  constructor(file: EtlFile, mapping: EtlMapping) {
    this.file = file;
    this.mapping = mapping;
    this.graph = graphOf(mapping);
    this.parameters = parametersOf(mapping);
    this.naming = tableNaming(file);
    this.tables = new FlowTables(this.naming);
    const taken = new Set<string>();
    for (const one of mapping.transformations) {
      this.components.set(one.id, toComponent(one));
      const safe = safeName(one.id);
      let id = safe;
      for (let count = 2; taken.has(id.toLowerCase()); count += 1) id = `${safe}_${count}`;
      taken.add(id.toLowerCase());
      this.ids.set(one.id, id);
      if (one.kind !== 'target') continue;
      const { schema, name } = accessOf(one);
      this.targets.add(this.naming(schema, name).toLowerCase());
    }
  }

  convert(): ConversionAtOnce {
    for (const transformation of this.graph.ordered) this.one(transformation);
    const { ordered, cyclic } = orderNodes(this.nodes);
    return {
      nodes: [...ordered, ...this.nodes.filter((node) => cyclic.includes(node.id))],
      tables: this.tables.all(),
      macros: [...this.macros].sort(),
      transformations: this.converted,
      issues: this.issues,
    };
  }

  private one(transformation: EtlTransformation): void {
    const component = this.components.get(transformation.id) ?? toComponent(transformation);
    const context = this.contextOf(transformation.id);
    const result = this.graph.cyclic.includes(transformation.id)
      ? unsupportedResult(component, context, 'The component feeds itself')
      : ruleFor(transformation.type).convert(component, context);
    this.accept(transformation, context.id, result);
  }

  private accept(transformation: EtlTransformation, id: string, result: RuleResult): void {
    const nodes = result.nodes.map((node) => settled(node, transformation));
    this.nodes.push(...nodes);
    for (const { output, stream } of result.streams) this.streams.set(streamKey(transformation.id, output), stream);
    for (const macro of result.macros) this.macros.add(macro);
    for (const issue of result.issues)
      this.issues.push({ ...issue, where: transformation.id, line: transformation.line });
    const main = nodes.find((node) => node.id === id) ?? nodes[0];
    if (main === undefined) return;
    const worst = nodes.reduce((least, node) => Math.min(least, node.confidence), 1);
    this.converted.push({
      id: transformation.id,
      mapping: this.mapping.name,
      type: transformation.type,
      operator: main.operator,
      confidence: worst,
      source: main.conversion,
      notes: main.notes ?? [],
    });
  }

  private contextOf(id: string): FlowContext {
    return {
      file: this.file,
      mapping: this.mapping,
      tables: this.tables,
      parameters: this.parameters,
      id: this.ids.get(id) ?? safeName(id),
      input: (component, input) => this.input(component, input),
      isConnected: (component, output) => this.isConnected(component, output),
      isTarget: ({ schema, name }) => this.targets.has(this.naming(schema, name).toLowerCase()),
    };
  }

  private input(component: Component, input: string | undefined): Stream | null {
    const name = input ?? component.inputs[0]?.name ?? '';
    const connector = this.graph.incoming(component.source.id).find((one) => one.toGroup === name);
    return connector === undefined
      ? null
      : (this.streams.get(streamKey(connector.from, connector.fromGroup ?? '')) ?? null);
  }

  private isConnected(component: Component, output: Output): boolean {
    return this.graph.outgoing(component.source.id).some((one) => one.fromGroup === output.name);
  }
}

function streamKey(id: string, output: string): string {
  return `${id}\u0000${output}`;
}

/** Converts one data flow. Never throws on what a customer wrote: what no rule covers becomes a node that fails closed. */
export function convertDataFlow(file: EtlFile, mapping: EtlMapping): ConversionAtOnce {
  return new FlowConverter(file, mapping).convert();
}
