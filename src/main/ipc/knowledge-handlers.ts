/** The handlers about domain packs and lessons. */
import type { Route } from '../../shared/ipc/contract.ts';
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import { PortolanError } from '../../shared/errors.ts';
import { canonicalDdl, learningPackText, packJsonSchema } from '../../engine/index.ts';
import type { PathGrants } from '../grants.ts';
import { lessonPage, previewLessons, readLessons, removeLessons } from '../workbench/lesson-views.ts';
import { packEntries } from '../workbench/pack-views.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { chooseFiles, saveByDialog } from './dialogs.ts';
import type { Handlers } from './router.ts';

type Area<Name extends string> = Pick<Handlers, Extract<Route, `${Name}.${string}`>>;

export function packHandlers({ packs }: Workbench, grants: PathGrants): Area<'packs'> {
  return {
    'packs.list': () => packs.list(),
    'packs.schema': () => ({ schema: packJsonSchema() }),
    'packs.text': async ({ key }) => {
      const { yaml, mistakes } = await packs.find(key);
      return { yaml, mistakes: [...mistakes] };
    },
    'packs.check': async ({ key, yaml }) => ({ mistakes: [...(await packs.check(key, yaml))] }),
    'packs.entries': (input) => packEntries(packs, input),
    'packs.save': ({ key, yaml }) => packs.save(key, yaml),
    'packs.copy': ({ key }) => packs.copy(key),
    'packs.create': () => packs.create(),
    'packs.choose': async () => packs.add(await chooseFiles('Add domain packs', true)),
    'packs.add': ({ grants: ids }) => packs.add(grants.paths(ids)),
    'packs.remove': ({ key }) => packs.remove(key),
    'packs.export': async ({ key, as }) => {
      const { pack, yaml, file } = await packs.find(key);
      const name = pack?.id ?? file?.replace(/\.ya?ml$/, '') ?? 'pack';
      if (as === 'pack')
        return saveByDialog(`${name}.yaml`, [{ name: 'Domain pack', extensions: ['yaml', 'yml'] }], () => yaml);
      if (pack === null || pack.tables.length === 0)
        throw new PortolanError('INPUT_INVALID', 'This pack has no tables', { hint: 'Choose another pack.' });
      return saveByDialog(`${name}.sql`, [{ name: 'SQL', extensions: ['sql'] }], () => canonicalDdl(pack));
    },
  };
}

export function lessonHandlers(workbench: Workbench, grants: PathGrants): Area<'lessons'> {
  // For one undo, as long as the same project is open.
  let removed: { readonly project: string; readonly lessons: readonly LearnedPattern[] } | null = null;
  return {
    'lessons.list': (input) => lessonPage(workbench, input),
    'lessons.remove': ({ ids }) => {
      removed = { project: workbench.session.path, lessons: removeLessons(workbench, ids) };
      return { removed: removed.lessons.length };
    },
    'lessons.undo': () => {
      if (removed?.project !== workbench.session.path) return { restored: 0 };
      const { lessons } = removed;
      removed = null;
      workbench.session.importLessons(lessons, 'both');
      return { restored: lessons.length };
    },
    'lessons.export': async () => {
      const lessons = workbench.session.patterns();
      const filters = [{ name: 'Learning pack', extensions: ['json'] }];
      const saved = await saveByDialog('lessons.json', filters, () => learningPackText(lessons));
      return saved === null ? null : { ...saved, lessons: lessons.length };
    },
    'lessons.choose': async () => {
      const [path] = await chooseFiles('Import a learning pack', false);
      const [given] = path === undefined ? [] : await grants.add([path]);
      if (path === undefined || given?.grant == null) return null;
      return previewLessons(workbench, path, given.grant);
    },
    'lessons.preview': ({ grant }) => previewLessons(workbench, grants.paths([grant])[0] ?? '', grant),
    'lessons.import': async ({ grant, preference }) => {
      const pack = await readLessons(grants.paths([grant])[0] ?? '');
      const done = workbench.session.importLessons(pack, preference);
      return { added: done.added, strengthened: done.strengthened, removed: done.removed.length };
    },
  };
}
