import type { Command } from '../../commands/command.ts';
import { useProject } from '../../data/project-store.ts';
import { text } from '../../ui/text.ts';
import { compareCommands } from './changes/compare-commands.ts';
import { drawAround, follow, hasDiagram, moveTable } from './diagram/diagram-actions.ts';
import { focusSearch } from './focus.ts';
import { showSide, showTab, tabs, useSchemas } from './store.ts';

const { commands: titles, why } = text.schemas;
const view = 'schemas' as const;

function hasTables(): true | string {
  const counts = useProject.getState().project?.counts;
  return (counts?.sourceTables ?? 0) + (counts?.targetTables ?? 0) > 0 ? true : why.noTables;
}

const onDiagram = (): true | string => (hasDiagram() ? true : why.notDiagram);

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
  {
    id: 'schemas.list',
    view,
    title: titles.list,
    keys: ['l'],
    when: onDiagram,
    run: () => useSchemas.setState(({ drawing }) => ({ drawing: !drawing })),
  },
  ...compareCommands,
  { id: 'schemas.around', view, title: titles.around, keys: ['Enter'], keyOnly: true, run: () => drawAround(false) },
  { id: 'schemas.all', view, title: titles.all, keys: ['Escape'], keyOnly: true, run: () => drawAround(true) },
  { id: 'schemas.down', view, title: titles.down, keys: ['j', 'ArrowDown'], keyOnly: true, run: () => moveTable(1) },
  { id: 'schemas.up', view, title: titles.up, keys: ['k', 'ArrowUp'], keyOnly: true, run: () => moveTable(-1) },
  { id: 'schemas.follow', view, title: titles.follow, keys: ['ArrowRight'], keyOnly: true, run: () => follow('to') },
  { id: 'schemas.back', view, title: titles.back, keys: ['ArrowLeft'], keyOnly: true, run: () => follow('from') },
];
