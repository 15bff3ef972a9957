import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Kbd } from './Kbd.tsx';
import { text } from './text.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly title: string;
  readonly keys: string | undefined;
  /** Why it cannot be used now; undefined: it can. */
  readonly blocked: string | undefined;
  /** Further words by which it is found. */
  readonly keywords?: string;
  readonly run: () => void;
}

interface PaletteProps {
  readonly entries: readonly PaletteEntry[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

export function openPalette(): void {
  spotlight.open();
}

/** The search over everything that has a name. Those that cannot run now say why. */
export function Palette({ entries, query, onQuery }: PaletteProps): ReactNode {
  return (
    <Spotlight
      shortcut={null}
      query={query}
      onQueryChange={onQuery}
      actions={entries.map((entry) => ({
        id: entry.id,
        label: entry.title,
        disabled: entry.blocked !== undefined,
        onClick: entry.run,
        rightSection: entry.keys === undefined ? undefined : <Kbd>{entry.keys}</Kbd>,
        ...(entry.keywords === undefined ? {} : { keywords: entry.keywords }),
        ...(entry.blocked === undefined ? {} : { description: entry.blocked }),
      }))}
      attributes={{ content: { 'aria-label': text.app.palette } }}
      nothingFound={text.app.nothingFound}
      highlightQuery={false}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 100 }}
      overlayProps={{ color: 'var(--scrim)', backgroundOpacity: 1 }}
      searchProps={{
        leftSection: <IconSearch size={16} />,
        placeholder: text.app.palette,
        'aria-label': text.app.palette,
      }}
    />
  );
}
