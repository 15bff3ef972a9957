/** A DataFlow document as text, checked from its syntax to a dry run on empty tables. */
import type { Diagnostic } from '../../shared/model/schema.ts';
import { parsePipeline } from '../dataflow/parse-pipeline.ts';
import { validatePipeline } from '../dataflow/validate-pipeline.ts';
import { validateWorkflow } from '../dataflow/validate-workflow.ts';
import type { SqlRunner } from '../ports/sql-runner.ts';
import { executePipeline } from './execute-job.ts';

/**
 * Everything that is wrong with the document, with its line: syntax, keys, values, references, circles, dangerous SQL, and
 * nodes that DuckDB refuses. What is not converted is a warning. Never throws on bad text; unsafe SQL is never run.
 */
export async function checkDocument(
  text: string,
  file: string,
  sql: SqlRunner,
  signal?: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const { document, diagnostics, lineOf } = parsePipeline(text, file);
  if (document === null) return diagnostics;
  const at = (severity: Diagnostic['severity'], message: string, node: string | null): Diagnostic => ({
    severity,
    message,
    file,
    line: node === null ? null : lineOf(node),
    statement: node,
  });
  const problems = document.kind === 'Pipeline' ? validatePipeline(document) : validateWorkflow(document);
  const found = problems.map(({ severity, message, node }) => at(severity, message, node));
  if (document.kind !== 'Pipeline' || found.some(({ severity }) => severity === 'error')) return found;
  const { run, error } = await executePipeline(document, sql, {
    generate: 0,
    ...(signal === undefined ? {} : { signal }),
  });
  if (error !== null) return [...found, at('error', `The pipeline cannot be prepared: ${error}`, null)];
  return [
    ...found,
    ...(run?.nodes ?? []).flatMap((node): readonly Diagnostic[] => {
      if (node.error === null || node.error.startsWith('not run')) return [];
      if (node.error.startsWith('not converted')) return [at('warning', `${node.id} is ${node.error}`, node.id)];
      return [at('error', `${node.id} does not run: ${node.error.split('\n', 1)[0] ?? ''}`, node.id)];
    }),
  ];
}
