/** What a person's text in the place of a pipeline says: all that takes reading it, apart from the job that it belongs to. */
import type { JobIssue, KeptText } from '../../shared/model/conversion.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { keepText } from '../core/kept-text.ts';
import type { DataFlow, Pipeline } from '../dataflow/model.ts';
import { parsePipeline } from '../dataflow/parse-pipeline.ts';
import { pipelineLineage } from '../dataflow/pipeline-lineage.ts';
import { scriptPieces } from '../dataflow/print-script.ts';
import { validatePipeline } from '../dataflow/validate-pipeline.ts';
import type { EditChange, EditedNode, EditFacts, EditTexts, PipelineDefect } from '../ports/etl-converter.ts';

/** Everything that is wrong with a DataFlow text, with lines: syntax, shape, references, dangerous SQL. */
export function checkPipelineText(yaml: KeptText): {
  readonly document: DataFlow | null;
  readonly defects: readonly PipelineDefect[];
} {
  const { document, diagnostics, lineOf } = parsePipeline(yaml);
  const shape = diagnostics.map(({ message, line }): PipelineDefect => ({
    severity: 'error',
    message,
    line,
    node: null,
  }));
  if (document?.kind !== 'Pipeline') return { document, defects: shape };
  const meaning = validatePipeline(document).map((problem): PipelineDefect => ({
    ...problem,
    line: problem.node === null ? null : lineOf(problem.node),
  }));
  return { document, defects: [...shape, ...meaning] };
}

function changeOf(before: Pipeline, after: Pipeline): EditChange {
  const old = new Map(before.nodes.map((node) => [node.id, canonicalJson(node)]));
  const now = new Map(after.nodes.map((node) => [node.id, node]));
  return {
    before: [...old.keys()],
    after: [...now.values()].map((node): EditedNode => {
      const { id, type, operator, conversion: source, confidence, notes = [] } = node;
      return { id, type, operator, source, confidence, notes, changed: canonicalJson(node) !== old.get(id) };
    }),
    checked: validatePipeline(before).map((problem) => problem.message),
    found: validatePipeline(after).map((problem): JobIssue => ({
      severity: problem.severity,
      where: problem.node ?? after.name,
      message: problem.message,
      line: null,
    })),
  };
}

/** Reads both texts. Never throws on bad ones. */
export function readEdit({ yaml, generated }: EditTexts): EditFacts {
  const { document, defects } = checkPipelineText(yaml);
  if (document?.kind !== 'Pipeline') return { kind: document?.kind ?? null, defects, pipeline: null };
  const { document: before } = parsePipeline(generated);
  return {
    kind: document.kind,
    defects,
    pipeline: {
      sql: keepText(scriptPieces(document)),
      lineage: pipelineLineage(document),
      change: before?.kind === 'Pipeline' ? changeOf(before, document) : null,
    },
  };
}
