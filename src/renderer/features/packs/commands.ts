import type { Command } from '../../commands/command.ts';
import { useProject } from '../../data/project-store.ts';
import { text } from '../../ui/text.ts';
import { chooseLessons, exportLessons, removeLesson, undoRemoval } from './lessons/lesson-actions.ts';
import {
  addPacks,
  copyPack,
  createPack,
  discardDraft,
  exportPack,
  savePack,
  usePackInProject,
} from './packs/pack-actions.ts';
import { type Tab, focusSearch, packInHand, tabs, textInHand, usePacks } from './store.ts';

const { commands: titles, why } = text.packs;
const view = 'packs' as const;

type Answer = true | string;
const on = (tab: Tab, no: string): Answer => (usePacks.getState().tab === tab ? true : no);
const onPacks = (): Answer => on('packs', why.notPacks);
const hasProject = (): Answer => (useProject.getState().project === null ? why.noProject : true);

/** The first answer that is a reason against it. */
const all = (...answers: readonly (() => Answer)[]): Answer =>
  answers.map((answer) => answer()).find((answer) => answer !== true) ?? true;

const hasPack = (): Answer => (packInHand() === null ? why.noPack : true);
const isOwn = (): Answer => (packInHand()?.origin === 'own' ? true : why.shipped);
const hasContent = (): Answer => (packInHand()?.mistakes === 0 ? true : why.mistakes);
const hasTables = (): Answer => ((packInHand()?.tables ?? 0) > 0 ? true : why.noTables);
const hasDraft = (): Answer => (usePacks.getState().drafts.has(packInHand()?.key ?? '') ? true : why.noDraft);
function isRight(): Answer {
  const state = usePacks.getState();
  if (state.check?.key !== state.key || state.check?.yaml !== textInHand(state)) return why.checking;
  return state.check.mistakes.length === 0 ? true : why.mistakes;
}

export const saveCommand: Command = {
  id: 'packs.save',
  view,
  title: titles.save,
  keys: ['Mod+s'],
  when: () => all(onPacks, hasPack, isOwn, hasDraft, isRight),
  run: savePack,
};
export const discardCommand: Command = {
  id: 'packs.discard',
  view,
  title: titles.discard,
  when: () => all(onPacks, hasPack, hasDraft),
  run: discardDraft,
};
export const copyCommand: Command = {
  id: 'packs.copy',
  view,
  title: titles.copy,
  keys: ['c'],
  when: () => all(onPacks, hasPack, hasContent),
  run: copyPack,
};
export const createCommand: Command = {
  id: 'packs.create',
  view,
  title: titles.create,
  keys: ['n'],
  when: onPacks,
  run: createPack,
};
export const addCommand: Command = {
  id: 'packs.add',
  view,
  title: titles.add,
  keys: ['o'],
  when: onPacks,
  run: addPacks,
};
export const exportCommand: Command = {
  id: 'packs.export',
  view,
  title: titles.export,
  keys: ['e'],
  when: () => all(onPacks, hasPack),
  run: () => exportPack('pack'),
};
export const exportDdlCommand: Command = {
  id: 'packs.exportDdl',
  view,
  title: titles.exportDdl,
  when: () => all(onPacks, hasPack, hasTables),
  run: () => exportPack('ddl'),
};
export const useCommand: Command = {
  id: 'packs.use',
  view,
  title: titles.use,
  keys: ['p'],
  when: () => all(onPacks, hasPack, hasContent, hasProject),
  run: usePackInProject,
};
export const removeCommand: Command = {
  id: 'packs.remove',
  view,
  title: titles.remove,
  keys: ['Delete'],
  when: () => all(onPacks, hasPack, isOwn),
  run: () => usePacks.setState({ deleting: true }),
};
const onLessons = (): Answer => all(() => on('lessons', why.notLessons), hasProject);

export const removeLessonCommand: Command = {
  id: 'lessons.remove',
  view,
  title: titles.removeLesson,
  keys: ['x'],
  when: () => all(onLessons, () => (usePacks.getState().lessonId === null ? why.noLesson : true)),
  run: removeLesson,
};
export const undoLessonCommand: Command = {
  id: 'lessons.undo',
  view,
  title: titles.undo,
  keys: ['u', 'Mod+z'],
  when: onLessons,
  run: undoRemoval,
};
export const exportLessonsCommand: Command = {
  id: 'lessons.export',
  view,
  title: titles.exportLessons,
  when: onLessons,
  run: exportLessons,
};
export const importLessonsCommand: Command = {
  id: 'lessons.import',
  view,
  title: titles.importLessons,
  keys: ['i'],
  when: onLessons,
  run: chooseLessons,
};

export const packCommands: readonly Command[] = [
  ...tabs.map((tab, index) => ({
    id: `packs.${tab}`,
    view,
    title: titles[tab],
    keys: [String(index + 1)],
    run: () => usePacks.setState({ tab }),
  })),
  { id: 'packs.search', view, title: titles.search, keys: ['/'], run: focusSearch },
  {
    id: 'packs.edit',
    view,
    title: titles.edit,
    keys: ['y'],
    when: () => all(onPacks, hasPack),
    run: () => usePacks.setState(({ mode }) => ({ mode: mode === 'yaml' ? 'contents' : 'yaml' })),
  },
  saveCommand,
  discardCommand,
  copyCommand,
  createCommand,
  addCommand,
  exportCommand,
  exportDdlCommand,
  useCommand,
  removeCommand,
  removeLessonCommand,
  undoLessonCommand,
  importLessonsCommand,
  exportLessonsCommand,
  {
    id: 'lessons.doubtful',
    view,
    title: titles.onlyDoubtful,
    keys: ['d'],
    when: onLessons,
    run: () => usePacks.setState(({ onlyDoubtful }) => ({ onlyDoubtful: !onlyDoubtful, lessonAt: 0 })),
  },
];
