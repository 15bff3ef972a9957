/** What one domain pack knows, a line each. */
import type { EntryKind, Output, PackEntry, ParsedInput } from '../../shared/ipc/contract.ts';
import type { DomainPack } from '../../shared/model/domain-pack.ts';
import type { PackFolder } from './pack-folder.ts';
import { wordsOf } from './search-words.ts';

export async function packEntries(
  folder: PackFolder,
  { key, text, kind, offset, limit }: ParsedInput<'packs.entries'>,
): Promise<Output<'packs.entries'>> {
  const { pack } = await folder.find(key);
  const words = wordsOf(text);
  const fitting = (pack === null ? [] : entriesOf(pack)).filter((entry) => {
    const said = `${entry.name} ${entry.meaning} ${entry.also}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
  const counts: Record<'all' | EntryKind, number> = {
    all: fitting.length,
    column: 0,
    abbreviation: 0,
    synonym: 0,
    pattern: 0,
    word: 0,
    keyword: 0,
  };
  for (const entry of fitting) counts[entry.kind] += 1;
  const shown = kind === 'all' ? fitting : fitting.filter((entry) => entry.kind === kind);
  return { total: shown.length, counts, entries: shown.slice(offset, offset + limit) };
}

function entriesOf({
  tables,
  abbreviations,
  synonyms,
  patterns,
  vocabulary,
  keywords,
}: DomainPack): readonly PackEntry[] {
  const plain = (kind: EntryKind, name: string, meaning = '', also = ''): PackEntry => ({
    kind,
    name,
    type: null,
    meaning,
    also,
  });
  return [
    ...tables.flatMap((table) =>
      table.columns.map((column): PackEntry => ({
        kind: 'column',
        name: `${table.name}.${column.name}`,
        type: column.type,
        meaning: column.meaning,
        also: column.aliases.join(', '),
      })),
    ),
    ...Object.entries(abbreviations).map(([short, long]) => plain('abbreviation', short, long)),
    ...synonyms.map(([first = '', ...others]) => plain('synonym', first, '', others.join(', '))),
    ...patterns.map(({ name, meaning, values }) => plain('pattern', name, meaning, values)),
    ...keywords.map((word) => plain('keyword', word)),
    ...vocabulary.map((word) => plain('word', word)),
  ];
}
