/** One job → one pipeline: stages in flow order, each by the rule of its type. */
import type { ConvertedTransformation, JobIssue } from '../../../../shared/model/conversion.ts';
import type { EtlFile, EtlMapping, EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import { graphOf, type MappingGraph } from '../../powercenter/convert/mapping-graph.ts';
import type { ConversionAtOnce } from '../../tool.ts';
import { inlineContainers } from '../inline-containers.ts';
import { ruleFor } from '../rules/registry.ts';
import { unsupportedNode } from '../rules/unsupported.ts';
import { linkColumn } from './columns.ts';
import { linkSortOf, sortedLink } from './link-sort.ts';
import { NotConverted, StageDraft, type InputLink, type Stream } from './stage-draft.ts';
import { TableSet } from './tables.ts';
import { settled } from '../../settle-node.ts';

/** Stages whose rows have to carry their order, because something after them depends on it. */
function orderedStages(graph: MappingGraph): ReadonlySet<string> {
  const needed = new Set<string>();
  for (const stage of graph.ordered.toReversed()) {
    if (!needed.has(stage.id) && !ruleFor(stage.type).readsOrder(stage) && !hasUniqueLink(stage)) continue;
    for (const connector of graph.incoming(stage.id)) needed.add(connector.from);
  }
  return needed;
}

/** Whether a link keeps one row of each key, the first one. */
function hasUniqueLink(stage: EtlTransformation): boolean {
  return stage.groups.some((group) => group.kind === 'input' && linkSortOf(stage, group.name)?.unique === true);
}

function streamOf(node: PipelineNode, link: string, draft: StageDraft): Stream['input'] {
  const beside = draft.beside.get(link);
  if (beside !== undefined) return { node: beside };
  return node.outputs === undefined ? { node: node.id } : { node: node.id, output: link };
}

class JobConverter {
  private readonly mapping: EtlMapping;
  private readonly graph: MappingGraph;
  private readonly ordered: ReadonlySet<string>;
  private readonly tables = new TableSet();
  private readonly streams = new Map<string, Stream>();
  private readonly nodes: PipelineNode[] = [];
  private readonly macros = new Set<string>();
  private readonly transformations: ConvertedTransformation[] = [];
  private readonly issues: JobIssue[] = [];

  constructor(mapping: EtlMapping) {
    this.mapping = mapping;
    this.graph = graphOf(mapping);
    this.ordered = orderedStages(this.graph);
  }

  convert(): ConversionAtOnce {
    for (const stage of this.graph.ordered) this.one(stage);
    return {
      nodes: this.nodes,
      tables: this.tables.all(),
      macros: [...this.macros].sort(),
      transformations: this.transformations,
      issues: this.issues,
    };
  }

  private inputsOf(stage: EtlTransformation): readonly InputLink[] {
    const incoming = this.graph.incoming(stage.id);
    return stage.groups
      .filter((group) => group.kind === 'input')
      .flatMap((group) => {
        const connector = incoming.find((one) => one.toGroup === group.name);
        const stream =
          connector === undefined ? undefined : this.streams.get(`${connector.from}\u0000${connector.fromGroup ?? ''}`);
        return stream === undefined ? [] : [{ name: group.name, stream }];
      });
  }

  /** Links whose sort matters, sorted by a node in front of the stage. */
  private sorted(stage: EtlTransformation, inputs: readonly InputLink[]): readonly InputLink[] {
    const matters = this.ordered.has(stage.id) || ruleFor(stage.type).readsOrder(stage);
    return inputs.map((link) => {
      const sort = linkSortOf(stage, link.name);
      if (sort === null || !(matters || sort.unique)) return link;
      const node = sortedLink(stage, link, sort);
      this.nodes.push(node);
      return { ...link, stream: { ...link.stream, input: { node: node.id } } };
    });
  }

  private one(stage: EtlTransformation): void {
    const input = {
      stage,
      mapping: this.mapping,
      tables: this.tables,
      inputs: this.graph.cyclic.includes(stage.id) ? [] : this.inputsOf(stage),
      ordered: this.ordered.has(stage.id),
    };
    let draft = new StageDraft(input);
    let node: PipelineNode;
    try {
      if (this.graph.cyclic.includes(stage.id)) throw new NotConverted('The stage feeds itself');
      draft = new StageDraft({ ...input, inputs: this.sorted(stage, input.inputs) });
      node = settled(ruleFor(stage.type).convert(draft), stage);
    } catch (thrown) {
      if (!(thrown instanceof NotConverted)) throw thrown;
      draft = new StageDraft(input, 0);
      node = unsupportedNode(draft, thrown.message);
    }
    this.accept(stage, draft, node);
  }

  private accept(stage: EtlTransformation, draft: StageDraft, node: PipelineNode): void {
    this.nodes.push(node, ...draft.extra);
    for (const macro of draft.macros) this.macros.add(macro);
    for (const issue of draft.issues) this.issues.push({ ...issue, where: stage.id, line: stage.line });
    const written = new Map(draft.outputs.map((one) => [one.link, one]));
    for (const link of draft.outputLinks) {
      const columns = written
        .get(link)
        ?.columns.map((one) => ({ name: one.name, sqlType: one.type, nullable: one.nullable ?? true }));
      this.streams.set(`${stage.id}\u0000${link}`, {
        input: streamOf(node, link, draft),
        columns: columns ?? draft.outputPorts(link).map(linkColumn),
      });
    }
    this.transformations.push({
      id: stage.id,
      mapping: this.mapping.name,
      type: stage.type,
      operator: node.operator,
      confidence: node.confidence,
      source: node.conversion,
      notes: node.notes ?? [],
    });
  }
}

/** Converts one job. Never throws on what a customer wrote: what no rule covers becomes a node that fails closed. */
export function convertJob(file: EtlFile, mapping: EtlMapping): ConversionAtOnce {
  return new JobConverter(inlineContainers(mapping, [file])).convert();
}
