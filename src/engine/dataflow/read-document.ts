import type { KeptText } from '../../shared/model/conversion.ts';
import type { ReadDocument } from '../ports/etl-converter.ts';
import type { DataFlow } from './model.ts';
import { parsePipeline } from './parse-pipeline.ts';

/** `parsePipeline` as plain values, to be handed to another process. */
export function readDocument(text: KeptText): ReadDocument & { readonly document: DataFlow | null } {
  const { document, diagnostics, lineOf } = parsePipeline(text);
  if (document === null) return { document, problem: diagnostics[0]?.message ?? null, lines: [] };
  const items = document.kind === 'Pipeline' ? document.nodes : document.tasks;
  return { document, problem: null, lines: items.map(({ id }) => [id, lineOf(id) ?? 1]) };
}
