/** YAML text → DataFlow document, with the line of everything that is wrong. */
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { KeptText } from '../../shared/model/conversion.ts';
import type { Diagnostic } from '../../shared/model/schema.ts';
import { wholeText } from '../core/kept-text.ts';
import { DataFlow } from './model.ts';

export interface ParsedPipeline {
  /** Null where the text is not a DataFlow document; `diagnostics` then says why. */
  readonly document: DataFlow | null;
  readonly diagnostics: readonly Diagnostic[];
  /** The line of the node or task with this id. */
  readonly lineOf: (id: string) => number | null;
}

const maxLength = 50_000_000;

function lineAt(yaml: Document, counter: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? yaml.contents : yaml.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return null;
}

function linesOfIds(yaml: Document, counter: LineCounter, document: DataFlow): ReadonlyMap<string, number> {
  const list = document.kind === 'Pipeline' ? document.nodes : document.tasks;
  const key = document.kind === 'Pipeline' ? 'nodes' : 'tasks';
  return new Map(list.map((item, index) => [item.id, lineAt(yaml, counter, [key, index]) ?? 1]));
}

/** Reads a DataFlow document. Never throws on bad text: syntax, missing keys and wrong values come back as diagnostics. */
export function parsePipeline(text: KeptText, file = 'pipeline.yaml'): ParsedPipeline {
  const nothing = (): null => null;
  const error = (message: string, line: number | null): Diagnostic => ({
    severity: 'error',
    message,
    file,
    line,
    statement: null,
  });
  if (text.length > maxLength)
    return {
      document: null,
      diagnostics: [error('The pipeline is larger than 50 MB. Split it.', null)],
      lineOf: nothing,
    };
  const counter = new LineCounter();
  const yaml = parseDocument(wholeText(text), {
    lineCounter: counter,
    prettyErrors: false,
    strict: true,
    uniqueKeys: true,
  });
  if (yaml.errors.length > 0) {
    return {
      document: null,
      diagnostics: yaml.errors.map((found) =>
        error(`Invalid YAML: ${found.message}`, counter.linePos(found.pos[0]).line),
      ),
      lineOf: nothing,
    };
  }
  let value: unknown;
  try {
    value = yaml.toJS({ maxAliasCount: 100 });
  } catch (thrown) {
    return {
      document: null,
      diagnostics: [error(`Invalid YAML: ${thrown instanceof Error ? thrown.message : String(thrown)}`, null)],
      lineOf: nothing,
    };
  }
  const parsed = DataFlow.safeParse(value);
  if (!parsed.success) {
    const diagnostics = parsed.error.issues.map((issue) =>
      error(
        `${issue.path.length === 0 ? 'document' : issue.path.join('.')}: ${issue.message}`,
        lineAt(yaml, counter, issue.path),
      ),
    );
    return { document: null, diagnostics, lineOf: nothing };
  }
  const lines = linesOfIds(yaml, counter, parsed.data);
  return { document: parsed.data, diagnostics: [], lineOf: (id) => lines.get(id) ?? null };
}
