/** What was learned from decisions: listed with what speaks against it, removed, taken from other projects. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { PortolanError } from '../../shared/errors.ts';
import type { Lesson, LessonPreview, Output, ParsedInput } from '../../shared/ipc/contract.ts';
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import { findDoubtful, importPack, parseLearningPack } from '../../engine/index.ts';
import { wordsOf } from './search-words.ts';
import type { Workbench } from './workbench.ts';

const SHOWN_CLASHES = 200;

export function lessonPage(
  { session }: Workbench,
  { text, doubtful, offset, limit }: ParsedInput<'lessons.list'>,
): Output<'lessons.list'> {
  const patterns = session.patterns();
  const doubts = new Map(findDoubtful(patterns).map(({ pattern, why }) => [pattern.id, why]));
  const words = wordsOf(text);
  const fitting = patterns
    .map((pattern): Lesson => ({ pattern, doubt: doubts.get(pattern.id) ?? null }))
    .filter(({ pattern, doubt }) => (doubt !== null || !doubtful) && words.every((word) => says(pattern, word)))
    .toSorted(
      (a, b) =>
        Number(a.doubt === null) - Number(b.doubt === null) ||
        b.pattern.uses - a.pattern.uses ||
        compareText(a.pattern.id, b.pattern.id),
    );
  return {
    total: fitting.length,
    all: patterns.length,
    doubtful: doubts.size,
    lessons: fitting.slice(offset, offset + limit),
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function says({ sourceTable, sourceColumn, targetTable, targetColumn, origin }: LearnedPattern, word: string): boolean {
  return [sourceTable, sourceColumn, targetTable, targetColumn, origin].some(
    (part) => part?.toLowerCase().includes(word) === true,
  );
}

/** Returns what was removed, so that it can be put back. */
export function removeLessons({ session }: Workbench, ids: readonly string[]): readonly LearnedPattern[] {
  const wanted = new Set(ids);
  const removed = session.patterns().filter(({ id }) => wanted.has(id));
  session.removeLessons(removed.map(({ id }) => id));
  return removed;
}

/** What taking the pack in would do; `grant` names the file for the page. */
export async function previewLessons({ session }: Workbench, path: string, grant: string): Promise<LessonPreview> {
  const pack = await readLessons(path);
  const { added, strengthened, unchanged, conflicts } = importPack(session.patterns(), pack, 'both');
  return {
    grant,
    name: basename(path),
    lessons: pack.length,
    added,
    strengthened,
    unchanged,
    conflicts: conflicts.length,
    clashes: conflicts.slice(0, SHOWN_CLASHES).map(({ first, second }) => ({ mine: first, theirs: second })),
  };
}

export async function readLessons(path: string): Promise<readonly LearnedPattern[]> {
  const name = basename(path);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${name} cannot be read`, { cause });
  });
  return parseLearningPack(text, name);
}
