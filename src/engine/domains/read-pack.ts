/** Domain packs as YAML that people write: read with the place of each mistake, and written so that it can be edited. */
import { isMap, isNode, LineCounter, parseDocument, stringify, type Document } from 'yaml';
import { z } from 'zod';
import { PortolanError } from '../../shared/errors.ts';
import type { Diagnostic } from '../../shared/model/schema.ts';
import { DomainPack } from '../../shared/model/domain-pack.ts';

export interface PackReading {
  /** Null where there is an error among the diagnostics. */
  readonly pack: DomainPack | null;
  readonly diagnostics: readonly Diagnostic[];
}

const MOST_CHARACTERS = 5_000_000;
const MOST_ALIASES = 100;

/** Never throws: what is wrong comes back with its line and what it should be. */
export function readPack(text: string, file: string): PackReading {
  if (text.length > MOST_CHARACTERS)
    return failed([problem(file, null, 'The pack is larger than 5 million characters')]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return failed(document.errors.map((error) => problem(file, lines.linePos(error.pos[0]).line, error.message)));
  }
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (thrown) {
    return failed([problem(file, null, thrown instanceof Error ? thrown.message : 'The pack cannot be read')]);
  }
  const parsed = DomainPack.safeParse(content);
  if (parsed.success) return { pack: parsed.data, diagnostics: [] };
  return failed(
    parsed.error.issues.map((issue) => {
      const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
      const line = lineOf(document, path, lines);
      return problem(file, line, `${path.join('.') || 'The pack'}: ${issue.message}`);
    }),
  );
}

/**
 * All of someone's own packs. A mistake stops the work: matching without a pack would give other mappings without a word.
 *
 * @throws PortolanError INPUT_INVALID that names file and line
 */
export function readOwnPacks(
  files: readonly { readonly path: string; readonly text: string }[],
): readonly DomainPack[] {
  return files.map(({ path, text }) => {
    const { pack, diagnostics } = readPack(text, path);
    if (pack !== null) return pack;
    const [first] = diagnostics;
    const place = first?.line === null || first === undefined ? path : `${path}:${first.line}`;
    throw new PortolanError('INPUT_INVALID', `The domain pack ${place} has a mistake: ${first?.message ?? ''}`, {
      hint: 'Correct it (`portolan packs check FILE` lists all mistakes) or move it out of the folder.',
    });
  });
}

/** For completion while a pack is edited. */
export function packJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(DomainPack, { io: 'input', unrepresentable: 'any' }), title: 'Domain pack' };
}

/** The pack as YAML that `readPack` reads back as the same pack. */
export function writePack(pack: DomainPack): string {
  return stringify(pack, { lineWidth: 140, aliasDuplicateObjects: false });
}

const failed = (diagnostics: readonly Diagnostic[]): PackReading => ({ pack: null, diagnostics });
const problem = (file: string, line: number | null, message: string): Diagnostic => ({
  severity: 'error',
  file,
  line,
  message,
  statement: null,
});

/** The line of the node, or of the nearest one above it that exists: a missing key is reported at its map. */
function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const part = path.slice(0, length);
    const parent = document.getIn(part.slice(0, -1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isNode(key) && String(key) === String(part.at(-1)))
      : undefined;
    const node = pair?.key ?? document.getIn(part, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}
