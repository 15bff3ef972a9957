/** DataStage archives (.isx): the exports in them read as one file, so that jobs find what they share. */
import type { EtlFile } from '../../../shared/model/etl.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import type { ArchiveEntry } from '../../ports/archive.ts';
import { decodeText, looksBinary } from '../../readers/text/decode.ts';
import { parseBlocks, readBlocks } from './parse.ts';
import type { DsxBlock } from './read-dsx.ts';

const maximumKinds = 8;

/** What an archive says about itself. */
const isManifest = (name: string): boolean => /(?:^|\/)META-INF\/|(?:^|\/)manifest\.(?:mf|xml|txt)$/i.test(name);

const isExport = (text: string): boolean =>
  /^[\s\uFEFF]*BEGIN (?:HEADER|DS[A-Z]+)\b/.test(text) || /<DSExport\b/.test(text.slice(0, 4096));

/** `.pjb (XML, <Root>)`: what an entry that is not read is. */
function kindOf(name: string, text: string | null): string {
  const base = name.split('/').at(-1) ?? name;
  const dot = base.lastIndexOf('.');
  const extension = dot === -1 ? 'files without an extension' : base.slice(dot).slice(0, 20);
  const root = text === null ? undefined : /<([A-Za-z][\w.:-]{0,80})/.exec(text.slice(0, 4096))?.[1];
  return `${extension} (${text === null ? 'binary' : root === undefined ? 'text' : `XML, <${root}>`})`;
}

function unreadNote(unread: readonly string[], total: number, file: string): readonly Diagnostic[] {
  if (unread.length === 0 && total > 0) return [];
  const counts = new Map<string, number>();
  for (const kind of unread) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].sort(([a], [b]) => compareText(a, b)).map(([kind, count]) => `${count} ${kind}`);
  const shown = kinds.length > maximumKinds ? [...kinds.slice(0, maximumKinds), 'others'] : kinds;
  const nothing = unread.length === total;
  const inside = shown.length === 0 ? 'no files' : shown.join(', ');
  return [
    {
      severity: nothing ? 'error' : 'warning',
      message: `${nothing ? 'The archive holds no' : `${unread.length} of ${total} files in the archive are no`} DataStage export as text or XML; inside: ${inside}. Export the jobs as .dsx or XML from the Designer.`,
      file,
      line: null,
      statement: null,
    },
  ];
}

/** Everything that the exports in an archive hold; files of other kinds are named in a diagnostic. Never throws. */
export function parseDataStageArchive(entries: readonly ArchiveEntry[], options: { readonly file: string }): EtlFile {
  const blocks: DsxBlock[] = [];
  const diagnostics: Diagnostic[] = [];
  const unread: string[] = [];
  const files = entries.filter((entry) => !isManifest(entry.name));
  for (const { name, bytes } of files) {
    const text = looksBinary(bytes.subarray(0, 65_536)) ? null : decodeText(bytes).text;
    if (text === null || !isExport(text)) {
      unread.push(kindOf(name, text));
      continue;
    }
    const read = readBlocks(text, { file: `${options.file}/${name}` });
    blocks.push(...read.root.blocks);
    diagnostics.push(...read.diagnostics);
  }
  return parseBlocks(blocks, [...diagnostics, ...unreadNote(unread, files.length, options.file)], options);
}
