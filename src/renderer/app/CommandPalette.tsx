import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { QueueItem } from '../../shared/ipc/contract.ts';
import { columnKey } from '../../shared/model/schema.ts';
import type { Command } from '../commands/command.ts';
import { printChord } from '../commands/keymap.ts';
import { goTo, useNavigation } from '../commands/navigation.ts';
import { runCommand } from '../commands/use-shortcuts.ts';
import { call } from '../data/client.ts';
import { reportFailure } from '../data/notices.ts';
import { useProject } from '../data/project-store.ts';
import { showMapping } from '../features/review/session.ts';
import { Palette } from '../ui/Palette.tsx';
import type { PaletteEntry } from '../ui/Palette.tsx';
import { text } from '../ui/text.ts';

const leastLetters = 2;
const shownColumns = 8;
const typingPause = 120;
const nothingFound = { words: '', items: [] };

/** Search over the commands of this view and the source columns of the project. */
export function CommandPalette({ commands }: { readonly commands: readonly Command[] }): ReactNode {
  const view = useNavigation((state) => state.view);
  const project = useProject((state) => state.project);
  const [query, setQuery] = useState('');
  const columns = useColumns(query, (project?.counts.mappings ?? 0) > 0);
  // What a command may do depends on much; it is asked again whenever this renders, which is at each opening.
  const entries = commands
    .filter((command) => command.keyOnly !== true && (command.view === undefined || command.view === view))
    .map(toEntry);
  return (
    <Palette
      entries={[...entries, ...columns.map((item) => toColumnEntry(item, query))]}
      query={query}
      onQuery={setQuery}
    />
  );
}

function useColumns(query: string, searchable: boolean): readonly QueueItem[] {
  const words = searchable && query.trim().length >= leastLetters ? query.trim() : '';
  const [found, setFound] = useState<{ readonly words: string; readonly items: readonly QueueItem[] }>(nothingFound);
  useEffect(() => {
    if (words === '') return undefined;
    const timer = setTimeout(() => {
      call('review.queue', { filter: words, show: 'all', offset: 0, limit: shownColumns }).then(
        (page) => setFound({ words, items: page.items }),
        reportFailure,
      );
    }, typingPause);
    return () => clearTimeout(timer);
  }, [words]);
  return found.words === words ? found.items : nothingFound.items;
}

function toEntry(command: Command): PaletteEntry {
  const possible = command.when?.() ?? true;
  const chord = command.keys?.[0];
  return {
    id: command.id,
    title: command.title,
    keys: chord === undefined ? undefined : printChord(chord),
    blocked: possible === true ? undefined : possible,
    run: () => runCommand(command),
  };
}

function toColumnEntry(item: QueueItem, query: string): PaletteEntry {
  return {
    id: `mapping ${item.id}`,
    title: `${columnKey(item.source)} → ${item.target === null ? text.review.noCounterpart : columnKey(item.target)}`,
    keys: undefined,
    blocked: undefined,
    keywords: query,
    run: () => {
      goTo('review');
      showMapping(item);
    },
  };
}
