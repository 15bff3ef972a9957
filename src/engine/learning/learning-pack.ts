/** Learning packs as text: what projects' decisions taught, to be taken to another project. */
import { z } from 'zod';
import { PortolanError } from '../../shared/errors.ts';
import { LearnedPattern } from '../../shared/model/mapping.ts';
import { canonicalJson } from '../core/canonical-json.ts';

const Pack = z.union([z.array(LearnedPattern), z.object({ patterns: z.array(LearnedPattern) })]);
const MOST_CHARACTERS = 200_000_000;

/** The lessons of a pack or a bare list; `name` stands in messages. Throws INPUT_INVALID, saying which entry is wrong. */
export function parseLearningPack(text: string, name: string): readonly LearnedPattern[] {
  if (text.length > MOST_CHARACTERS) throw notAPack(name, 'it is too large');
  const parsed = Pack.safeParse(parseJson(text, name));
  if (!parsed.success) throw notAPack(name, firstProblem(parsed.error));
  return 'patterns' in parsed.data ? parsed.data.patterns : parsed.data;
}

/** The text of a pack: the same lessons give the same bytes. */
export const learningPackText = (patterns: readonly LearnedPattern[]): string =>
  `${canonicalJson({ format: 'portolan-learning-pack', version: 1, patterns }, 2)}\n`;

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notAPack(name, cause instanceof Error ? cause.message : 'it is no JSON');
  }
}

function firstProblem(error: z.ZodError): string {
  const issues = error.issues.flatMap((issue) =>
    issue.code === 'invalid_union' ? (issue.errors.at(-1) ?? []) : [issue],
  );
  const [issue] = issues;
  return issue === undefined ? 'it has another form' : `${issue.path.join('.') || 'the document'}: ${issue.message}`;
}

const notAPack = (name: string, why: string): PortolanError =>
  new PortolanError('INPUT_INVALID', `${name} is not a learning pack: ${why}`, {
    hint: 'Name a file that `portolan learn export` or the window wrote.',
  });
