import { writeFile } from 'node:fs/promises';
import { PortolanError } from '../../shared/errors.ts';
import type { LearnedPattern } from '../../shared/model/mapping.ts';
import {
  canonicalJson,
  findDoubtful,
  importPack,
  learningPackText,
  preferences,
  type ProjectSession,
} from '../../engine/index.ts';
import { type Arguments, choice, parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../context.ts';
import { readLearningPack } from '../read-learning-pack.ts';
import { printTable } from '../print.ts';

const usage =
  'Usage: portolan learn export FILE --project PROJECT… · learn import FILE --project PROJECT [--prefer mine|theirs|both] · learn list FILE|--project PROJECT [--doubtful] · learn remove ID… --project PROJECT';

type Action = (parsed: Arguments, context: CommandContext) => Promise<void>;
const actions: Readonly<Record<string, Action>> = { export: exportPack, import: takeIn, list, remove };

/** `learn`: the lessons of projects' decisions as packs that other projects take in, listed, and removed where they are wrong. */
export const learn: Command = async (args, context) => {
  const [name = '', ...rest] = args;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) throw wrongUsage(`There is no learn ${name}`.trimEnd());
  await action(
    parseArguments(rest, { prefer: { type: 'string' }, doubtful: { type: 'boolean' } }, ['project']),
    context,
  );
  return 0;
};

const wrongUsage = (message: string): PortolanError => new PortolanError('INPUT_INVALID', message, { hint: usage });

function only(values: readonly string[], what: string): string {
  const [value] = values;
  if (value === undefined || values.length > 1) throw wrongUsage(`This needs one ${what}`);
  return value;
}

function inProject<T>(path: string, { engine }: CommandContext, work: (session: ProjectSession) => T): T {
  const session = engine.openProject(path, 'open');
  try {
    return work(session);
  } finally {
    session.close();
  }
}

async function exportPack(parsed: Arguments, context: CommandContext): Promise<void> {
  const file = only(parsed.files, 'file to write');
  const projects = parsed.list('project');
  if (projects.length === 0) throw wrongUsage('learn export needs a project');
  let patterns: readonly LearnedPattern[] = [];
  for (const project of projects) {
    const own = inProject(project, context, (session) => session.patterns());
    patterns = importPack(patterns, own, 'both').patterns;
  }
  await writeFile(file, learningPackText(patterns));
  const doubtful = findDoubtful(patterns).length;
  context.print(
    context.json
      ? canonicalJson({ file, lessons: patterns.length, doubtful }, 2)
      : `${patterns.length} lessons written to ${file}${doubtful === 0 ? '' : `; ${doubtful} of them are doubtful, see \`portolan learn list ${file} --doubtful\``}`,
  );
}

async function takeIn(parsed: Arguments, context: CommandContext): Promise<void> {
  const pack = await readLearningPack(only(parsed.files, 'learning pack'));
  const preference = choice(parsed, 'prefer', preferences) ?? 'mine';
  const done = inProject(only(parsed.list('project'), 'project'), context, (session) =>
    session.importLessons(pack, preference),
  );
  const { added, strengthened, unchanged, removed, conflicts } = done;
  if (context.json) {
    context.print(canonicalJson({ added, strengthened, unchanged, removed, conflicts }, 2));
    return;
  }
  const kept = { mine: 'the lessons at hand stay', theirs: 'those of the pack replace them', both: 'both are kept' }[
    preference
  ];
  context.print(
    [
      `${added} lessons added, ${strengthened} strengthened, ${unchanged} known already.`,
      ...(conflicts.length === 0 ? [] : [`${conflicts.length} contradict lessons at hand (${kept}):`]),
      ...conflicts.map(({ first, second }) => `  ${describe(first)} | ${describe(second)} (${second.origin})`),
    ].join('\n'),
  );
}

async function list(parsed: Arguments, context: CommandContext): Promise<void> {
  const [project] = parsed.list('project');
  const patterns =
    project === undefined
      ? await readLearningPack(only(parsed.files, 'learning pack or --project'))
      : inProject(project, context, (session) => session.patterns());
  const doubts = new Map(findDoubtful(patterns).map(({ pattern, why }) => [pattern.id, why]));
  const shown = parsed.has('doubtful') ? patterns.filter(({ id }) => doubts.has(id)) : patterns;
  if (context.json) {
    context.print(
      canonicalJson({ lessons: shown.map((pattern) => ({ ...pattern, doubt: doubts.get(pattern.id) ?? null })) }, 2),
    );
    return;
  }
  const rows = shown.map((pattern) => [
    describe(pattern),
    String(pattern.uses),
    pattern.confidence.toFixed(2),
    pattern.origin,
    doubts.get(pattern.id) ?? '',
    pattern.id,
  ]);
  context.print(
    rows.length === 0 ? 'No lessons.' : printTable(['lesson', 'uses', 'certainty', 'from', 'doubt', 'id'], rows),
  );
}

async function remove(parsed: Arguments, context: CommandContext): Promise<void> {
  if (parsed.files.length === 0) throw wrongUsage('learn remove needs the ids of lessons');
  const known = inProject(only(parsed.list('project'), 'project'), context, (session) => {
    const ids = new Set(session.patterns().map(({ id }) => id));
    const missing = parsed.files.filter((id) => !ids.has(id));
    if (missing.length > 0)
      throw new PortolanError('INPUT_INVALID', `There is no lesson ${missing[0] ?? ''}`, {
        hint: 'List them with `portolan learn list --project PROJECT`.',
      });
    session.removeLessons(parsed.files);
    return ids.size - parsed.files.length;
  });
  context.print(
    context.json
      ? canonicalJson({ removed: parsed.files.length, lessons: known }, 2)
      : `${parsed.files.length} removed, ${known} lessons left.`,
  );
}

function describe({ sourceTable, sourceColumn, verdict, targetTable, targetColumn }: LearnedPattern): string {
  const target = targetColumn === null ? 'nothing' : `${targetTable ?? ''}.${targetColumn}`;
  return `${sourceTable}.${sourceColumn} ${verdict === 'reject' ? 'never to' : '→'} ${target}`;
}
