import type { Command } from '../../commands/command.ts';
import { useProject } from '../../data/project-store.ts';
import { text } from '../../ui/text.ts';
import { focusSearch } from './focus.ts';
import { showSide, showTab, tabs, useSchemas } from './store.ts';

const { commands: titles, why } = text.schemas;
const view = 'schemas' as const;

function hasTables(): true | string {
  const counts = useProject.getState().project?.counts;
  return (counts?.sourceTables ?? 0) + (counts?.targetTables ?? 0) > 0 ? true : why.noTables;
}

export const schemaCommands: readonly Command[] = [
  ...tabs.map((tab, index) => ({
    id: `schemas.${tab}`,
    view,
    title: titles[tab],
    keys: [String(index + 1)],
    run: () => showTab(tab),
  })),
  {
    id: 'schemas.side',
    view,
    title: titles.side,
    keys: ['s'],
    when: hasTables,
    run: () => showSide(useSchemas.getState().side === 'source' ? 'target' : 'source'),
  },
  { id: 'schemas.search', view, title: titles.search, keys: ['/'], run: focusSearch },
];
