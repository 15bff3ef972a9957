import { PortolanError } from '../../shared/errors.ts';
import { type Mapping, isDerived, sourceNames } from '../../shared/model/mapping.ts';
import { ProjectSettings } from '../../shared/model/project.ts';
import type { Diagnostic } from '../../shared/model/schema.ts';
import { canonicalJson } from '../../engine/index.ts';
import { parseArguments, wholeNumber } from '../arguments.ts';
import type { Command } from '../context.ts';
import { readLearningPack } from '../read-learning-pack.ts';
import { printProblem, printTable } from '../print.ts';

const usage = 'Usage: portolan map --source FILE… --target FILE… [--domain PACK] [--top 5] [--patterns FILE]';
/** Enough rows to know a column by its values; reading all of a large extract would only take longer. */
const PROFILE_ROWS = 20_000;

/** `map`: ranked column mappings of two schemas, with no database left behind. */
export const map: Command = async (args, { engine, progress, json, signal, print }) => {
  const parsed = parseArguments(
    args,
    { domain: { type: 'string' }, top: { type: 'string' }, patterns: { type: 'string' } },
    ['source', 'target'],
  );
  const source = parsed.list('source');
  const target = parsed.list('target');
  if (source.length === 0 || target.length === 0 || parsed.files.length > 0)
    throw new PortolanError('INPUT_INVALID', 'map needs --source and --target files', { hint: usage });
  const settings = ProjectSettings.parse({
    topCandidates: wholeNumber(parsed, 'top', 5, 20),
    domain: parsed.text('domain') ?? null,
    profileRows: PROFILE_ROWS,
  });
  const pack = parsed.text('patterns');
  const patterns = pack === undefined ? [] : await readLearningPack(pack);
  let unreadable = 0;
  const onUnreadable = (problem: Diagnostic): void => {
    unreadable += 1;
    progress.line(printProblem(problem));
  };
  const mappings = await engine.map(
    { source, target, settings, patterns, onUnreadable },
    { signal, onProgress: (done, total, detail) => progress.step('map', done, total, detail) },
  );
  progress.end();
  if (mappings.length === 0)
    throw new PortolanError('INPUT_INVALID', 'The source files hold no columns', {
      hint: 'See what was understood of them with `portolan schema FILE`.',
    });
  const derived = mappings.filter(isDerived);
  const own = mappings.filter((mapping) => !isDerived(mapping));
  print(json ? canonicalJson({ mappings: own, derived }, 2) : printMappings(mappings));
  return unreadable > 0 ? 2 : 0;
};

function printMappings(mappings: readonly Mapping[]): string {
  const rows = mappings.map((mapping) => {
    const { source, target, confidence, status, transformation } = mapping;
    const names = sourceNames(mapping);
    return [
      names === null ? transformation.expression : `${source.table}.${names}`,
      target === null ? '—' : `${target.table}.${target.column}`,
      confidence.toFixed(2),
      status.replace('_', ' '),
      transformation.type,
    ];
  });
  return printTable(['source', 'target', 'confidence', 'status', 'transformation'], rows);
}
