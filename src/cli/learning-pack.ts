/** Learning packs as files. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { canonicalJson } from '../engine/index.ts';
import { PortolanError } from '../shared/errors.ts';
import { LearnedPattern } from '../shared/model/mapping.ts';

const Pack = z.union([z.array(LearnedPattern), z.object({ patterns: z.array(LearnedPattern) })]);
const MOST_BYTES = 200_000_000;

/** The lessons of a pack or a bare list. Throws INPUT_UNREADABLE or INPUT_INVALID, saying which entry is wrong. */
export async function readLearningPack(path: string): Promise<readonly LearnedPattern[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PortolanError('INPUT_UNREADABLE', `${path} cannot be read`, { cause });
  });
  if (text.length > MOST_BYTES) throw notAPack(path, 'it is too large');
  const parsed = Pack.safeParse(parseJson(text, path));
  if (!parsed.success) throw notAPack(path, firstProblem(parsed.error));
  return 'patterns' in parsed.data ? parsed.data.patterns : parsed.data;
}

/** The text of a pack: the same lessons give the same bytes. */
export const learningPackText = (patterns: readonly LearnedPattern[]): string =>
  `${canonicalJson({ format: 'portolan-learning-pack', version: 1, patterns }, 2)}\n`;

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notAPack(path, cause instanceof Error ? cause.message : 'it is no JSON');
  }
}

function firstProblem(error: z.ZodError): string {
  const issues = error.issues.flatMap((issue) =>
    issue.code === 'invalid_union' ? (issue.errors.at(-1) ?? []) : [issue],
  );
  const [issue] = issues;
  return issue === undefined ? 'it has another form' : `${issue.path.join('.') || 'the document'}: ${issue.message}`;
}

const notAPack = (path: string, why: string): PortolanError =>
  new PortolanError('INPUT_INVALID', `${path} is not a learning pack: ${why}`, {
    hint: 'Name a file that `portolan learn export` wrote.',
  });
