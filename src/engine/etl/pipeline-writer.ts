/** A converted pipeline as texts: each node is written as it comes, and not kept. */
import type { PipelineArtifact } from '../../shared/model/conversion.ts';
import { TextShelf, keepText } from '../core/kept-text.ts';
import type { PipelineHead, PipelineNode, QualityCheck } from '../dataflow/model.ts';
import { orderNodes } from '../dataflow/order-nodes.ts';
import { nodeLineage } from '../dataflow/pipeline-lineage.ts';
import { nodeScript, scriptAround } from '../dataflow/print-script.ts';
import { PipelineYaml } from '../dataflow/print-yaml.ts';
import { qualityChecks } from '../dataflow/quality-checks.ts';
import { PipelineCheck, type PipelineProblem } from '../dataflow/validate-pipeline.ts';
import { ComplexityCount } from './estate/complexity.ts';

/** A node in the script: the number of its text, or a sink, whose text needs tables that later nodes may add to. */
interface ScriptPlace extends Pick<PipelineNode, 'id' | 'depends_on'> {
  readonly script: number | PipelineNode;
}

type Texts = Pick<PipelineArtifact, 'yaml' | 'sql' | 'lineage'>;

export class PipelineWriter {
  readonly quality: QualityCheck[] = [];
  readonly confidences: number[] = [];
  readonly complexity = new ComplexityCount();
  readonly sinks: PipelineNode[] = [];
  private readonly check = new PipelineCheck();
  private readonly yaml = new PipelineYaml();
  private readonly scripts = new TextShelf();
  private readonly places: ScriptPlace[] = [];
  private readonly lineage: Texts['lineage'][number][] = [];

  take(node: PipelineNode): void {
    this.check.add(node);
    this.yaml.add(node);
    this.complexity.add(node);
    this.confidences.push(node.confidence);
    this.quality.push(...qualityChecks(node));
    for (const one of nodeLineage(node)) this.lineage.push(one);
    const { id, depends_on: inputs } = node;
    if (node.type === 'sink') this.sinks.push(node);
    const script = node.type === 'sink' ? node : this.scripts.add(nodeScript(node, []));
    this.places.push({ id, script, ...(inputs === undefined ? {} : { depends_on: inputs }) });
  }

  problems(head: PipelineHead): readonly PipelineProblem[] {
    return this.check.problems(head);
  }

  /** The texts of the pipeline with the nodes that were taken. */
  texts(head: PipelineHead): Texts {
    const { ordered } = orderNodes(this.places);
    const sinks = ordered.flatMap(({ script }) => (typeof script === 'number' ? [] : script));
    return {
      yaml: this.yaml.document(head),
      sql: keepText(scriptAround(head, { scripts: this.nodeScripts(ordered, head), sinks })),
      lineage: this.lineage,
    };
  }

  private *nodeScripts(places: readonly ScriptPlace[], { tables }: PipelineHead): Generator<string> {
    for (const { script } of places)
      yield typeof script === 'number' ? this.scripts.at(script) : nodeScript(script, tables);
  }
}
