import { PortolanError } from '../../shared/errors.ts';
import { type ProjectSession, canonicalJson } from '../../engine/index.ts';
import { parseArguments } from '../arguments.ts';
import type { Command } from '../context.ts';
import { printTable } from '../print.ts';

const usage = 'Usage: portolan history PROJECT [--checkpoint ID] [--diff A B]';

/** `history`: the checkpoints of a project, one checkpoint's state, or what changed between two. */
export const history: Command = async (args, { engine, json, print }) => {
  const parsed = parseArguments(args, { checkpoint: { type: 'string' } }, ['diff']);
  const [project, ...rest] = parsed.files;
  const diff = parsed.list('diff');
  if (project === undefined || rest.length > 0 || (diff.length !== 0 && diff.length !== 2))
    throw new PortolanError('INPUT_INVALID', 'history needs one project', { hint: usage });
  const session = engine.openProject(project, 'open');
  try {
    const id = parsed.text('checkpoint');
    if (diff.length === 2) print(printDifference(session, diff[0] as string, diff[1] as string, json));
    else if (id !== undefined) print(canonicalJson({ checkpoint: id, state: session.stateAt(id) }, 2));
    else print(printCheckpoints(session, json));
    return 0;
  } finally {
    session.close();
  }
};

function printCheckpoints(session: ProjectSession, json: boolean): string {
  const checkpoints = session.checkpoints();
  if (json) return canonicalJson({ checkpoints }, 2);
  const rows = checkpoints.map((entry) => [
    entry.id,
    entry.at,
    entry.node,
    entry.status,
    entry.next ?? '',
    `${entry.seconds.toFixed(1)} s`,
  ]);
  return rows.length === 0 ? 'No run yet.' : printTable(['checkpoint', 'at', 'after', 'status', 'next', 'took'], rows);
}

interface Difference {
  readonly key: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** For mappings: which ones. */
  readonly items?: readonly string[];
}

function printDifference(session: ProjectSession, a: string, b: string, json: boolean): string {
  const [before, after] = [session.stateAt(a), session.stateAt(b)] as const;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differences = keys.flatMap((key): readonly Difference[] => {
    const [old, now] = [before[key as keyof typeof before], after[key as keyof typeof after]];
    if (canonicalJson(old ?? null) === canonicalJson(now ?? null)) return [];
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    return [
      key === 'mappings' || key === 'proposals'
        ? { key, change, items: changedMappings(before[key] ?? [], after[key] ?? []) }
        : { key, change },
    ];
  });
  if (json) return canonicalJson({ from: a, to: b, differences }, 2);
  const lines = differences.flatMap(({ key, change, items = [] }) => [
    `${key}: ${change}`,
    ...items.map((item) => `  ${item}`),
  ]);
  return lines.length === 0 ? 'No difference.' : lines.join('\n');
}

type Mappings = NonNullable<ReturnType<ProjectSession['stateAt']>['mappings']>;

function changedMappings(before: Mappings, after: Mappings): readonly string[] {
  const old = new Map(before.map((mapping) => [mapping.id, mapping]));
  const label = (mapping: Mappings[number] | undefined): string =>
    mapping === undefined
      ? 'absent'
      : `${mapping.target === null ? '—' : `${mapping.target.table}.${mapping.target.column}`} (${mapping.status})`;
  return after
    .filter((mapping) => canonicalJson(mapping) !== canonicalJson(old.get(mapping.id) ?? null))
    .map((mapping) => `${mapping.id}: ${label(old.get(mapping.id))} → ${label(mapping)}`);
}
