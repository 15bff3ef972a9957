/** Converting a file by rules, and by a language model what they leave open. */
import type { ConversionJob } from '../../shared/model/conversion.ts';
import type { EtlFile } from '../../shared/model/etl.ts';
import { keepText } from '../core/kept-text.ts';
import type { Pipeline, PipelineNode } from '../dataflow/model.ts';
import { parsePipeline } from '../dataflow/parse-pipeline.ts';
import { yamlPieces } from '../dataflow/print-yaml.ts';
import { relationName } from '../dataflow/sql-name.ts';
import { type ModelConverter, noModel } from '../ports/model-converter.ts';
import { convertEtl, type ConvertOptions } from './convert.ts';
import { thresholds } from './release-gate.ts';
import { checkPipelineText, readEdit } from './read-edit.ts';
import { reviseJob } from './revise-job.ts';
import { isOpen } from './settle-node.ts';

const note = 'Written by a language model: compare it with the original before it runs';

interface Asking {
  readonly file: EtlFile;
  readonly model: ModelConverter;
  readonly signal: AbortSignal | undefined;
}

async function answered(node: PipelineNode, { file, model, signal }: Asking): Promise<PipelineNode> {
  if (!isOpen(node.conversion) || node.original === undefined || node.outputs !== undefined) return node;
  const answer = await model.convert(
    {
      tool: file.tool,
      node: node.id,
      original: node.original,
      inputs: (node.depends_on ?? []).map(relationName),
      columns: (node.columns ?? []).map(({ name, type }) => ({ name, type })),
    },
    signal,
  );
  if (answer.conversion === 'llm_unavailable') return node;
  return {
    ...node,
    operator: 'sql_expression',
    sql: answer.sql,
    conversion: 'llm',
    // However sure a model is of itself, a person looks at what it wrote.
    confidence: Math.max(0, Math.min(answer.confidence, thresholds.review)),
    notes: [...(node.notes ?? []), note],
  };
}

/** `pipeline` with each answer that passes the checks of a pipeline. */
async function drafted(pipeline: Pipeline, asking: Asking): Promise<Pipeline> {
  let current = pipeline;
  for (const [index, node] of pipeline.nodes.entries()) {
    const next = await answered(node, asking);
    if (next === node) continue;
    const tried = { ...current, nodes: current.nodes.with(index, next) };
    const refused = checkPipelineText(keepText(yamlPieces(tried))).defects.some((one) => one.severity === 'error');
    if (!refused) current = tried;
  }
  return current;
}

/** The job of `convertEtl`, with what no rule covers asked of `model`. What it does not answer stays `llm_unavailable`. */
export async function convertWithModel(
  file: EtlFile,
  options: ConvertOptions,
  model: ModelConverter,
  signal?: AbortSignal,
): Promise<ConversionJob> {
  const job = convertEtl(file, options);
  if (model === noModel) return job;
  let result = job;
  const open = new Set(job.transformations.filter((one) => isOpen(one.source)).map((one) => one.mapping));
  for (const { name, fileName, yaml } of job.pipelines) {
    const { document } = parsePipeline(yaml);
    if (!open.has(name) || document?.kind !== 'Pipeline') continue;
    const next = await drafted(document, { file, model, signal });
    if (next === document) continue;
    const edit = { fileName, yaml: keepText(yamlPieces(next)) };
    result = (await reviseJob(result, edit, (texts) => Promise.resolve(readEdit(texts)))).job ?? result;
  }
  return result;
}
