import type { Command } from '../../../commands/command.ts';
import { text } from '../../../ui/text.ts';
import { useSchemas } from '../store.ts';
import { compareWithFile, copyChanges, pairOf, saveChanges, swapVersions } from './compare-actions.ts';

const { commands: titles, why } = text.schemas;
const view = 'schemas' as const;

const isShown = (): true | string => (useSchemas.getState().tab === 'changes' ? true : why.notChanges);

function isComparing(): true | string {
  const shown = isShown();
  return shown === true && pairOf(useSchemas.getState().compare) === null ? why.notComparing : shown;
}

export const compareFile: Command = {
  id: 'schemas.compare',
  view,
  title: titles.compare,
  keys: ['o'],
  when: isShown,
  run: compareWithFile,
};
export const swap: Command = {
  id: 'schemas.swap',
  view,
  title: titles.swap,
  keys: ['x'],
  when: isComparing,
  run: swapVersions,
};
export const copyAll: Command = {
  id: 'schemas.copyChanges',
  view,
  title: titles.copyChanges,
  keys: ['c'],
  when: isComparing,
  run: copyChanges,
};
export const saveAll: Command = {
  id: 'schemas.saveChanges',
  view,
  title: titles.saveChanges,
  keys: ['e'],
  when: isComparing,
  run: saveChanges,
};

export const compareCommands: readonly Command[] = [compareFile, swap, copyAll, saveAll];
